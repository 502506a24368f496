import type { RebuttalAnswer } from '../../model/codex-answer.ts'
import type { FindingPosition } from '../../model/finding.ts'
import { isAboveLine, standing } from '../ledger/debate.ts'
import { priorityAsked } from '../ledger/lists.ts'
import { type DebatedFinding, openFindings, type Run } from '../ledger/state.ts'
import { type FrozenTree, shownBy } from './evidence.ts'
import type { Unreviewed } from './judge-review.ts'

type Given = RebuttalAnswer['positions'][number]

/**
 * Judges Codex's rebuttal: it must cover every open finding, or it has not answered. What both say to fix, and only its
 * priority is asked, may be left out.
 */
export function judgeRebuttal(
  answer: RebuttalAnswer,
  run: Run,
  tree: FrozenTree,
): { positions: FindingPosition[] } | Unreviewed {
  const open = openFindings(run)
  const missing = open.find(({ id }) => !answerTo(id, answer))
  if (missing) return { unreviewed: 'malformed', problem: `the answer does not mention ${missing.id}` }
  const positions = [...open, ...priorityAsked(run)].flatMap(finding => {
    const given = answerTo(finding.id, answer)
    return given ? [position(finding, given, run.round, tree)] : []
  })
  return { positions }
}

/** Of two answers that contradict each other the stricter one, else the first. */
function answerTo(id: string, { positions }: RebuttalAnswer): Given | undefined {
  const given = positions.filter(position => position.id.trim().toUpperCase() === id)
  return given.find(({ needed }) => needed) ?? given[0]
}

function position(finding: DebatedFinding, given: Given, round: number, tree: FrozenTree): FindingPosition {
  const { needed, priority, reason, concession, evidence } = given
  const stood = standing(finding.positions, 'codex')!
  const isLowered = isAboveLine(stood.priority) && !isAboveLine(priority)
  const citations = evidence ? [{ ...evidence, line: evidence.line }] : []
  return {
    id: finding.id,
    by: 'codex',
    round,
    needed,
    priority: needed ? priority : null,
    reason,
    concession: concession?.trim() || null,
    ...shownBy(citations, { finding, against: !needed || isLowered }, tree),
  }
}
