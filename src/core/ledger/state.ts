import type { Finding, KeptFinding, Position } from '../../model/finding.ts'
import type { GateFiles, ReviewedPart, StageName, Telling, Unneeded, Usage } from '../../model/ledger/fields.ts'
import type { SuiteMemory } from '../../model/ledger/suites.ts'
import type { Deed, SessionProcess, SessionPrompt } from '../../model/ledger/users-word.ts'
import type { AcrossTheLine, Outcome } from './debate.ts'
import type { Owed, Review } from './review-state.ts'
import type { TestRun, TestsOfRun } from './test-runs.ts'

export type { Owed, Review, TestRun }

/** A finding with all that came of it. Its `priority` is the agreed one, else the reviewer's latest. */
export type DebatedFinding = Finding & {
  /** Positions since the review that last raised it; agreement is computed from these. */
  positions: Position[]
  /** Positions of earlier cycles. */
  history: Position[]
  outcome: Outcome
  /** What became of it: nothing yet, chosen by the user, left, decided against for good, or fixed. */
  fate: 'pending' | 'picked' | 'left' | 'dismissed' | 'resolved'
  /** Times the user picked it and the next review found it as it was. */
  failedFixes: number
}

export type Bill = { codexCalls: number; rounds: number; seconds: number } & Usage

/** What of a run belongs to the tree that its stage covers. */
export type Standing = Pick<OpenRun, 'stage' | 'tree' | 'cycle' | 'round' | 'review' | 'parts' | 'owed'>

/** What a run holds at any stage. */
export type Course = {
  id: string
  /** `since`: ISO time at which the session was known to run as `pid`; null where the ledger does not say. */
  owner: { session: string; pid: number | null; since: string | null }
  prompts: string[]
  /** Prompts of other sessions: they count once their session takes the run over. */
  waiting: SessionPrompt[]
  /** The tree that the stage covers; frozen from the review until the choice. */
  tree: string
  cycle: number
  round: number
  /** The tree of which Claude has said that it is not ready. */
  unready: string | null
  /** Whether HEAD has moved since the user last said something: such a change is reviewed whatever Claude says of it. */
  headMoved: boolean
  /** Where the change begins. */
  base: {
    tree: string
    /** The commit that the tree was recorded with; null before the first, undefined in a ledger that does not say. */
    head: string | null | undefined
    /** The tree before HEAD led elsewhere in this stage; null where it has not. */
    before: string | null
  }
  /** Where the cycle stood on the tree it was frozen on, while an edit has led away from that; null where none has. */
  left: Standing | null
  tests: TestsOfRun
  /** What is counted against the limits. */
  counts: {
    /** Times the present stage and round has asked Claude. */
    asks: number
    /** Times Claude was made to go on since the user last said something, and whether it may have stopped for that. */
    holds: number
    heldOut: boolean
    /** Times Claude was sent back to red tests, and tasks refused, since the user's last prompt. */
    redAttempts: number
    tasksRefused: number
  }
  review: Review | null
  /** What Codex has said so far of a change that takes several prompts. */
  parts: ReviewedPart[]
  /** What the completed reviews of this run have left behind. */
  reviews: {
    /** Every tree that one covered, the latest last: a later review's scope starts there. */
    trees: string[]
    /** How many in a row found everything they were asked to check as it was, and nothing new. */
    unmoved: number
    /** Files that were never sent. */
    unsent: string[]
    /** What Codex has read in this run, each with git's id of what it held then. */
    read: Record<string, string>
    /** Files of the reviewed tree that Codex was to read and has not, and those that need no reading, by why. */
    unread: string[]
    unneeded: Record<string, Unneeded>
    /** Times Codex was asked for the rest of an answer in this cycle. */
    followUps: { cycle: number; count: number }
    /** Findings beyond what one review may raise, by priority, of all reviews of the change. */
    beyond: Record<string, number>
    /** Of the latest, and its tokens so far, which Codex counts from the thread's beginning. */
    thread: string | null
    threadUsage: Usage
  }
  owed: Owed | null
  /** The last rounds in which each has answered since the review; 0 for none. */
  answered: { claude: number; codex: number }
  findings: DebatedFinding[]
  /** Urgent findings of earlier runs that no user has decided and whose code lies elsewhere. */
  kept: KeptFinding[]
  /** `debate.priority`, as it was when Claude last answered. */
  across: AcrossTheLine
  choice: {
    /** Ids the user has picked in this run, oldest first. */
    picked: string[]
    /** Whether Claude knows of the latest pick. */
    claudeKnows: boolean
    /** The tree whose list the user last picked from: what a review may raise is frozen from there on. */
    frozenAt: string | null
    /** Whether the user's last choice was to fix none. */
    none: boolean
    /** Whether the user was told that the choice is open, since they last said something. */
    reminded: boolean
  }
  bill: Bill
  /** What the bill was when the user picked from a run that was over: the limits count from there. */
  billBefore: Bill
}

