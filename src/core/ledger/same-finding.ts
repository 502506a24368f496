import type { Finding } from '../../model/finding.ts'
import { priorities } from '../../model/priority.ts'
import { oneLine } from '../text/wording.ts'
import { isAboveLine } from './debate.ts'

type Raised = Omit<Finding, 'id' | 'inScope'>
type Titled = Pick<Finding, 'title'>

const titleOf = ({ title }: Titled): string => oneLine(title).toLowerCase()

/** Whether two may stand on one card: one line can have two faults, and of two urgent ones neither is to hide behind the other. */
export const sharesCard = (a: Raised, b: Raised): boolean =>
  a.kind === b.kind &&
  (titleOf(a) === titleOf(b) || (isReworded(a, b) && !(isAboveLine(a.priority) && isAboveLine(b.priority))))

/** Whether two say one thing in other words: they ask for the same fix, or their titles are alike. */
const isReworded = (a: Raised, b: Raised): boolean =>
  (oneLine(a.fix) !== '' && oneLine(a.fix) === oneLine(b.fix)) || hasLikeTitle(a, b)

/** Whether two titles share half of all their words. */
export function hasLikeTitle(a: Titled, b: Titled): boolean {
  const [ours, theirs] = [wordsOf(a), wordsOf(b)]
  const shared = ours.filter(word => theirs.includes(word)).length
  return shared * 2 >= new Set([...ours, ...theirs]).size
}

const wordsOf = (one: Titled): string[] => [...new Set(titleOf(one).match(/[\p{L}\p{N}]+/gu) ?? [])]

/** The same thing raised twice: of one kind and at the same code, or word for word where that stands nowhere. */
export function isSameFinding(a: Finding, b: Finding): boolean {
  if (a.file !== b.file || !sharesCard(a, b)) return false
  if (a.anchor !== undefined || b.anchor !== undefined) return a.anchor === b.anchor
  return titleOf(a) === titleOf(b) && oneLine(a.quote) === oneLine(b.quote) && a.lineStart === b.lineStart
}

/** Two as one: what the more urgent one says, and then the other one by its title. */
export function merged<One extends Raised>(first: One, second: One): One {
  const isLess = priorities.indexOf(second.priority) < priorities.indexOf(first.priority)
  const [leading, other] = isLess ? [second, first] : [first, second]
  const isSaid = oneLine(other.body) === oneLine(leading.body) && titleOf(other) === titleOf(leading)
  const fix = other.fix === leading.fix ? '' : `\nFix: ${other.fix}`
  return isSaid ? leading : { ...leading, body: `${leading.body}\n\nAlso: ${other.title}\n${other.body}${fix}` }
}

/** Each thing once, under the id that it was first raised with. */
export function onceEach(findings: Finding[]): Finding[] {
  const kept: Finding[] = []
  for (const one of findings) {
    const twin = kept.findIndex(first => isSameFinding(first, one))
    const first = kept[twin]
    if (first) kept[twin] = { ...merged(first, one), id: first.id, inScope: first.inScope || one.inScope }
    else kept.push(one)
  }
  return kept
}
