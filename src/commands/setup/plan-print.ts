import type { Action, PlanRow } from '../../core/setup/plan-parts.ts'
import type { LaidOut } from '../../core/setup/plan-records.ts'
import { planSummary } from '../../core/setup/plan-summary.ts'
import { marks, planTree } from '../../core/setup/plan-tree.ts'
import { wrap } from '../../core/text/wrap.ts'
import { quoted } from '../../errors/sentences.ts'
import { paint } from '../../shell/terminal.ts'
import { print } from '../shared/print.ts'

const colours = {
  create: 'green',
  update: 'yellow',
  merge: 'yellow',
  move: 'yellow',
  splice: 'yellow',
  remove: 'yellow',
  keep: 'dim',
  yours: 'dim',
  skip: 'magenta',
  conflict: 'red',
} as const

const meanings: Record<Action, string> = {
  create: 'new',
  update: 'new version',
  merge: 'new version',
  move: 'new name',
  splice: "only Countersign's lines change",
  remove: 'removed',
  keep: 'kept',
  yours: 'kept',
  skip: 'not written',
  conflict: 'you decide',
}

/** Whether a row of this kind changes a file. A conflict writes sidecars, which have rows of their own. */
export const changesFile = (action: Action): boolean =>
  ['create', 'update', 'merge', 'move', 'splice', 'remove'].includes(action)

/** The rows as a tree, and below it what its marks mean. */
export function printRows(rows: PlanRow[]): void {
  const lines = planTree(rows)
  const width = Math.max(0, ...lines.map(({ stem, name }) => stem.length + name.length)) + 2
  for (const { stem, action, name, note } of lines) {
    const mark = action ? `${marks[action]} ${name}` : name
    const gap = ' '.repeat(width - stem.length - name.length)
    print(`${stem}${action ? paint(colours[action], mark) : mark}${note && `${gap}${paint('dim', note)}`}`)
  }
  printLegend(lines.flatMap(({ action }) => action ?? []))
}

/** The same in a few lines, with what is in directories of Countersign's in one. */
export function printSummary(rows: PlanRow[]): void {
  const lines = planSummary(rows)
  const width = Math.min(30, Math.max(0, ...lines.map(({ name }) => name.length))) + 2
  for (const { action, name, note } of lines) {
    const own = name.length + 2 > width
    const text = wrap(note, ' '.repeat(width + 4)).replace(/^/, own ? `\n${' '.repeat(width + 4)}` : '')
    const gap = own ? '' : ' '.repeat(width - name.length)
    print(`  ${paint(colours[action], `${marks[action]} ${name}`)}${gap}${paint('dim', text)}`)
  }
  printLegend(lines.map(({ action }) => action))
}

function printLegend(actions: Action[]): void {
  const legend = new Map(actions.map(action => [marks[action], meanings[action]] as const))
  if (legend.size > 0) print(`\n${[...legend].map(([mark, meaning]) => `${mark} ${meaning}`).join('   ')}\n`)
}

/** How each conflict is ended: the lines to look at, and a command for each way. */
export const conflictLines = (conflicts: LaidOut[]): string[] =>
  conflicts.map(({ path, theirs, merged, lines, inHand }) => {
    const where = merged === null ? theirs : [merged, ...lines.slice(0, 1)].join(':')
    const others = lines.length > 1 ? ` (lines ${lines.join(', ')})` : ''
    const kept = inHand ? 'Your file and your edits in the merge are' : 'Your file is'
    const ways = ['--mine', '--theirs', ...(merged === null ? [] : ['--merged'])]
    const commands = ways.map(way => `\n     npx countersign resolve ${quoted(path)} ${way}`)
    return `You and the new version both changed ${path}. ${kept} left untouched. See ${where}${others}, then run one of these:${commands.join('')}`
  })
