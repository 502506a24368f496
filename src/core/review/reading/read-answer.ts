import type { ReviewedFinding } from '../../../model/codex-answer.ts'
import { findingKinds } from '../../../model/finding.ts'
import { type Resolution, type Verdict, verdicts } from '../../../model/ledger/fields.ts'
import { type Priority, priorities } from '../../../model/priority.ts'
import { type Citation, citationsIn } from '../citations.ts'
import { fieldsOf, flagIn, idIn, lastLineIn, lineIn, shown, textIn, wordAmong, wordIn } from './fields.ts'
import { answersIn } from './objects-in.ts'

/** A position in a rebuttal. `priority` null: it does not say. */
export type ReadPosition = {
  id: string
  needed: boolean
  priority: Priority | null
  reason: string
  concession: string | null
  evidence: Citation[]
}

/** A finding that was raised and cannot be read; `title` is empty where it has none. */
export type LostFinding = { title: string; why: string }

/** What is whole in an answer, and what is there and cannot be read. */
export type ReadAnswer = {
  /** Null where there is none, or it is no word of ours. */
  verdict: Verdict | null
  summary: string
  reviewed: string[]
  findings: ReviewedFinding[]
  resolved: Resolution[]
  positions: ReadPosition[]
  lost: LostFinding[]
  /** What is wrong with what it says of an earlier finding, by id; empty for an entry without one. */
  odd: { id: string; why: string }[]
  /** Why nothing of it can be read at all; null where it can. */
  unreadable: string | null
}

const nothing: ReadAnswer = {
  ...{ verdict: null, summary: '', reviewed: [], findings: [], resolved: [], positions: [], lost: [], odd: [] },
  unreadable: null,
}

/**
 * Reads what Codex has said since it last worked, as far as it can be read without guessing. A model that speaks twice without
 * looking at anything in between has two answers: whatever the last one takes back, nothing was seen that could have changed
 * its mind. The stricter one holds, and of two alike the last.
 *
 * @param texts Its messages, oldest first.
 */
export function readAnswer(texts: string[]): ReadAnswer {
  const found = texts.map(answersIn)
  const ambiguous = found.find(one => 'problem' in one && one.problem.includes('stands twice'))
  const answers = found.flatMap(one => ('answers' in one ? one.answers.map(readOne) : []))
  const last = found.at(-1)
  const lost = texts.some(text => objection.test(text)) ? [unreadObjection] : []
  if (ambiguous && 'problem' in ambiguous) return { ...nothing, lost, unreadable: ambiguous.problem }
  if (answers.length === 0)
    return { ...nothing, lost, unreadable: last && 'problem' in last ? last.problem : 'the answer is empty' }
  return answers.reduce((strict, answer) => (weight(answer) >= weight(strict) ? answer : strict))
}

/** What only an answer says that objects to something: a finding begun, or the word that none but the worst ones get. */
const objection = /["']?findings["']?\s*:\s*\[\s*[{"']|["']?priority["']?\s*:|\bcritical\b/i
const unreadObjection: LostFinding = { title: '', why: 'an answer that cannot be read raises a finding' }

/** Any objection is more than no review, and that more than an approval. */
function weight({ verdict, findings, lost, resolved, positions, odd }: ReadAnswer): number {
  const stands = positions.filter(({ needed }) => needed).length + resolved.filter(one => !one.resolved).length
  const count = findings.length + lost.length + odd.length + stands
  return count > 0 || verdict !== 'could-not-review' ? count : 0.5
}

function readOne(value: unknown): ReadAnswer {
  const field = fieldsOf(value)
  const findings = listIn(field('findings'), isFinding).map((one, at) => readFinding(one, at))
  const resolved = entriesIn(field('resolved'), 'resolved').map(readResolution)
  const positions = entriesIn(field('positions'), 'needed').map(readPosition)
  return {
    ...nothing,
    verdict: wordIn<Verdict>(field('verdict'), verdicts, { approved: 'approve', finding: 'findings' }) ?? null,
    summary: textIn(field('summary')) ?? '',
    reviewed: listIn(field('reviewed'), isFile).flatMap(pathsOf),
    findings: findings.flatMap(one => ('why' in one ? [] : one)),
    lost: findings.flatMap(one => ('why' in one ? one : [])),
    resolved: resolved.flatMap(one => ('why' in one ? [] : one)),
    positions: positions.flatMap(one => ('why' in one ? [] : one)),
    odd: [...resolved, ...positions].flatMap(one => ('why' in one ? one : [])),
  }
}

const isFinding = (value: unknown): boolean =>
  ['title', 'body', 'file'].some(name => fieldsOf(value)(name) !== undefined)
const isFile = (value: unknown): boolean => fieldsOf(value)('file') !== undefined

/** What a list holds; of something else than a list what it may stand for, so that nothing that is there is passed over. */
function listIn(value: unknown, isOne: (value: unknown) => boolean): unknown[] {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value.filter(one => one !== null)
  if (typeof value !== 'object' || isOne(value)) return [value]
  return Object.values(value)
}

/** Entries about earlier findings; also from an object with the ids as its keys. */
function entriesIn(value: unknown, said: string): unknown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || fieldsOf(value)('id') !== undefined)
    return listIn(value, () => true)
  return Object.entries(value).map(([id, entry]) =>
    typeof entry === 'object' && entry !== null ? { ...entry, id } : { id, [said]: entry },
  )
}

