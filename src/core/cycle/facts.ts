import type { Config } from '../../model/config.ts'
import type { FindingPosition, SaidPosition } from '../../model/finding.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import type { Run } from '../ledger/state.ts'

/** A process above the hook. `startedAt`: milliseconds since the epoch; null where the system does not say. */
export type Ancestor = { pid: number; startedAt: number | null }

/** What can be seen of who fired a hook, each looked up when it is read. */
export type Surroundings = {
  /** The environment, of the hook or of its Claude Code, is the one that an agent's tools give to what they start. */
  agent: boolean
  /** Process id that Claude Code gives as its own; null when it gives none. */
  claude: number | null
  parent: number
  /** Whether the event came in the way Claude Code hands one over. */
  handedOver: boolean
  /** Nearest first, from the Claude Code that fired the hook on; null where the system does not tell. */
  ancestors: Ancestor[] | null
}

/**
 * What the world looks like when a step is decided; looked up by the hook, so that deciding stays pure. What is costly to
 * know is looked up when it is first read.
 */
export type Facts = {
  /** Git tree id of the working tree now. */
  tree: string
  /** Commit id of HEAD; null before the first commit. */
  head: string | null
  /** HEAD where the tree is the settled one and no work is left; undefined where it is not, or cannot be told. */
  settledHead: string | null | undefined
  /** Whether the working tree holds what git can add nothing of, such as a repository without a commit. */
  partial: boolean
  /** Repositories inside the working tree, and those of them that differ from when it was last settled. */
  nested: Nested
  /** Files of the working tree that a rule added since the run's base keeps from git. */
  hidden: string[]
  /** Files of which something else than the tree holds lies elsewhere, by the place; see `besidePlaces`. */
  beside: Beside
  session: string
  /** Process id of the Claude Code that fired the hook; null when it does not say, or is not there where it says. */
  pid: number | null
  /** Whether the Claude Code that owns the run is still running. */
  ownerAlive: boolean
  /** Whether its session is in the middle of a turn, as far as the hook has seen: a prompt since its last stop. */
  ownerBusy: boolean
  /** Whether the Claude Code of another session here is running. */
  anotherRuns: boolean
  /** Whether another session here is running, or in the middle of a turn. */
  besideAnother: boolean
  /** Whether this session is in the middle of a turn. */
  inTurn: boolean
  /** What switches the gate off in the settings as they are now, and as they were when last looked at; see settings-off.ts. */
  settingsOff: { now: string[]; before: string[] }
  /** Hooks of others that can answer a question in the user's place; see settings-off.ts. */
  answerers: string[]
  /** Hooks of others that can say the first words of a session. */
  openers: string[]
  /** The directory that is set up, from the root of the working tree; empty: that root. */
  home: string
  /** The working tree that Claude is in, where that is another one than the gate looks at; cleaned for showing. */
  otherTree: string | null
  /** Claude's last message. */
  message: string
  /** Claude's positions with what their quotes show in the frozen tree; see core/review/evidence.ts. */
  withEvidence: (run: Run, said: SaidPosition[]) => FindingPosition[]
  config: Config
  /** ISO time. */
  now: string
  /** Whether the codex program can be found. */
  codexFound: boolean
  /** Whether Codex has failed in this very event already, so that it is not tried twice in one breath. */
  codexFailed: boolean
  /** How often the tests have run in this very event. */
  testRuns: number
  /** An id for a run that may start now. */
  newRunId: string
  /** Unguessable, so that no foreign text in what Claude is told can end the fence around it. */
  mark: string
  /** The file that a tool is about to edit, from the root, forward slashes, links followed; null when there is none. */
  editedFile: string | null
  /** What can be seen of who fired this event. */
  surroundings: Surroundings
  /** Prompts that stand in the files from which Claude Code sends some by itself. */
  scheduledInFiles: string[]
  /** Directory that long texts are written to, for Claude to read. */
  reportsDir: string
}

export type Beside = Record<string, string[]>

export type Nested = { states: Record<string, string>; changed: string[] }

type CourseFacts = Pick<Facts, 'message' | 'codexFailed' | 'testRuns'>

/**
 * What the course of one event adds to its facts: a message that has been taken as an answer is not taken twice, and a
 * reviewer that has failed is not tried again in the same breath.
 */
export const inTheCourseOf = (done: readonly Happening[], message: string): CourseFacts => ({
  message: done.some(({ kind }) => kind === 'answered' || kind === 'self-reviewed') ? '' : message,
  codexFailed: done.some(({ kind }) => kind === 'could-not-review'),
  testRuns: done.filter(({ kind }) => kind === 'tests-ran').length,
})

/** A suite that changes the tree it tests would otherwise be run without end: every run makes a tree untested as yet. */
export const mostTestRuns = 3

/** Where texts for Claude put what is long, and how they fence what others have said. */
export const placeOf = ({ reportsDir, mark }: Facts): { dir: string; mark: string } => ({ dir: reportsDir, mark })
