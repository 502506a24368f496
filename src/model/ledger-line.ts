import { findingKinds } from './finding.ts'
import type { Happening, Stage } from './ledger-entry.ts'
import { priorities } from './priority.ts'

type Check = (value: unknown) => boolean
/** Every field an entry has; tsc insists that none is left out. */
type Fields<Entry> = { [Field in Exclude<keyof Entry, 'kind'>]-?: Check }

/**
 * Whether a line of the ledger has every field of its kind, each of its type. One that has not would be half applied, and
 * break whatever reads the state much later. By hand, since a stop with nothing to do reads the ledger and loads no zod.
 * Kinds that we do not know are a newer version's: they are whole, and say nothing to us.
 */
export function isWhole(entry: { kind: string }): boolean {
  return !Object.hasOwn(kinds, entry.kind) || shape(kinds[entry.kind as Happening['kind']])(entry)
}

const text: Check = value => typeof value === 'string'
const number: Check = value => typeof value === 'number'
const flag: Check = value => typeof value === 'boolean'
const oneOf =
  (words: readonly unknown[]): Check =>
  value =>
    words.includes(value)
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value)
const optional =
  (check: Check): Check =>
  value =>
    value === undefined || check(value)
const listOf =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(one => check(one))
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const shape =
  (fields: Record<string, Check>): Check =>
  value =>
    isObject(value) && Object.entries(fields).every(([field, check]) => check(value[field]))
const hashes: Check = value => isObject(value) && Object.values(value).every(orNull(text))

const texts = listOf(text)
const priority = oneOf(priorities)
const call = oneOf(['review', 'rebuttal'])
const openStages: Stage[] = ['tests', 'self-review', 'review', 'debate', 'choice', 'fix']
const usage = shape({ inputTokens: number, outputTokens: number })

const suites = listOf(
  shape({
    ...{ name: text, command: text, result: oneOf(['green', 'red', 'unable']), note: orNull(text) },
    ...{ seconds: number, failing: texts, tail: text },
  }),
)
const findings = listOf(
  shape({
    ...{ id: text, title: text, body: text, kind: oneOf(findingKinds), priority, file: text },
    ...{ lineStart: orNull(number), lineEnd: orNull(number), quote: text, fix: text, verified: flag, inScope: flag },
  }),
)
const resolved = listOf(shape({ id: text, resolved: flag, reason: text }))
const positions = listOf(
  shape({
    ...{ id: text, by: oneOf(['claude', 'codex']), round: number, needed: flag, priority: orNull(priority) },
    ...{ reason: text, concession: orNull(text) },
  }),
)
/** What Codex has said, of a part or of the whole. */
const review = {
  ...{ tree: text, reviewed: texts, notReviewed: texts, findings, resolved },
  ...{ summary: text, model: orNull(text), usage, seconds: number },
}
const end = { tree: text, head: orNull(text) }

const kinds: { [Kind in Happening['kind']]: Fields<Extract<Happening, { kind: Kind }>> } = {
  baseline: end,
  session: { session: text, pid: orNull(number), phase: oneOf(['started', 'ended']) },
  prompted: { session: text, text },
  paused: {},
  resumed: {},
  'run-started': {
    ...{ run: text, session: text, pid: orNull(number), base: text, tree: text },
    ...{ prompts: texts, gate: optional(hashes), head: optional(orNull(text)) },
  },
  'head-moved': { head: orNull(text), base: orNull(text), inCycle: flag },
  'gate-files': { files: hashes, changed: texts },
  adopted: { session: text, pid: orNull(number) },
  entered: { stage: oneOf(openStages), tree: text, cycle: number, round: number },
  'tests-ran': {
    ...{ tree: text, after: orNull(text), moved: optional(texts) },
    ...{ result: oneOf(['green', 'red', 'unable', 'none']), seconds: number, suites },
  },
  asked: { stage: oneOf(openStages), tree: text, problems: texts },
  'task-refused': { tree: text },
  'self-reviewed': { tree: text, ready: flag, text },
  'codex-called': { call, tree: text, cycle: number, round: number },
  'part-reviewed': { ...review, part: number, of: number, paths: texts },
  reviewed: {
    ...{ ...review, verdict: oneOf(['approve', 'findings']), thread: orNull(text) },
    ...{ unsent: optional(texts), leftOut: optional(texts), parts: optional(number) },
  },
  'could-not-review': {
    ...{ call, tree: text, reason: text, until: orNull(text), detail: text, usage, seconds: number },
  },
  'tree-moved': { call, files: texts },
  'no-progress': { ids: texts },
  answered: { round: number, positions, unanswered: texts },
  rebutted: { round: number, last: flag, positions, usage, seconds: number },
  picked: { ids: texts, by: text, told: flag },
  dismissed: { ids: texts, reason: text },
  'let-go': { ...end, why: text },
  countersigned: { ...end, cycle: number },
  withdrawn: end,
  returned: { head: orNull(text) },
}
