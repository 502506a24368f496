import type { FindingPosition, SaidPosition } from '../../model/finding.ts'
import { isAboveLine, isUrgent, standing } from '../ledger/debate.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { citationsIn } from './citations.ts'
import { type FrozenTree, type Shown, shownBy } from './evidence.ts'

/** The paths that these positions cite, as they are written. */
export const citedPaths = (said: SaidPosition[]): string[] => [
  ...new Set(said.flatMap(({ reason }) => citationsIn(reason)).flatMap(({ file }) => (file === '' ? [] : [file]))),
]

/** The author's positions with what their quotes show. */
export const withEvidence = (run: Run, said: SaidPosition[], tree: FrozenTree): FindingPosition[] =>
  said.map(({ shared, ...position }) => {
    const finding = run.findings.find(({ id }) => id === position.id)
    return { ...position, ...(finding && !(shared && isUrgent(finding)) ? shown(finding, position, tree) : nothing) }
  })

const nothing: Shown = { evidence: 'none', cited: [] }

function shown(finding: DebatedFinding, { needed, priority, reason }: FindingPosition, tree: FrozenTree): Shown {
  const stood = standing(finding.positions, 'codex')!
  const isLower = isAboveLine(stood.priority) && !isAboveLine(priority)
  return shownBy(citationsIn(reason), { finding, against: !needed || isLower }, tree)
}
