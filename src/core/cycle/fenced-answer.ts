const longestFence = 200

/**
 * Returns the lines of the last fenced block with the info string `countersign`, or null when there is none. A fence
 * that is never closed runs to the end: the model forgot it, the answer is there.
 */
export function fencedAnswer(message: string): string[] | null {
  let found: string[] | null = null
  let open: { fence: string; lines: string[] } | null = null
  for (const line of message.split(/\r?\n/)) {
    // A fence is a short line; matching only its beginning keeps a line of a million spaces cheap.
    const fence = line.slice(0, longestFence).match(/^\s{0,3}(?:[-*•]\s+)?(`{3,}|~{3,})\s*(.*?)\s*$/)
    if (open) {
      if (fence?.[2] === '' && fence[1]!.startsWith(open.fence)) {
        found = open.lines
        open = null
      } else open.lines.push(line)
    } else if (fence && /^countersign\b/i.test(fence[2]!)) open = { fence: fence[1]!, lines: [] }
  }
  return open ? open.lines : found
}

/** A line without list bullets, bold and stray spaces, which nobody should have to get right. */
export const bare = (line: string): string =>
  line
    .replace(/^\s*(?:[-*•]|\d+[.)])\s/, '')
    .replaceAll('**', '')
    .trim()