/** Paths in what names one or several files. A name can hold a comma, so that the whole is one of them. */
function pathsOf(value: unknown): string[] {
  const text = textIn(typeof value === 'object' ? fieldsOf(value)('file') : value) ?? ''
  return [...new Set([text, ...text.split(/[\n,]/)].map(one => one.trim()))].filter(one => one !== '')
}

const priorityNames = { p0: 'critical', p1: 'high', p2: 'medium', p3: 'low' } as const

function readFinding(value: unknown, at: number): ReviewedFinding | LostFinding {
  const field = fieldsOf(value)
  const [title, body, file] = [textIn(field('title')), textIn(field('body')), textIn(field('file'))]
  const name = title || (body ?? '').slice(0, 80)
  const kind = wordAmong(field('kind'), findingKinds, { bug: 'defect', defects: 'defect', gaps: 'gap' })
  const priority = wordAmong(field('priority'), priorities, priorityNames)
  const wrong = [
    name === '' && 'it has neither `title` nor `body`',
    kind === undefined && `\`kind\` is ${shown(field('kind'))}, not ${findingKinds.join(', ')}`,
    priority === undefined && `\`priority\` is ${shown(field('priority'))}, not ${priorities.join(', ')}`,
    // Something that is missing may have no file.
    !file?.trim() && kind !== 'gap' && `\`file\` is ${shown(field('file'))}`,
  ].filter(one => one !== false)
  if (wrong.length > 0 || kind === undefined || priority === undefined)
    return { title: title ?? '', why: `finding ${at + 1}${name && ` ${shown(name)}`}: ${wrong.join('; ')}` }
  return {
    ...{ title: name, body: body || name, kind, priority, file: file ?? '' },
    line_start: lineIn(field('line_start')),
    line_end: lineIn(field('line_end')) ?? lastLineIn(field('line_start')),
    quote: textIn(field('quote')) ?? '',
    fix: textIn(field('fix')) ?? '',
  }
}

function readResolution(value: unknown): Resolution | { id: string; why: string } {
  const field = fieldsOf(value)
  const id = idIn(field('id'))
  const resolved = flagIn(field('resolved'))
  if (id === undefined) return { id: '', why: `an entry of \`resolved\` has the id ${shown(field('id'))}` }
  if (resolved === undefined)
    return { id, why: `\`resolved\` of ${id} is ${shown(field('resolved'))}, not true or false` }
  return { id, resolved, reason: textIn(field('reason')) ?? '' }
}

function readPosition(value: unknown): ReadPosition | { id: string; why: string } {
  const field = fieldsOf(value)
  const id = idIn(field('id'))
  const needed = flagIn(field('needed'))
  const given = field('priority')
  const priority = wordAmong(given, priorities, priorityNames)
  if (id === undefined) return { id: '', why: `an entry of \`positions\` has the id ${shown(field('id'))}` }
  if (needed === undefined) return { id, why: `\`needed\` of ${id} is ${shown(field('needed'))}, not true or false` }
  // What says nothing of its priority leaves it as it was.
  if (needed && priority === undefined && given !== undefined && given !== null && given !== '')
    return { id, why: `\`priority\` of ${id} is ${shown(given)}, not ${priorities.join(', ')}` }
  const concession = textIn(field('concession'))?.trim() || null
  return {
    ...{ id, needed, priority: priority ?? null, reason: textIn(field('reason')) ?? '', concession },
    evidence: evidenceIn(field('evidence')),
  }
}

/** Quotes with their places, also out of a text: `` src/a.js:12 `if (!xs.length)` ``. */
function evidenceIn(value: unknown): Citation[] {
  if (typeof value === 'string') return citationsIn(value)
  return listIn(value, one => fieldsOf(one)('quote') !== undefined).flatMap(one => {
    if (typeof one === 'string') return citationsIn(one)
    const field = fieldsOf(one)
    const quote = textIn(field('quote')) ?? ''
    return quote.trim() === ''
      ? []
      : [{ file: textIn(field('file')) ?? '', line: lineIn(field('line') ?? field('line_start')), quote }]
  })
}
