import { bare, fencedAnswer } from './fenced-answer.ts'

/** Reads `self-review: ready` or `self-review: not ready` and the words after it; null when the message has neither. */
export function readSelfReview(message: string): { ready: boolean; text: string } | null {
  const lines = fencedAnswer(message)?.map(bare) ?? []
  const at = lines.findIndex(line => line !== '')
  const head = lines[at]?.match(/^self[- ]review\s*:\s*(not[- ]ready|ready)\b[\s.,:;–—-]*(.*)/i)
  if (!head) return null
  const text = [head[2], ...lines.slice(at + 1)].join('\n').trim()
  return { ready: head[1]!.toLowerCase() === 'ready', text }
}
