import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Codex keeps its configuration, its login and its sessions: an absolute path. */
export const codexHome = (): string => process.env.CODEX_HOME || join(homedir(), '.codex')

/** The user's own Codex configuration; empty where there is none. */
export function codexConfig(): string {
  try {
    return readFileSync(join(codexHome(), 'config.toml'), 'utf8')
  } catch {
    return ''
  }
}
