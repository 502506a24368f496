import type { FindingPosition } from '../../model/finding.ts'
import { isAboveLine, standing } from '../ledger/debate.ts'
import { priorityAsked } from '../ledger/lists.ts'
import { type DebatedFinding, openFindings, type Run } from '../ledger/state.ts'
import { type FrozenTree, shownBy } from './evidence.ts'
import type { ReadAnswer, ReadPosition } from './reading/read-answer.ts'
import { type Want, wholeAnswer } from './review-wants.ts'

/**
 * Judges Codex's rebuttal: it must cover every open finding, and what is missing is asked for. What both say to fix, and only
 * its priority is asked, may be left out.
 */
export function judgeRebuttal(
  answer: ReadAnswer,
  run: Run,
  tree: FrozenTree,
): { positions: FindingPosition[]; wants: Want[] } {
  if (answer.unreadable !== null) return { positions: [], wants: [wholeAnswer(answer.unreadable)] }
  const open = openFindings(run)
  const wants = [
    ...open.filter(({ id }) => !answerTo(id, answer)).map(({ id }) => missing(id, answer)),
    ...strays(answer, run),
  ]
  const positions = [...open, ...priorityAsked(run)].flatMap(finding => {
    const given = answerTo(finding.id, answer)
    return given ? [position(finding, given, run.round, tree)] : []
  })
  return { positions, wants }
}

/** What it holds needed under an id that does not exist is something that nobody has raised. */
function strays({ positions, findings }: ReadAnswer, run: Run): Want[] {
  const known = new Set(run.findings.map(({ id }) => id))
  const ids = positions.filter(({ id, needed }) => needed && !known.has(id)).map(({ id }) => id)
  return ids.length === 0 || findings.length > 0
    ? []
    : [
        {
          problem: `the answer calls ${ids.join(', ')} needed, which does not exist`,
          ask: `\`positions\` calls ${ids.join(', ')} needed, which does not exist. Give it as a finding, in \`findings\`.`,
          blocks: true,
        },
      ]
}

function missing(id: string, { odd }: ReadAnswer): Want {
  const why = odd.find(one => one.id === id)?.why
  return {
    problem: why ?? `the answer does not mention ${id}`,
    ask: `${why ? `${why}: give` : 'give'} the entry for ${id} in \`positions\`.`,
    blocks: true,
  }
}

/** Of two answers that contradict each other the stricter one, else the first. */
function answerTo(id: string, { positions }: ReadAnswer): ReadPosition | undefined {
  const given = positions.filter(position => position.id === id)
  return given.find(({ needed }) => needed) ?? given[0]
}

function position(finding: DebatedFinding, given: ReadPosition, round: number, tree: FrozenTree): FindingPosition {
  const { needed, reason, concession, evidence } = given
  const stood = standing(finding.positions, 'codex')!
  const priority = given.priority ?? stood.priority ?? finding.priority
  const isLowered = isAboveLine(stood.priority) && !isAboveLine(priority)
  return {
    id: finding.id,
    by: 'codex',
    round,
    needed,
    // How urgent it would be counts, too: nobody drops by talk what one of them calls critical.
    priority: needed ? priority : given.priority,
    reason,
    concession,
    ...shownBy(evidence, { finding, against: !needed || isLowered }, tree),
  }
}
