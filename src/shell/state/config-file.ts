import { isMap, LineCounter, parseDocument } from 'yaml'
import type { core } from 'zod/mini'
import { Config } from '../../model/config.ts'
import type { FileProblem } from '../../model/file-problem.ts'
import { configPath } from '../../model/paths.ts'
import { inEnglish } from '../../model/zod-messages.ts'
import { cacheConfig, cachedConfig, largestConfig } from './cached-config.ts'
import { textInForce } from './config-in-force.ts'

export type LoadedConfig = { config: Config } | { problems: FileProblem[] }

/** Loads the configuration that holds, with defaults filled in; without a file, the defaults. All problems at once. */
export function loadConfig(root: string, stateDir: string): LoadedConfig {
  const text = textInForce(root, stateDir)
  const loaded = readConfig(text ?? 'version: 1')
  if (!('config' in loaded)) return loaded
  // Resolved anew each time: what has been edited into the cache since must not be believed.
  if (JSON.stringify(cachedConfig(stateDir, text)) !== JSON.stringify(loaded.config))
    cacheConfig(stateDir, text, loaded.config)
  return loaded
}

/** Resolves a configuration's text. More than `largestConfig` bytes of it are a problem: the rest was not read. */
export function readConfig(text: string): LoadedConfig {
  if (Buffer.byteLength(text) > largestConfig) return whole(`is larger than ${largestConfig / 1024} kB`)
  try {
    return resolve(text)
  } catch (error) {
    // Nesting without end, or aliases that would unfold to gigabytes.
    return whole(error instanceof Error ? error.message.split('\n')[0]! : String(error))
  }
}

const whole = (problem: string): LoadedConfig => ({ problems: [{ file: configPath, line: 1, column: 1, problem }] })

function resolve(text: string): LoadedConfig {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const at = (offset: number, problem: string): FileProblem => {
    const { line, col } = lines.linePos(offset)
    return { file: configPath, line: Math.max(1, line), column: Math.max(1, col), problem }
  }
  if (document.errors.length > 0)
    return { problems: document.errors.map(error => at(error.pos[0], error.message.split('\n')[0]!)) }
  const result = Config.safeParse(document.toJS({ maxAliasCount: 20 }), inEnglish)
  if (result.success) return { config: result.data }
  return { problems: result.error.issues.map(issue => at(offsetOf(document, issue), sentence(issue))) }
}

/** Where the value an issue speaks of begins; for an unknown key, the key itself. */
function offsetOf(document: ReturnType<typeof parseDocument>, issue: core.$ZodIssue): number {
  for (let depth = issue.path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(issue.path.slice(0, depth), true)
    if (!node || typeof node !== 'object' || !('range' in node)) continue
    const wanted = issue.code === 'unrecognized_keys' && isMap(node) ? issue.keys[0] : undefined
    const pair = wanted !== undefined && isMap(node) ? node.items.find(item => String(item.key) === wanted) : undefined
    const key = pair?.key as { range?: [number, number, number] } | undefined
    return key?.range?.[0] ?? (node.range as [number, number, number] | undefined)?.[0] ?? 0
  }
  return 0
}

function sentence(issue: core.$ZodIssue): string {
  const where = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') return `${where ? `${where}: ` : ''}unknown key “${issue.keys.join('”, “')}”`
  return `${where || 'the file'}: ${issue.message}`
}
