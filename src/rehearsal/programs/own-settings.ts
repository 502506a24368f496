// What of a user's Claude Code settings a rehearsal takes over: everything but what decides which model is asked, where,
// and with whose key.

type Json = Record<string, unknown>

/** Variables that lead to a model, or hold a key to one. */
export const reaching = /^(ANTHROPIC_|CLAUDE|OPENAI_|CODEX_|AI_AGENT$|AWS_BEARER_TOKEN|OTEL_|COUNTERSIGN)/

const dropped = [
  'apiKeyHelper',
  'availableModels',
  'awsAuthRefresh',
  'awsCredentialExport',
  'enabledPlugins',
  'extraKnownMarketplaces',
  'forceLoginMethod',
  'forceLoginOrgUUID',
  'gcpAuthRefresh',
  'model',
  'otelHeadersHelper',
]

/**
 * The text of a settings file without what would reach a model of the user's own.
 * @returns The same text when there is nothing of the kind in it, or when Claude Code ignores the file anyway.
 */
export function withoutModels(text: string): { text: string; dropped: string[] } {
  const settings = parsed(text)
  if (!settings) return { text, dropped: [] }
  const env = object(settings.env) ?? {}
  const variables = Object.keys(env).filter(name => reaching.test(name) && !harmless.test(name))
  const keys = dropped.filter(key => key in settings)
  if (variables.length + keys.length === 0) return { text, dropped: [] }
  const kept = Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)))
  if (settings.env !== undefined)
    kept.env = Object.fromEntries(Object.entries(env).filter(([name]) => !variables.includes(name)))
  return { text: `${JSON.stringify(kept, null, 2)}\n`, dropped: [...keys, ...variables.map(name => `env.${name}`)] }
}

/** What belongs to the setup that is being rehearsed. */
const harmless = /^(COUNTERSIGN|CLAUDE_CODE_(STOP_HOOK_BLOCK_CAP|ENABLE_TODO_TOOLS))/

function parsed(text: string): Json | null {
  try {
    return object(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return null
  }
}

const object = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
