import { realpathSync } from 'node:fs'
import type { TerminalStyles } from '../../core/text/terminal-styles.ts'
import { quoted } from '../../errors/quoted.ts'
import { paint } from '../../shell/terminal.ts'

/** Writes a result to stdout: one JSON document, or text. */
export function print(result: unknown): void {
  process.stdout.write(typeof result === 'string' ? `${result}\n` : `${JSON.stringify(result)}\n`)
}

/** `git` as it has to be called for paths from that root, wherever the user stands. */
export const gitAt = (root: string): string =>
  realpathSync.native(process.cwd()) === root ? 'git' : `git -C ${quoted(root)}`

/** Colours and the terminal's width, up to what reads well, on a terminal; neither elsewhere. */
export const ink: TerminalStyles = {
  bold: text => paint('bold', text),
  dim: text => paint('dim', text),
  red: text => paint('red', text),
  yellow: text => paint('yellow', text),
  green: text => paint('green', text),
  cyan: text => paint('cyan', text),
  columns: process.stdout.isTTY ? Math.min(process.stdout.columns || 80, 100) : Number.POSITIVE_INFINITY,
}
