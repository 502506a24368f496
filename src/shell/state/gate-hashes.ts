import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { GateFiles } from '../../model/ledger/fields.ts'
import { readBounded } from '../files/bounded-file.ts'

const mostBytes = 16 * 1024 * 1024

/** What each of these files holds, as a hash; null where there is none. Of settings, only what concerns hooks. */
export function gateHashes(root: string, files: readonly string[]): GateFiles {
  return Object.fromEntries(files.map(file => [file, hashOf(file, readBounded(join(root, file), mostBytes))]))
}

function hashOf(file: string, text: string | null): string | null {
  if (text === null) return null
  const counted = /settings(\.local)?\.json$/.test(file) ? hooksIn(text) : text
  return counted === null ? null : createHash('sha256').update(counted).digest('hex').slice(0, 16)
}

/** Null where the settings say nothing of hooks, which is as good as no file. */
function hooksIn(text: string): string | null {
  try {
    const { hooks, disableAllHooks, env } = JSON.parse(text)
    const said = [hooks, disableAllHooks, env].map(part => part ?? null)
    return said.every(part => part === null) ? null : JSON.stringify(said)
  } catch {
    return text
  }
}
