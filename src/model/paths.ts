// Where everything of Countersign's lies in a repository, from the directory that is set up, forward slashes.

/** Everything of Claude Code's in a project. */
export const claudeDir = '.claude'
export const settingsPath = `${claudeDir}/settings.json`
/** One user's own settings, which git ignores as a rule. */
export const localSettingsPath = `${claudeDir}/settings.local.json`
export const configPath = `${claudeDir}/countersign.yaml`
export const hooksDir = `${claudeDir}/hooks`
/** The first file of the hook, which settings.json calls. */
export const hookPath = `${hooksDir}/countersign.cjs`
/** The second, which the first loads when there is work to do. */
export const fullHookPath = `${hooksDir}/countersign-full.cjs`
/** Both, as a pattern for git. */
export const hookPattern = `${hooksDir}/countersign*.cjs`

/** Committed records. What is remembered in git's own directory is another one: `stateDir` of a `Scope`. */
export const recordsDir = `${claudeDir}/countersign`
export const manifestPath = `${recordsDir}/manifest.json`
export const configSchemaPath = `${recordsDir}/config.schema.json`
export const decisionsPath = `${recordsDir}/decisions.jsonl`
export const baseDir = `${recordsDir}/base`
export const conflictsDir = `${recordsDir}/conflicts`

/** Names in `stateDir`: what happened, who works on an event, and what a command is about to do to the setup. */
export const ledgerName = 'ledger.jsonl'
export const lockName = 'lock'
export const journalName = 'setup-journal.json'
/** In git's directory, beside the state: files of the gate that were not as written, and have been replaced or removed. */
export const replacedName = 'countersign-replaced'

/** Claude Code's own checkouts of the repository. */
export const worktreesDir = `${claudeDir}/worktrees`
export const attributesPath = '.gitattributes'

/** Both places of the project's rules for Claude Code, and the one other agents read. */
export const claudeMdPath = 'CLAUDE.md'
export const otherClaudeMdPath = `${claudeDir}/CLAUDE.md`
