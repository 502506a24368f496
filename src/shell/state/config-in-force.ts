import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configText } from './cached-config.ts'

// A change must not write the rules that it is tested and reviewed by. What the configuration says holds from the user's next
// prompt on; until then it is the one of their last.

const fileOf = (stateDir: string): string => join(stateDir, 'config-in-force.json')

/** The text that holds, null where it is that there is no file: the live one as long as none is remembered. */
export function textInForce(root: string, stateDir: string): string | null {
  const held = heldText(stateDir)
  return held === undefined ? configText(root) : held
}

/** What was held at the user's last prompt; undefined where nothing is remembered. */
export function heldText(stateDir: string): string | null | undefined {
  try {
    // Not looked for first: this is asked at every stop.
    return JSON.parse(readFileSync(fileOf(stateDir), 'utf8')).text
  } catch {
    return undefined
  }
}

/** The user has spoken: this text holds from now on. */
export function letHold(stateDir: string, text: string | null): void {
  if (heldText(stateDir) === text) return
  mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  const draft = `${fileOf(stateDir)}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ text }), { mode: 0o600 })
  renameSync(draft, fileOf(stateDir))
}
