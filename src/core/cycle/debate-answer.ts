import type { FindingPosition, SaidPosition } from '../../model/finding.ts'
import { type Priority, priorities } from '../../model/priority.ts'
import { isCited, isUrgent, standing } from '../ledger/debate.ts'
import type { DebatedFinding } from '../ledger/state.ts'
import { bare, fencedAnswer } from './fenced-answer.ts'
import { isPick, type Named, parsePick, select } from './pick.ts'

export type DebateAnswer = {
  positions: SaidPosition[]
  /** Open findings that got no usable answer. */
  unanswered: string[]
  /** What is wrong, a sentence each, for asking again. */
  problems: string[]
}

/** Characters; the patterns below are run on foreign text. */
const longestLine = 10_000
const answerLine =
  /^(?<ids>[^:]*?\S)\s*:\s*(?<not>not[\s_-]+)?needed\b\s*[,(]?\s*(?<priority>[a-z]+)?\)?\s*(?:(?:[-–—:]+)\s*(?<reason>.*))?$/i
/** Whatever starts with an id was meant as an answer, even when the rest cannot be read; “high load: …” goes on with a reason. */
const meantAsAnswer = (line: string): boolean => {
  const ids = /^(?:f\d+|all|critical|high|medium|low)\b[^:]*(?=:)/i.exec(line)?.[0]
  return ids !== undefined && (/^f\d/i.test(ids) || isPick(parsePick(ids)))
}

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
  for (const line of (lines ?? []).map(raw => bare(raw.slice(0, longestLine)))) {
    if (!meantAsAnswer(line)) {
      for (const id of current) positions.set(id, continued(positions.get(id)!, line))
      continue
    }
    const read = readLine(line, round, [...open, ...decided], open)
    if ('problem' in read) {
      problems.push(read.problem)
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
  for (const [id, position] of positions) {
    if (position.needed || position.reason) continue
    problems.push(`${id}: “not needed” requires a reason`)
    positions.delete(id)
  }
  const unanswered = open.map(({ id }) => id).filter(id => !positions.has(id))
  if (lines && unanswered.length > 0) problems.push(`no usable answer for ${unanswered.join(', ')}`)
  return { positions: [...positions.values()].map(withConcession), unanswered, problems }
}

function readLine(line: string, round: number, known: Named[], open: Named[]): SaidPosition[] | { problem: string } {
  const parts = line.match(answerLine)?.groups
  if (!parts)
    return { problem: `“${shortened(line)}” is neither “needed, PRIORITY — reason” nor “not needed — reason”` }
  const ids = select(parsePick(parts.ids!), { named: known, group: open })
  if ('problem' in ids) return ids
  const needed = !parts.not
  const word = parts.priority?.toLowerCase()
  const priority = (priorities as readonly string[]).includes(word ?? '') ? (word as Priority) : null
  if (needed && !priority) return { problem: `${parts.ids}: “needed” requires a priority: ${priorities.join(', ')}` }
  const reason = parts.reason ?? ''
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
  const conceded = position.reason.match(/^conceded\s*:\s*([\s\S]+)/i)
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

const shortened = (line: string): string => (line.length > 80 ? `${line.slice(0, 77)}…` : line)
