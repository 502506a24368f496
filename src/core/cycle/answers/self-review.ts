import { shortened } from './answer-line.ts'
import { bare, fencedAnswer, undecorated } from './fenced-answer.ts'

type SelfReview = { ready: boolean; text: string }

/** Characters; patterns are run on foreign text. */
const longestLine = 10_000
const forms = '`self-review: ready` or `self-review: not ready`'
const verdict =
  /^self[- ]?review *[:=|—-]+ *(not(?: yet)?[- ]+ready|ready)(?=$|[ )\]]*(?:[.,:;!()—|]|-{1,3} |$))[ .,:;!()—|-]*/i

/** Reads `self-review: ready` or `self-review: not ready` and the words after it; null when the message has neither, or both. */
export function readSelfReview(message: string): SelfReview | null {
  const read = readBlock(message)
  return 'problem' in read ? null : read
}

/** What is wrong with a message that holds no self-review, the line quoted. */
export function selfReviewProblem(message: string): string {
  const read = readBlock(message)
  return 'problem' in read ? read.problem : ''
}

function readBlock(message: string): SelfReview | { problem: string } {
  const lines = fencedAnswer(message)?.map(line => bare(line.slice(0, longestLine)))
  if (!lines) return { problem: 'there is no fenced block with the info string `countersign`' }
  const at = lines.findIndex(line => line !== '')
  if (at < 0) return { problem: 'the block is empty' }
  const head = headOf(lines[at]!)
  const text = head ? [head.rest, ...lines.slice(at + 1)].join('\n').trim() : ''
  if (!head || (head.ready && /^(?:no|not|false)\b/i.test(text)))
    return { problem: `“${shortened(lines[at]!)}” is neither ${forms}` }
  const others = lines.slice(at + 1).map(headOf)
  if (others.some(other => other && other.ready !== head.ready)) return { problem: `it says both ${forms}` }
  return { ready: head.ready, text }
}

function headOf(line: string): { ready: boolean; rest: string } | null {
  const plain = undecorated(line)
  const from = plain.search(/\p{L}/u)
  const found = verdict.exec(plain.slice(Math.max(0, from)))
  return found && { ready: /^ready$/i.test(found[1]!), rest: line.slice(from + found[0].length) }
}
