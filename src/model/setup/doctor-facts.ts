import type { Config } from '../config.ts'
import type { FileProblem } from '../file-problem.ts'
import type { ProbeAnswer } from '../probe.ts'

// What `doctor` has looked up; core/doctor judges it.

/** Settings files from the strongest to the weakest; last what plugins bring along, which is hooks and no settings. */
export const layers = ['managed', 'local', 'project', 'user', 'plugin'] as const
export type Layer = (typeof layers)[number]

/** One settings file that exists. */
export type LayerText = {
  layer: Layer
  /** As the user would type it. */
  path: string
  text: string
}

/** A program on PATH. `version` is null when it could not be made to say it. */
export type ProgramFacts = { file: string; version: string | null }

/** How a program gets at its model: a key in the environment, a provider of the user's own, its own login, or not. */
export type Login = 'key' | 'provider' | 'login' | 'none' | 'unknown'

/** A hook command of Countersign as some settings file has it. */
export type RegisteredHook = {
  layer: Layer
  path: string
  event: string
  matcher: string | null
  command: string
  /** Null: the command is a line for the shell. */
  args: string[] | null
  /** Seconds; null: Claude Code's own default. */
  timeout: number | null
  /** Keys of the handler that keep it from doing its work, such as `if` or `async`. */
  hinderedBy: string[]
}

/** What came of running one hook command from one directory. */
export type Firing = {
  event: string
  /** From the root; `.` is the root itself. */
  from: string
  seconds: number
  /** Null when it did not answer; `problem` then says what it did instead. */
  answer: ProbeAnswer | null
  problem: string | null
}

export type OwnedFile = {
  path: string
  /** Null when it can be neither read nor compared, with the reason in `problem`. */
  state: 'as written' | 'edited' | 'missing' | null
  problem: string | null
  /** Whether this version of Countersign, or the base kept in the repository, still has the bytes that were written. */
  restorable: boolean
  /** The stored original that an upgrade needs to merge. Lost: missing or damaged; restorable: but available elsewhere. */
  original: 'kept' | 'lost' | 'restorable'
}

/**
 * A manifest that is there and cannot be read; `newer` is the version that wrote it, where this one is too old for it,
 * `unmerged` says that git marked conflicts in it.
 */
export type UnreadManifest = { problem: string; newer: string | null; leadsOutside: boolean; unmerged: boolean }

export type ConfigFacts = { is: 'missing' | 'valid'; config: Config } | { is: 'invalid'; problems: FileProblem[] }

export type DoctorFacts = {
  /** This version of Countersign. */
  version: string
  /** Where `doctor` was started, and the root of the working tree; both absolute. */
  cwd: string
  root: string
  /** Whether COUNTERSIGN=0 or the like is in the environment `doctor` was started with. */
  offInEnvironment: boolean
  claude: (ProgramFacts & { login: Login }) | null
  /** `missingKey` names a variable that the user's own provider needs and does not have. */
  codex: (ProgramFacts & { login: Login; missingKey: string | null; openaiKey: boolean }) | null
  /** As the hook will find it, and so is `codex`. */
  node: ProgramFacts | null
  /** Programs that are on the user's PATH and not on the one that a settings file gives the hooks; `file` is there. */
  hidden: { name: 'codex' | 'node'; file: string; by: string }[]
  layers: LayerText[]
  firings: Firing[]
  /** Null: no manifest, so not set up here. */
  manifest: { version: string; files: OwnedFile[] } | UnreadManifest | null
  gitIgnoresSetup: boolean
  /** Managed files that git ignores, though not settings.json, and the lines that end that, by ignore file. */
  ignoredFiles: { paths: string[]; lines: { file: string; line: string }[] }
  config: ConfigFacts
  /** Programs that the test commands begin with and that are not to be found. */
  missingTestPrograms: { suite: string; program: string }[]
  /** Paths of files that an upgrade left in conflict. */
  conflicts: string[]
  lock: { pid: number; alive: boolean } | null
  /** What a command that changes the setup has left undone; `alive`: it is still running. */
  journal: { command: string; alive: boolean } | null
  ledger: { torn: number; paused: boolean; lastFired: string | null; writable: boolean }
}
