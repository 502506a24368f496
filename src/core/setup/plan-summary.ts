import { recordsDir } from '../../model/paths.ts'
import type { Action, PlanRow } from './plan-parts.ts'

/** One line of a plan in short: a file, or what becomes of several in one directory. */
export type SummaryLine = { action: Action; name: string; note: string }

/** What is shown on its own even where it is one of many: it is not as somebody may expect. */
const alone: Action[] = ['merge', 'move', 'yours', 'skip', 'splice', 'conflict', 'remove']

/** A plan in a few lines: directories of Countersign's as one, and nothing of what stays as it is. */
export function planSummary(rows: PlanRow[]): SummaryLine[] {
  const groups = new Map<string, PlanRow[]>()
  for (const row of rows.filter(({ action }) => action !== 'keep')) {
    const folder = alone.includes(row.action) ? undefined : /^\.claude\/[^/]+\//.exec(row.path)?.[0]
    const key = `${row.action} ${folder ?? row.path}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map(group => {
    const [first, ...more] = group as [PlanRow, ...PlanRow[]]
    const { action, path, reason } = first
    if (more.length === 0) return { action, name: path, note: reason }
    const folder = path.split('/').slice(0, 2).join('/')
    const names = [...new Set(group.map(({ path }) => (path.split('/')[2] as string).replace(/\.[a-z]+$/, '')))]
    if (group.every(row => row.reason === reason))
      return { action, name: `${folder}/`, note: `${names.join(', ')}: ${reason}` }
    const note = folder === recordsDir ? `${group.length} files: records, for upgrade and uninstall` : names.join(', ')
    return { action, name: `${folder}/`, note }
  })
}
