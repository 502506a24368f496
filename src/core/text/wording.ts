import { shownPath } from './plain-text.ts'

/** `4 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : whole} s`
  const rest = whole % 60
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`
}

/** `3 findings`, `1 finding`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** `src/mean.js:3`, or the file alone. */
export const fileAndLine = ({ file, lineStart }: { file: string; lineStart: number | null }): string =>
  lineStart === null ? shownPath(file) : `${shownPath(file)}:${lineStart}`

/** `a.js, b.js, c.js and 40 more`. */
export function someOf(paths: string[], most = 5): string {
  const rest = paths.length - most
  return `${paths.slice(0, most).map(shownPath).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
