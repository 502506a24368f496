/** One place of a text that was changed: what stood there, and what stands there since. */
export type Swap = { was: string; now: string }

/** The smallest swap that leads from one text to another. */
export function swapBetween(before: string, after: string): Swap {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { was: before.slice(start, before.length - end), now: after.slice(start, after.length - end) }
}

/** Takes a swap back. Null where it does not stand there once, in whatever line ends; then somebody has changed it. */
export function takeBack(text: string, { was, now }: Swap): string | null {
  const lf = (part: string) => part.replaceAll('\r\n', '\n')
  const crlf = (part: string) => lf(part).replaceAll('\n', '\r\n')
  for (const ends of [(part: string) => part, lf, crlf]) {
    const parts = text.split(ends(now))
    if (parts.length === 2) return parts.join(ends(was))
  }
  return null
}