/** A run that a cycle is working on. */
export type OpenRun = Course & { status: 'on'; stage: StageName }
/** Its reviewed change is not in the tree now: it lies on another branch or in a stash, and the run waits for it. */
export type AwayRun = Course & { status: 'away'; stage: StageName }
/** Countersigned, or handed to the user at the stage it had come to. */
type OverRun = Course & { status: 'over'; stage: StageName | 'countersigned' }
/** From the first changed stop until the countersignature. */
export type Run = OpenRun | AwayRun | OverRun

/** Everything the gate knows: the ledger, replayed. */
export type State = {
  paused: boolean
  /** The last tree with nothing left to do, and its commit. */
  settled: { tree: string; head: string | null } | null
  /** The list of commits that were not made here, by its hash; left out in a ledger that has none. */
  known?: string | undefined
  /** The globs that the settled tree was taken under; left out where the ledger does not say. */
  globs?: string[] | undefined
  /** What the repositories inside the working tree held when it was settled. */
  nested?: Record<string, string> | undefined
  /** Files of ignore rules outside the tree that have changed since then, as git names them. */
  rules?: string[] | undefined
  /** ISO time at which what ignore rules hide was last looked at; left out where the ledger does not say. */
  since?: string | undefined
  /** HEAD when it was last looked at because it had moved at the settled tree. */
  lookedAt?: string | null | undefined
  /** HEAD when the last session ended with no work left; left out where some was, and while a prompt is being worked on. */
  endedHead?: string | null | undefined
  /** The tree at which Claude stopped in mid-cycle; nothing happens until it changes. */
  skipped: string | null
  /** A limit on what happens without the user has ended a run: none begins before the user has said something. */
  limitReached: boolean
  /** Sessions other than that of the run in which the user has said something since: one may begin there. */
  lifted: string[]
  /** What the user has asked for since the last run began; `apart` as in the ledger. */
  prompts: (SessionPrompt & { apart: boolean })[]
  /** The gate's own files when they were last looked at. */
  gateFiles: GateFiles | null
  /** Claude sessions seen since the last run began, and those of them that have ended; a run of theirs may be adopted. */
  sessions: string[]
  endedSessions: string[]
  /** Sessions that this ledger has seen begin, those before the last run too; left out where an earlier version wrote it. */
  recorded?: string[] | undefined
  /** The processes of all sessions that were ever here; whatever they start is not the user. */
  /** Sessions that have begun and in which nothing has been said yet. */
  unspoken: string[]
  processes: SessionProcess[]
  /** Prompts that Claude Code sends by itself. */
  scheduled: string[]
  /** Prompts by others than the user, by `heardAs`, that the user has been told of in this run. */
  heard: string[]
  /** Where the list was last put into a question. */
  questionPut: { session: string; cycle: number; answerers: string[]; call?: string } | null
  /** The prompt that was last answered with how to choose; null where none was. */
  unclear: string | null
  /** What the user is still to be told of. */
  deeds: Deed[]
  /** Sessions of which it was told elsewhere that they were asked something, by `askedAs`. */
  asked: string[]
  /** What the users of these sessions were told that is not looked at; each is told once. */
  told: Telling[]
  /** What each suite ran when the tree was last settled, by name. */
  suites: Record<string, SuiteMemory>
  run: Run | null
}

export const emptyState: State = {
  paused: false,
  settled: null,
  skipped: null,
  limitReached: false,
  lifted: [],
  prompts: [],
  gateFiles: null,
  sessions: [],
  endedSessions: [],
  recorded: [],
  unspoken: [],
  processes: [],
  scheduled: [],
  heard: [],
  questionPut: null,
  unclear: null,
  deeds: [],
  asked: [],
  told: [],
  suites: {},
  run: null,
}

/** The run a cycle is working on; null when none is. */
export const openRun = ({ run }: State): OpenRun | null => (run?.status === 'on' ? run : null)

/** The tree that the last completed review covered; null before the first. */
export const reviewedTree = ({ reviews }: Run): string | null => reviews.trees.at(-1) ?? null

/** The settled tree where it was countersigned, else null. */
export const signedTree = ({ run, settled }: State): string | null =>
  settled && run?.stage === 'countersigned' && run.tree === settled.tree ? settled.tree : null

/** Whether a change that went away, on another branch or into a stash, is there again. */
export const isBack = ({ run }: State, tree: string): boolean =>
  run?.status === 'away' && [run.tree, run.left?.tree].includes(tree)

/** Findings that a debate or a choice is about. */
export const debated = (run: Run): DebatedFinding[] => run.findings.filter(finding => finding.inScope)

export const findingsWith = (run: Run, ...outcomes: Outcome[]): DebatedFinding[] =>
  debated(run).filter(finding => outcomes.includes(finding.outcome))

/** What is still being debated. */
export const openFindings = (run: Run): DebatedFinding[] =>
  findingsWith(run, 'open').filter(({ fate }) => fate !== 'resolved')
