import { finding, keptFinding } from '../finding.ts'
import {
  across,
  beside,
  beyond,
  call,
  gateFiles,
  globs,
  kept,
  known,
  letGoReasons,
  nested,
  passedOver,
  paths,
  pickedBy,
  positions,
  review,
  reviewedPart,
  stage,
  telling,
  unneededReasons,
  unreviewedReasons,
  usage,
  where,
} from './fields.ts'
import {
  byName,
  type Fields,
  fits,
  flag,
  foreignText,
  listOf,
  number,
  type ObjectOf,
  object,
  oneOf,
  optional,
  orNull,
  type Shape,
  text,
  wordLike,
} from './shape.ts'
import { suiteMemory, suiteRun, testResults } from './suites.ts'
import { deed, sessionProcess, sessionPrompt, voices } from './users-word.ts'

/** Everything that can happen, by kind: the fields of a line of the ledger. Trees are git tree ids; seconds are wall-clock. */
export const happenings = {
  baseline: { ...where, known, globs },
  session: {
    session: text,
    pid: orNull(number),
    phase: oneOf(['started', 'ended']),
    /** It was started by another session here, or its event was made up: it may share that one's name, and is not it. */
    inside: optional(flag),
    /** HEAD when the session ended with no work left. */
    head: optional(orNull(text)),
    known,
    /** No hook saw it end. What was committed since an end was last seen, and is not reviewed. */
    unseen: optional(passedOver),
  },
  /** The user's own words. `apart`: another session was at work, so that they are not said to that one. */
  prompted: { session: text, text: foreignText(4000), pid: optional(orNull(number)), apart: optional(flag) },
  /** A prompt that is not the user's. `choice`: it reads like one, and was not taken for one. `first`: of its kind. */
  heard: { session: text, by: wordLike(voices), text: foreignText(200), choice: flag, first: flag },
  /** Prompts that Claude Code is going to send by itself, as Claude has asked it to. */
  scheduled: { texts: listOf(foreignText(4000)) },
  /** The list of this choice stands in a question that the user is about to be asked. */
  'question-put': {
    session: text,
    cycle: number,
    answerers: optional(listOf(foreignText(300))),
    /** The call that holds the question. */
    call: optional(text),
  },
  /** A prompt that may have been meant as a choice, and was answered with how to choose: once, so that it can be said again. */
  'choice-unclear': { session: text, text: foreignText(200) },
  /** The user is to be told of it, once, in the session that they see. */
  deed,
  /** The user has been told of these in this session, but for its own. `kept`: they are to be told in others too. */
  'deeds-told': { session: optional(text), pid: optional(orNull(number)), kept: optional(flag) },
  told: telling,
  paused: {},
  resumed: {},
  'run-started': {
    run: text,
    session: text,
    pid: orNull(number),
    base: text,
    tree: text,
    /** What the user asked for since the last run, oldest first. */
    prompts: listOf(foreignText(4000)),
    gate: optional(gateFiles),
    /** The commit that `base` was recorded with. */
    head: optional(orNull(text)),
    /** What has to be known from before this line, where a ledger begins to be read; `rules` and `since` as in `State`. */
    carried: optional(
      object({
        processes: listOf(sessionProcess),
        scheduled: listOf(foreignText(4000)),
        deeds: listOf(object(deed)),
        prompts: optional(listOf(sessionPrompt)),
        asked: optional(listOf(text)),
        sessions: optional(listOf(text)),
      }),
    ),
    /** What users were told before this run. */
    told: optional(listOf(object(telling))),
    /** By name. */
    suites: optional(byName(suiteMemory)),
    /** Urgent findings of earlier runs that no user has decided, and what was left out of a review of theirs. */
    ...{ kept: optional(listOf(keptFinding)), beyond },
    ...{ known, globs, nested, rules: optional(paths), since: optional(text) },
  },
  /** HEAD stands on another commit than it did; `base` is the tree that the change now begins at, null: as before. */
  'head-moved': { ...{ head: orNull(text), base: orNull(text), inCycle: flag, over: optional(passedOver) }, known },
  /** Other files count than did; `base`: where the change begins, seen through today's globs. */
  'globs-changed': { globs: listOf(text), base: text },
  /** The user is told that the gate does not look there. `nested`: what those repositories hold from now on. */
  'not-covered': { session: text, paths, nested },
  /** HEAD has moved while the tree stayed as it was settled. `beside`: what it holds besides. */
  looked: { head: orNull(text), beside },
  /** `says`: what that does, a line each. */
  'gate-files': { files: gateFiles, changed: paths, says: optional(listOf(foreignText(400))) },
  adopted: { session: text, pid: orNull(number) },
  /** `undecided`: what the user was to choose from, where an edit has ended that. */
  entered: { stage, tree: text, cycle: number, round: number, undecided: optional(listOf(text)) },
  'tests-ran': {
    tree: text,
    /** The tree with what the run itself left behind, when that is another one; it counts as tested too. */
    after: orNull(text),
    /** Files that were changed meanwhile, by the run or by somebody; the run then covers no tree that is there. */
    moved: optional(paths),
    /** What the run itself has written and what counts no more, as people write it; a directory ends with a slash. */
    setAside: optional(paths),
    result: oneOf(testResults),
    seconds: number,
    suites: listOf(suiteRun),
  },
  asked: { stage, tree: text, problems: listOf(foreignText()) },
  'task-refused': { tree: text },
  'self-reviewed': { tree: text, ready: flag, text: foreignText() },
  /** `followUp`: it asks for what is missing in the last answer. */
  'codex-called': { call, tree: text, cycle: number, round: number, followUp: optional(flag) },
  'part-reviewed': { tree: text, ...reviewedPart },
  reviewed: {
    tree: text,
    verdict: oneOf(['approve', 'findings']),
    ...review,
    /** Changed files that were never sent, because the limit on Codex calls was reached. */
    unsent: optional(paths),
    /** Changed files that are never sent, because their names say that they hold secrets. */
    leftOut: optional(paths),
    /** Changed files that were to be read and never were; left out where there are none, and by earlier versions. */
    unread: optional(paths),
    /** Changed files that nobody read and nobody had to read, each with why. */
    unneeded: optional(byName(wordLike(unneededReasons))),
    /** Tokens of the thread so far, where they are not those of this entry. */
    threadUsage: optional(usage),
    /** How many prompts the change took; one when it fitted. */
    parts: optional(number),
    /** Null when the parts had a thread each. */
    thread: orNull(text),
  },
  /** The code of these is in the tree again: they are checked and debated like any other. */
  reopened: { tree: text, ids: listOf(text), names: listOf(foreignText(400)) },
  'could-not-review': {
    call,
    tree: text,
    reason: wordLike(unreviewedReasons),
    /** ISO time before which another try makes no sense; null: the next stop may try. */
    until: orNull(text),
    detail: foreignText(),
    /** What was whole all the same; the rest is asked for when it is tried again. */
    kept: optional(kept),
    usage,
    seconds: number,
  },
  /** Files that differ from the frozen tree after Codex was at work; its sandbox lets it write nothing. */
  'tree-moved': { call, files: paths },
  /** A cycle that left everything as it was: what is open goes to the user instead of into another debate. */
  'no-progress': { ids: listOf(text) },
  answered: { round: number, positions, unanswered: listOf(text), across },
  rebutted: {
    round: number,
    /** Whether the rounds are spent with this one: what is still open is then disputed. */
    last: flag,
    positions,
    /** What it raised besides, without being asked for it: nobody debates it, the user decides. */
    findings: optional(listOf(finding)),
    usage,
    seconds: number,
    /** Tokens of the thread so far, where they are not those of this entry. */
    threadUsage: optional(usage),
  },
  /** The choice waits for the user, who is told so once a prompt. */
  'choice-waits': { ids: listOf(text) },
  picked: { ids: listOf(text), by: wordLike(pickedBy), told: flag },
  /** The user signs although Codex has not read these. */
  'unread-accepted': { files: paths, by: wordLike(pickedBy) },
  dismissed: { ids: listOf(text), reason: foreignText() },
  /** `files`: what it is about. */
  'let-go': { ...where, why: wordLike(letGoReasons), files: optional(paths), nested, beside: optional(beside) },
  /** `hidden`: files that are there and that a rule added since the base hides; `ignored`: files changed under `ignore`. */
  countersigned: {
    ...{ ...where, cycle: number, hidden: optional(paths), ignored: optional(paths), beyond },
    /** Kept findings whose code is not in the tree, in words, where no line has named them yet. */
    kept: optional(listOf(foreignText(400))),
    /** Files that Codex has not read, which the user knew. */
    unread: optional(paths),
  },
  /** The tree is back where the change began: it was taken back, or lies on another branch or in a stash. */
  withdrawn: where,
  /** What was withdrawn is there again, as it was reviewed. */
  returned: { head: orNull(text) },
} satisfies Record<string, Fields>

type Happenings = typeof happenings
/** One thing that happened, without its time. */
export type Happening = {
  [Kind in keyof Happenings]: ObjectOf<{ kind: Shape<Kind> } & Happenings[Kind]>
}[keyof Happenings]
export type HappeningOf<Kind extends Happening['kind']> = Extract<Happening, { kind: Kind }>

/** One line of the ledger. `v` is the format; `at` an ISO time. */
export type LedgerEntry = { v: 1; at: string } & Happening

/**
 * Whether a line of the ledger has every field of its kind, each of its type. One that has not would be half applied, and
 * break whatever reads the state much later. Kinds that we do not know are a newer version's: they are whole, and say
 * nothing to us.
 */
export const isWhole = (line: { kind: string }): boolean =>
  !Object.hasOwn(happenings, line.kind) || fits(object(happenings[line.kind as Happening['kind']]), line)
