import { baseDir } from '../../model/paths.ts'
import type { Action, PlanRow } from './plan-parts.ts'

/** One printed line of a plan; `action` is null for a directory. */
export type TreeLine = { stem: string; action: Action | null; name: string; note: string }

export const marks: Record<Action, string> = {
  create: '+',
  update: '~',
  merge: '~',
  move: '→',
  splice: '±',
  remove: '×',
  conflict: '!',
  keep: '=',
  yours: '=',
  skip: '-',
}

type Node = { row?: PlanRow; children: Map<string, Node> }

/** Lays a plan out as a tree, files before directories. The stored bases are one line: nobody reads them by name. */
export function planTree(rows: PlanRow[]): TreeLine[] {
  const root: Node = { children: new Map() }
  for (const row of withoutBases(rows)) {
    let at = root
    for (const step of row.path.split('/')) {
      const next = at.children.get(step) ?? { children: new Map() }
      at.children.set(step, next)
      at = next
    }
    at.row = row
  }
  return treeLines(root, '')
}

function treeLines(node: Node, indent: string): TreeLine[] {
  const entries = [...node.children]
    .map(([name, child]) => collapsed(name, child))
    .sort((a, b) => Number(isDirectory(a.node)) - Number(isDirectory(b.node)) || (a.name < b.name ? -1 : 1))
  return entries.flatMap(({ name, node: child }, index) => {
    const last = index === entries.length - 1
    const line = {
      stem: `${indent}${last ? '└─ ' : '├─ '}`,
      action: child.row?.action ?? null,
      name: child.row ? name : `${name}/`,
      note: child.row?.reason ?? '',
    }
    return [line, ...treeLines(child, `${indent}${last ? '   ' : '│  '}`)]
  })
}

/** A directory with a single entry is shown on that entry's line. */
function collapsed(name: string, node: Node): { name: string; node: Node } {
  const [only, ...others] = node.children
  return only && others.length === 0 ? collapsed(`${name}/${only[0]}`, only[1]) : { name, node }
}

const isDirectory = (node: Node): boolean => !node.row

function withoutBases(rows: PlanRow[]): PlanRow[] {
  const isBase = ({ path }: PlanRow) => path.startsWith(`${baseDir}/`)
  const bases = rows.filter(isBase)
  const changed = bases.find(({ action }) => action !== 'keep') ?? bases[0]
  const one = changed && {
    ...changed,
    path: `${baseDir}/…`,
    reason: `${bases.length} stored originals, for later upgrades`,
  }
  return [...rows.filter(row => !isBase(row)), ...(one ? [one] : [])]
}
