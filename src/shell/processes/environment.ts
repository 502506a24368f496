const dropped = /^(ANTHROPIC_|CLAUDE|COUNTERSIGN|AI_AGENT$)/

/**
 * The environment for a program that is not Claude: without its keys, its messaging socket and the signs that make tools
 * believe they run inside it. Everything else is the user's and stays.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.test(name)))
}
