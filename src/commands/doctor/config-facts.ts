import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programsOf } from '../../core/doctor/test-command.ts'
import type { ConfigFacts, DoctorFacts } from '../../model/setup/doctor-facts.ts'
import { findProgram } from '../../shell/processes/find-program.ts'
import { configText } from '../../shell/state/cached-config.ts'
import { readConfig } from '../../shell/state/config-file.ts'

/** The configuration with its defaults, or all that is wrong with it. */
export function configFacts(root: string): ConfigFacts {
  const text = configText(root)
  const read = readConfig(text ?? 'version: 1')
  if ('problems' in read) return { is: 'invalid', problems: read.problems }
  return { is: text === null ? 'missing' : 'valid', config: read.config }
}

/** Looks up what the test commands start with; runs none of them. */
export function missingPrograms(root: string, config: ConfigFacts): DoctorFacts['missingTestPrograms'] {
  if (config.is === 'invalid') return []
  return config.config.tests.flatMap(({ name, command }) =>
    programsOf(command)
      .filter(program => (program.includes('/') ? !existsSync(join(root, program)) : !findProgram(program)))
      .map(program => ({ suite: name, program })),
  )
}
