/** A setting as `codex -c` takes it: `key=value`, the value in TOML. Codex passes over keys that it does not know. */
export type Setting = string

/** Text as a TOML string; JSON's notation is one. */
export const toml = (text: string): string => JSON.stringify(text)

const table = (entries: string[]): string => `{${entries.join(',')}}`

/**
 * What keeps a call apart from the tree it reviews and from the user's own tools. Without any one of these Codex is not
 * asked at all.
 *
 * Inline tables, because a dotted key can hold neither a path nor a name with a dot in it; Codex merges them into what the
 * configuration has. The model's instructions come from Codex and the user's global AGENTS.md alone.
 *
 * @param trees Working trees that the user may have trusted, in every spelling. Trust is what makes Codex read their
 *   `.codex/`, with its model, instructions and MCP servers.
 * @param servers Names of the configured MCP servers, which run outside the sandbox. A name that is not configured is an
 *   error to Codex.
 */
export const isolation = (trees: string[], servers: string[]): Setting[] => [
  `projects=${table([...new Set(trees)].map(tree => `${toml(tree)}={trust_level="untrusted"}`))}`,
  'project_doc_max_bytes=0',
  'developer_instructions=""',
  'skills.include_instructions=false',
  ...(servers.length > 0 ? [`mcp_servers=${table(servers.map(name => `${toml(name)}={enabled=false}`))}`] : []),
  'notify=[]',
  // Else a configuration can have another model approve commands that ask to run outside the sandbox.
  'approval_policy="never"',
  'approvals_reviewer="user"',
  'web_search="disabled"',
  ...['hooks', 'plugins', 'apps'].map(off),
  `shell_environment_policy=${environmentPolicy}`,
  // A login shell would read the start files of the user's shell, with the keys exported there.
  'allow_login_shell=false',
]

/** What a review has no use for, and what would make it hang or cost more; a version without one of these is asked too. */
export const conveniences: Setting[] = [
  // By default it retries for ever when there is no network.
  ...['unbounded_connection_retries', 'goals', 'multi_agent', 'memories', 'image_generation', 'tool_suggest'].map(off),
  ...['skill_mcp_dependency_install', 'browser_use', 'computer_use', 'shell_snapshot'].map(off),
]

/** Not `--disable NAME`, which is an error to a version that does not know the name. */
function off(feature: string): Setting {
  return `features.${feature}=false`
}

/** Variables that the commands Codex runs may see. Codex itself keeps its whole environment: proxies, CA files, keys. */
const seen = [
  ...['PATH', 'HOME', 'USER', 'USERNAME', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'LC_*', 'TZ', 'TERM'],
  ...['TMPDIR', 'TMP', 'TEMP', 'SHLVL', 'ZDOTDIR'],
  // Without these nothing starts on Windows.
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA'],
  ...['LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES*', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_*', 'OS'],
]

// Bash takes a first shell that reads from a socket for one of rshd and reads ~/.bashrc; zsh reads ~/.zshenv always.
const environmentPolicy = table([
  ...['inherit="core"', 'ignore_default_excludes=false', 'experimental_use_profile=false'],
  'set={SHLVL="2",ZDOTDIR="/dev/null"}',
  `include_only=[${seen.map(toml).join(',')}]`,
])
