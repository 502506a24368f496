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

/** `a, b, c and 40 more`. */
export function andMore(names: string[], most = 5): string {
  const rest = names.length - most
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

/** The same of paths, each as it can be shown. */
export const someOf = (paths: string[], most?: number): string => andMore(paths.map(shownPath), most)
