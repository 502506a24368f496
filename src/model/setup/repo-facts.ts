/** What a look at a repository may see: names and texts, no disk. Testable with an object literal. */
export type RepoView = {
  /** Name of the root directory. */
  name: string
  /** As `process.platform` spells it: what Python is called depends on it. */
  platform: string
  /** Tracked and untracked-not-ignored files, relative to the root, forward slashes, sorted. */
  files: string[]
  /** Text of one of them; undefined when it is not a readable text file of sensible size. */
  read(path: string): string | undefined
}

/** A suite as it goes into the configuration, before defaults. */
export type SuiteFact = {
  name: string
  /** Run with a shell from the repository root. */
  command: string
  /** How to run one test; for people and models, never run by Countersign. */
  single?: string
  /** Globs of the files that concern it; absent: any change does. */
  paths?: string[]
}

/** Why a command was chosen as a suite. */
export type SuiteEvidence = {
  /** The end of a sentence that begins with the command. */
  why: string
  /** Whether nobody names it, so that the user had better look. */
  guessed: boolean
}

/** A command that a script, Makefile or config file of the repository really defines; `does` is code, or empty. */
export type CommandFact = { command: string; does: string }

/** What one ecosystem's files prove about one directory of the repository. */
export type EcosystemFacts = {
  language: string
  packageManager: string | null
  /** The package's own words about itself. */
  description: string | null
  suites: SuiteFact[]
  commands: CommandFact[]
  /** Sentences, each proved by a file it names. */
  conventions: string[]
  /** Where execution starts: files or commands, with what they are. */
  entries: string[]
  /** Globs of generated files that may be untracked and not git-ignored. */
  ignore: string[]
  /** What could not be told from the files, as sentences for the user. */
  unsure: string[]
}

/** Everything `init` knows about a repository. */
export type RepoFacts = Omit<EcosystemFacts, 'language' | 'packageManager' | 'description'> & {
  name: string
  purpose: string | null
  languages: string[]
  packageManagers: string[]
  /** Those of them that come with their language, so that nobody has to be told of them. */
  bundledManagers: string[]
  /** By the name of the suite. */
  evidence: Record<string, SuiteEvidence>
  layout: { path: string; holds: string }[]
  /** Whether the root has an AGENTS.md, which a CLAUDE.md hides from Claude unless it imports it. */
  agentsFile: boolean
}
