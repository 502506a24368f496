const longestFence = 200

type Fence = { sign: string; info: string }

/**
 * Returns the lines of the last block with the info string `countersign`, or null when there is none. A block that is never
 * closed counts where none is: the model forgot the end, the answer is there. A block inside a longer fence is an example.
 */
export function fencedAnswer(message: string): string[] | null {
  let closed: string[] | null = null
  let open: { sign: string; lines: string[] | null } | null = null
  for (const line of message.split(/\r\n?|\n/)) {
    const fence = fenceIn(line)
    if (open && fence?.info === '' && fence.sign.startsWith(open.sign)) {
      closed = open.lines ?? closed
      open = null
    } else if (fence && isAnswer(fence) && (!open || forgotten(open, fence))) open = { sign: fence.sign, lines: [] }
    else if (open) open.lines?.push(line)
    else if (fence) open = { sign: fence.sign, lines: null }
  }
  return closed ?? open?.lines ?? null
}

/** A fence is a short line, indented or not, in a list or a quotation; matching only its beginning keeps a long line cheap. */
function fenceIn(line: string): Fence | null {
  const found = /^(?:\s|>)*(?:(?:[-*•+]|\d{1,3}[.)])\s+)?(`{3,}|~{3,})([^`]*)$/.exec(line.slice(0, longestFence))
  return found && { sign: found[1]!, info: found[2]!.trim() }
}

const isAnswer = ({ info }: Fence): boolean => /^countersign(?![\w-])/i.test(info)

/** Whether the block before was left open: another one of its kind does not begin inside of it. */
const forgotten = (open: { sign: string }, { sign }: Fence): boolean => sign.startsWith(open.sign)

/** A line without what decorates its beginning, which nobody should have to get right: quotation, heading, bullet, number. */
export const bare = (line: string): string =>
  line.replace(/^[\s>]*(?:#{1,6}\s+)?(?:(?:[-*•+]|\d{1,3}[.)])\s)?/, '').trim()

/** The same line with each sign in its plain form, and as long as before, so that a place in one is that in the other. */
export const plainSigns = (line: string): string =>
  line
    .replace(/[\uff01-\uff5e]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[、﹐]/g, ',')
    .replace(/[﹕꞉∶]/g, ':')
    .replace(/[‐‑−]/g, '-')
    .replace(/[‒–―─]/g, '—')
    .replace(/[\s\u3000\u200b-\u200f\u2060\ufeff]/g, ' ')

/** And without bold, italics and quotation marks: blanks stand in their place. */
export const undecorated = (line: string): string => plainSigns(line).replace(/[*_`"'“”„«»]/g, ' ')
