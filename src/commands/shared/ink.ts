import type { TerminalStyles } from '../../core/text/terminal-styles.ts'
import { paint } from '../../shell/terminal.ts'

/** Colours and the terminal's width, up to what reads well, on a terminal; neither elsewhere. */
export const ink: TerminalStyles = {
  bold: text => paint('bold', text),
  dim: text => paint('dim', text),
  red: text => paint('red', text),
  yellow: text => paint('yellow', text),
  green: text => paint('green', text),
  cyan: text => paint('cyan', text),
  columns: columns(),
}

/** COLUMNS, where it is set, is what the user wants, in a pipe as well. */
function columns(): number {
  const asked = /^[1-9]\d*$/.exec(process.env.COLUMNS ?? '')
  if (asked) return Math.max(20, Number(asked[0]))
  return process.stdout.isTTY ? Math.min(process.stdout.columns || 80, 100) : Number.POSITIVE_INFINITY
}
