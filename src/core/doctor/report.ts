import { plain, type TerminalStyles } from '../text/terminal-styles.ts'
import { counted } from '../text/wording.ts'
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

/** Problems first, the worst on top, each with the one thing to do; then everything that is in order. */
export function doctorText(results: CheckResult[], putBack: string[], ink: TerminalStyles = plain): string {
  const bad = (['fault', 'warning'] as const).flatMap(mark => results.filter(result => result.mark === mark))
  const good = results.filter(({ mark }) => mark === 'ok')
  const groups = [...new Set(good.map(({ group }) => group))]
  return [
    ...(putBack.length > 0 ? [`Restored: ${putBack.join(', ')}`, ''] : []),
    ...bad.flatMap(result => [resultText(result, ink), '']),
    ...groups.flatMap(group => [
      ink.bold(group),
      ...good.filter(result => result.group === group).map(({ says }) => `  ${ink.green('✓')} ${says}`),
    ]),
    '',
    verdict(results, ink),
  ].join('\n')
}

function resultText({ mark, group, says, details = [], fix }: CheckResult, ink: TerminalStyles): string {
  const sign = mark === 'fault' ? ink.red('✗') : ink.yellow('!')
  const lines = details.map(detail => `\n    ${ink.dim(detail)}`).join('')
  return `${sign} ${ink.bold(group)}: ${says}${lines}${fix ? `\n    → ${ink.cyan(fix)}` : ''}`
}

function verdict(results: CheckResult[], ink: TerminalStyles): string {
  const faults = results.filter(({ mark }) => mark === 'fault').length
  const warnings = results.filter(({ mark }) => mark === 'warning').length
  if (faults + warnings === 0) return ink.green('No problems found.')
  return [faults > 0 && counted(faults, 'problem'), warnings > 0 && counted(warnings, 'warning')]
    .filter(Boolean)
    .join(', ')
}
