/** How a report sets words off, and the columns it may fill; the plain one changes nothing and never wraps. */
export type TerminalStyles = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string> & {
  columns: number
}
const same = (text: string) => text
const wide = Number.POSITIVE_INFINITY
export const plain: TerminalStyles = {
  bold: same,
  dim: same,
  red: same,
  yellow: same,
  green: same,
  cyan: same,
  columns: wide,
}
