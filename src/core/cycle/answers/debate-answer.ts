import type { FindingPosition, SaidPosition } from '../../../model/finding.ts'
import { isCited, isUrgent, standing } from '../../ledger/debate.ts'
import type { DebatedFinding } from '../../ledger/state.ts'
import { type Lists, type Named, select } from '../pick.ts'
import { type AnswerLine, readAnswerLine, shortened } from './answer-line.ts'
import { bare, fencedAnswer, undecorated } from './fenced-answer.ts'

export type DebateAnswer = {
  positions: SaidPosition[]
  /** Open findings that got no usable answer. */
  unanswered: string[]
  /** What is wrong, a sentence each, for asking again. */
  problems: string[]
}

/** Characters; patterns are run on foreign text. */
const longestLine = 10_000

/**
 * Reads Claude's answers to the open findings from its last message.
 *
 * @param open Findings this round is about.
 * @param decided Findings that are no longer open; answers to them are passed over.
 */
export function readDebateAnswer(message: string, round: number, open: Named[], decided: Named[]): DebateAnswer {
  const lines = fencedAnswer(message)
  const positions = new Map<string, SaidPosition>()
  const problems: string[] = lines ? [] : ['there is no fenced block with the info string `countersign`']
  const contradicted = new Set<string>()
  let current: string[] = []
  const doubtful = new Set<string>()
  for (const line of joined((lines ?? []).map(raw => raw.slice(0, longestLine)))) {
    const said = readAnswerLine(line)
    if (!said) {
      for (const id of current) positions.set(id, continued(positions.get(id)!, bare(line)))
      continue
    }
    const read =
      'problem' in said ? said : positionsIn(said, line, round, { named: [...open, ...decided], group: open })
    if ('problem' in read) {
      problems.push(read.problem)
      for (const id of read.about) doubtful.add(id)
      current = []
      continue
    }
    const asked = read.filter(({ id }) => open.some(finding => finding.id === id))
    const twice = asked.filter(position => contradicts(positions.get(position.id), position)).map(({ id }) => id)
    for (const id of twice) contradicted.add(id)
    current = asked.map(({ id }) => id)
    for (const position of asked) positions.set(position.id, position)
  }
  for (const id of contradicted) {
    problems.push(`${id} has two answers that contradict each other`)
    positions.delete(id)
  }
  // Whatever else is said of them, one line of it cannot be read.
  for (const id of doubtful) positions.delete(id)
  for (const [id, position] of positions) {
    if (position.needed || position.reason) continue
    problems.push(`${id}: “not needed” requires a reason`)
    positions.delete(id)
  }
  const unanswered = open.map(({ id }) => id).filter(id => !positions.has(id))
  if (lines && unanswered.length > 0) problems.push(`no usable answer for ${unanswered.join(', ')}`)
  return { positions: [...positions.values()].map(withConcession), unanswered, problems }
}

/** An id as a heading, or on a line of its own, and its verdict on the next one are one line. */
function joined(lines: string[]): string[] {
  const all: string[] = []
  let alone: string | null = null
  for (const line of lines) {
    const plain = bare(line)
    if (alone !== null && startsWithVerdict.test(undecorated(plain.slice(0, 100)).trim()))
      all.push(`${alone}: ${plain}`)
    else {
      if (alone !== null && plain !== '') all.push(alone)
      if (isIdAlone(plain)) alone = plain.replace(/[:：\s*]{1,9}$/, '')
      else all.push(line)
    }
    if (plain !== '' && !isIdAlone(plain)) alone = null
  }
  return alone === null ? all : [...all, alone]
}

const startsWithVerdict = /^(?:not[ -]+)?needed\b/i
const isIdAlone = (line: string): boolean =>
  line.length < 40 && /^[ #([]*(?:finding )?f\d{1,6}[ )\]:]*$/i.test(undecorated(line))

function positionsIn(
  { terms, needed, priority, reason }: Exclude<NonNullable<AnswerLine>, { problem: string }>,
  line: string,
  round: number,
  lists: Lists,
): SaidPosition[] | { problem: string; about: string[] } {
  const ids = select(terms, lists)
  const about = terms.flatMap(one => (one.is === 'id' ? [`F${one.number}`] : []))
  if ('problem' in ids) return { problem: `“${shortened(bare(line))}”: ${ids.problem}`, about }
  return ids.ids.map(id => ({
    id,
    by: 'claude',
    round,
    needed,
    priority,
    reason,
    concession: null,
    shared: ids.ids.length > 1,
  }))
}

const contradicts = (before: SaidPosition | undefined, { needed, priority }: SaidPosition): boolean =>
  before !== undefined && (before.needed !== needed || before.priority !== priority)

const continued = (position: SaidPosition, line: string): SaidPosition => ({
  ...position,
  reason: `${position.reason}\n${line}`.trim(),
})

function withConcession(position: SaidPosition): SaidPosition {
  const conceded = position.reason.match(/^[*_]{0,3}conceded[*_]{0,3}\s*[:：][*_]{0,3}\s*([\s\S]+)/i)
  return conceded ? { ...position, concession: conceded[1]! } : position
}

/**
 * What the answers lack in evidence, a sentence each, for asking again together with whatever else is wrong: a change of mind
 * that shows nothing, and a quote that is nowhere. One line for several findings is not asked for again.
 */
export function missingEvidence(open: DebatedFinding[], said: SaidPosition[], checked: FindingPosition[]): string[] {
  const shared = new Set(said.filter(position => position.shared).map(({ id }) => id))
  return checked.flatMap(position => {
    const finding = open.find(({ id }) => id === position.id)
    if (!finding || isCited(position) || (shared.has(position.id) && isUrgent(finding))) return []
    const before = standing(finding.positions, 'claude')
    if (before && before.needed !== position.needed)
      return [`${position.id}: a change of mind counts only with path:line and a quote that is in that file`]
    return position.evidence === 'false' && !position.needed
      ? [`${position.id}: the quote was not found in the tree; copy it exactly, with its path:line`]
      : []
  })
}
