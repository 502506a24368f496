// Where everything of Countersign's lies in a repository, from the directory that is set up, forward slashes.

export const settingsPath = '.claude/settings.json'
/** One user's own settings, which git ignores as a rule. */
export const localSettingsPath = '.claude/settings.local.json'
export const configPath = '.claude/countersign.yaml'
/** The first file of the hook, which settings.json calls. */
export const hookPath = '.claude/hooks/countersign.cjs'
/** The second, which the first loads when there is work to do. */
export const fullHookPath = '.claude/hooks/countersign-full.cjs'
/** Both, as a pattern for git. */
export const hookPattern = '.claude/hooks/countersign*.cjs'

/** Committed records. What is remembered in git's own directory is another one: `stateDir` of a `Scope`. */
export const recordsDir = '.claude/countersign'
export const manifestPath = `${recordsDir}/manifest.json`
export const configSchemaPath = `${recordsDir}/config.schema.json`
export const decisionsPath = `${recordsDir}/decisions.jsonl`
export const baseDir = `${recordsDir}/base`
export const conflictsDir = `${recordsDir}/conflicts`

/** Claude Code's own checkouts of the repository. */
export const worktreesDir = '.claude/worktrees'
export const attributesPath = '.gitattributes'

/** Both places of the project's rules for Claude Code, and the one other agents read. */
export const claudeMdPath = 'CLAUDE.md'
export const otherClaudeMdPath = '.claude/CLAUDE.md'
