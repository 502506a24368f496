import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../model/config.ts'
import { configPath } from '../../model/paths.ts'
import { readBounded, readWhole } from '../files/bounded-file.ts'

/** Bytes. Nobody writes more by hand, and the file comes with the repository. */
export const largestConfig = 256 * 1024

/** The configuration's text, null where there is no file. */
export function configText(root: string): string | null {
  return readBounded(join(root, configPath), largestConfig + 1)
}

/**
 * Returns the configuration that this very text was last resolved to, or null. Parsing YAML takes longer than all else
 * that a stop without changes needs.
 */
export function cachedConfig(stateDir: string, text: string | null): Config | null {
  const cache = readWhole(join(stateDir, 'config.json'))
  if (cache === null) return null
  try {
    const known = JSON.parse(cache)
    const isOf = known.version === COUNTERSIGN_VERSION && known.text === text
    return isOf && globsStandIn(text ?? '', known.config.ignore) ? known.config : null
  } catch {
    return null
  }
}

/**
 * Whether each glob stands under `ignore` in the text, word for word: whoever edits the cache must not be able to hide a
 * file by it. Where the text says it in another way, the full answer resolves it.
 */
function globsStandIn(text: string, globs: string[]): boolean {
  if (globs.length === 0) return true
  const [, block = ''] = /^ignore:(.*(?:\n(?:[ \t#-].*)?)*)/m.exec(text) ?? []
  const words = new Set(block.replace(/(^|\s)#.*/gm, '').split(/[\s,'"[\]]+/))
  return globs.every(glob => words.has(glob))
}

export function cacheConfig(stateDir: string, text: string | null, config: Config): void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const cache = JSON.stringify({ version: COUNTERSIGN_VERSION, text, config })
  writeFileSync(join(stateDir, 'config.json'), cache, { mode: 0o600 })
}
