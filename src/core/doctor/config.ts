import type { Config } from '../../model/config.ts'
import { windDownSeconds } from '../../model/hooked-events.ts'
import { configPath } from '../../model/paths.ts'
import type { DoctorFacts } from '../../model/setup/doctor-facts.ts'
import { type Check, type CheckGroup, fault, ok, skipped, warning } from './check.ts'
import { countersignHooks, readLayers } from './layers.ts'

const withConfig =
  (judge: (config: Config, facts: DoctorFacts) => ReturnType<Check['judge']>): Check['judge'] =>
  facts =>
    'problems' in facts.config || neverWritten(facts) ? skipped : judge(facts.config.config, facts)

/** Whether the configuration is missing because nothing was set up here. */
const neverWritten = ({ config, manifest }: DoctorFacts): boolean => config.is === 'missing' && !manifest

const checks: Check[] = [
  {
    id: 'config.valid',
    judge(facts) {
      const { config } = facts
      if (neverWritten(facts)) return skipped
      if (config.is === 'invalid') {
        const spots = config.problems.map(({ file, line, column }) => `${file}:${line}:${column}`)
        return fault(
          'The configuration is invalid, so nothing is tested or reviewed',
          `Fix ${spots[0]}`,
          config.problems.map(({ problem }, index) => `${spots[index]}: ${problem}`),
        )
      }
      if (config.is === 'valid') return ok(`${configPath} is valid`)
      return warning(
        `${configPath} is missing: no tests run, and every other setting has its default`,
        `git checkout -- ${configPath}`,
      )
    },
  },
  {
    id: 'config.tests',
    judge: withConfig(({ tests }) => {
      if (tests.length === 0) return warning('No test command is configured', `Fill in \`tests\` in ${configPath}`)
      return ok(tests.map(({ command }) => command).join(', '))
    }),
  },
  {
    id: 'config.tests-found',
    judge: withConfig((_, { missingTestPrograms }) => {
      const [first] = missingTestPrograms
      if (!first) return ok('the programs they start were found')
      return fault(
        'A test command starts a program that was not found',
        `Install ${first.program}, or change \`tests\` in ${configPath}`,
        missingTestPrograms.map(({ suite, program }) => `${suite}: ${program}`),
      )
    }),
  },
  {
    id: 'config.deadlines',
    judge: withConfig(({ tests, review }, { layers }) => {
      const stop = countersignHooks(readLayers(layers)).find(({ event }) => event === 'Stop')
      const limit = (stop?.timeout ?? 600) - windDownSeconds
      const suites = tests.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0)
      const longest = Math.max(suites, review.timeoutSeconds)
      if (!stop || longest <= limit) return ok('tests and review fit into the time limit of a stop')
      return warning(
        suites > limit
          ? `The test suites may take ${suites} s together, but a stop has only ${limit} s: the last ones would not finish`
          : `A Codex call may take ${review.timeoutSeconds} s, but a stop has only ${limit} s`,
        `Lower timeoutSeconds in ${configPath}`,
      )
    }),
  },
]

export const config: CheckGroup = { name: 'Configuration', checks }
