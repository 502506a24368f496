import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted } from '../text/wording.ts'
import { wrap } from '../text/wrap.ts'
import type { CheckResult } from './index.ts'

/** The `doctor --json` document, version 1. */
export function doctorJson(results: CheckResult[], putBack: string[]) {
  const count = (mark: CheckResult['mark']) => results.filter(result => result.mark === mark).length
  return {
    version: 1,
    result: count('fault') > 0 ? 'fault' : count('warning') > 0 ? 'warning' : 'ok',
    faults: count('fault'),
    warnings: count('warning'),
    putBack,
    checks: results.map(({ id, group, mark, says, details = [], fix }) => ({ id, group, mark, says, details, fix })),
  }
}

/**
 * A line for each group that is in order; then the problems, the worst last, each with the one thing to do, where a terminal
 * ends.
 */
export function doctorText(results: CheckResult[], putBack: string[], ink: TerminalStyles = plain): string {
  const bad = (['warning', 'fault'] as const).flatMap(mark => results.filter(result => result.mark === mark))
  const groups = [...new Set(results.map(({ group }) => group))]
  return [
    ...(putBack.length > 0 ? [`Restored: ${putBack.join(', ')}`, ''] : []),
    ...groups.flatMap(group => groupLine(group, results, ink)),
    ...(bad.length > 0 ? [''] : []),
    ...bad.flatMap(result => [resultText(result, ink), '']),
    verdict(results, ink),
  ].join('\n')
}

/** What is in order in a group; nothing where nothing is. */
function groupLine(group: string, results: CheckResult[], ink: TerminalStyles): string[] {
  const own = results.filter(result => result.group === group)
  const good = own.filter(({ mark }) => mark === 'ok')
  if (good.length === 0) return []
  const whole = good.length === own.filter(({ mark }) => mark !== 'skipped').length
  const told = good.filter(({ id }) => telling.includes(id)).map(({ says }) => says)
  const text = [`${good.length}${whole ? '' : ` of ${own.length}`} checks passed`, ...told].join('; ')
  return [`${whole ? ink.green('✓') : '·'} ${ink.bold(group)}: ${wrap(text, '    ', 80 - group.length)}`]
}

/** Passed checks that say what somebody may be looking for. */
const telling = ['claude.version', 'codex.version', 'node.version', 'hooks.fire', 'files.set-up', 'config.tests']

function resultText({ mark, group, says, details = [], fix }: CheckResult, ink: TerminalStyles): string {
  const sign = mark === 'fault' ? ink.red('✗') : ink.yellow('!')
  const lines = details.map(detail => `\n    ${ink.dim(detail)}`).join('')
  return `${sign} ${wrap(`${group}: ${says}`, '    ').replace(group, name => ink.bold(name))}${lines}${fix ? `\n    → ${ink.cyan(fix)}` : ''}`
}

function verdict(results: CheckResult[], ink: TerminalStyles): string {
  const faults = results.filter(({ mark }) => mark === 'fault').length
  const warnings = results.filter(({ mark }) => mark === 'warning').length
  if (faults + warnings === 0) return ink.green('No problems found.')
  return [faults > 0 && counted(faults, 'problem'), warnings > 0 && counted(warnings, 'warning')]
    .filter(Boolean)
    .join(', ')
}
