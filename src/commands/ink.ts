import type { Ink } from '../core/report/text.ts'
import { paint } from '../shell/terminal.ts'

/** Colours on a terminal, nothing elsewhere. */
export const ink: Ink = {
  bold: text => paint('bold', text),
  dim: text => paint('dim', text),
  red: text => paint('red', text),
  yellow: text => paint('yellow', text),
  green: text => paint('green', text),
  cyan: text => paint('cyan', text),
}
