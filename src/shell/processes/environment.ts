const dropped = /^(ANTHROPIC_|CLAUDE|COUNTERSIGN|AI_AGENT$)/

/**
 * The environment for a program that is not Claude: without its keys, its messaging socket and the signs that make tools
 * believe they run inside it. Everything else is the user's and stays.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.test(name)))
}

/** What Claude Code itself sets for its hooks, by name, and what is Countersign's own. */
const setByClaudeCode = [
  'CLAUDECODE',
  'CLAUDE_PID',
  'CLAUDE_EFFORT',
  'CLAUDE_ENV_FILE',
  'CLAUDE_PROJECT_DIR',
  'CLAUDE_PLUGIN_ROOT',
  'CLAUDE_PLUGIN_DATA',
  'CLAUDE_CODE_ENTRYPOINT',
  'CLAUDE_CODE_SESSION_ID',
  'CLAUDE_CODE_CHILD_SESSION',
  'CLAUDE_CODE_SESSION_ATTENDED',
  'CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS',
  'CLAUDE_CODE_MESSAGING_SOCKET',
  'CLAUDE_CODE_MESSAGING_TOKEN',
  'CLAUDE_CODE_SSE_PORT',
  'AI_AGENT',
]

/**
 * The environment of the shell that Claude Code was started in, for the user's own tests: what is green there is green here.
 * A key for a model, or a wish for colours, stays as the user has set it.
 */
export const usersEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !setByClaudeCode.includes(name) && !name.startsWith('COUNTERSIGN')),
  )
