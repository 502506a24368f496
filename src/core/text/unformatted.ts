import { bare } from './line-ends.ts'

/**
 * What a Markdown or YAML text says, without what a formatter decides: white space and line breaks, which quotes, which
 * marks for emphasis and lists, how wide a table is. Two texts that come out alike differ in formatting alone.
 */
export const unformatted = (text: string): string =>
  bare(text)
    .replace(/^(\s*)[*+](?=\s)/gm, '$1-')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replaceAll("'", '"')
    .replaceAll('_', '*')
    .replace(/-{2,}/g, '-')
    .replace(/\s+/g, '')

/**
 * A text of the user's with the lines that differ from an original's in formatting alone as the original has them, so that
 * a merge sees only what was really changed.
 */
export function formattedLike(text: string, original: string): string {
  const [lines, models] = [text.split('\n'), original.split('\n')]
  const byMeaning = new Map<string, string | null>()
  // A line that means the same as another one is no sign of which it is.
  for (const line of models) byMeaning.set(unformatted(line), byMeaning.has(unformatted(line)) ? null : line)
  return lines.map(line => (unformatted(line) === '' ? line : (byMeaning.get(unformatted(line)) ?? line))).join('\n')
}
