import type { ReviewedFinding } from '../../../model/codex-answer.ts'
import { priorities } from '../../../model/priority.ts'
import { folded } from '../quote-forms.ts'
import type { LostFinding, ReadAnswer } from './read-answer.ts'

type Asked = {
  /** Whether a finding was raised by an earlier review. What is said of others was an error that was to be put right. */
  isKnown: (id: string) => boolean
  /** Whether a finding was to be given again because its quote is nowhere. */
  isQuoteAsked: (finding: ReviewedFinding) => boolean
}

/**
 * An answer together with what was asked for after it. Nothing that was said is taken back by saying less: findings stay, of
 * two contradicting words the stricter one holds, and a finding that could not be read is missing until it is given again.
 *
 * @param asked What was asked for.
 */
export function withMore(before: ReadAnswer, more: ReadAnswer, { isKnown, isQuoteAsked }: Asked): ReadAnswer {
  if (more.unreadable !== null) return before.unreadable === null ? before : more
  // What nobody could read and was an objection is missing until something is raised again.
  if (before.unreadable !== null)
    return { ...more, lost: [...stillLost(before.lost, [...more.findings, ...more.lost]), ...more.lost] }
  const kept = before.findings.map(finding =>
    isQuoteAsked(finding) ? again(finding, before.findings, more.findings) : finding,
  )
  const fresh = more.findings.filter(finding => !before.findings.some(one => isSame(one, finding)))
  const failed = before.verdict === 'could-not-review' && more.verdict !== null && more.verdict !== 'could-not-review'
  return {
    verdict: more.verdict === 'could-not-review' ? (before.verdict ?? more.verdict) : (more.verdict ?? before.verdict),
    summary: more.summary || before.summary,
    // Who could not review has read nothing, whatever is listed.
    reviewed: [...(failed ? [] : before.reviewed), ...(more.verdict === 'could-not-review' ? [] : more.reviewed)],
    findings: [...kept, ...fresh],
    resolved: together(
      before.resolved.filter(({ id }) => isKnown(id)),
      more.resolved,
      one => !one.resolved,
    ),
    positions: together(before.positions, more.positions, one => one.needed),
    lost: [...stillLost(before.lost, [...fresh, ...more.lost]), ...more.lost],
    odd: more.odd,
    unreadable: null,
  }
}

const titleOf = ({ title }: { title: string }): string => folded(title).toLowerCase()

/** Under one title in one file. What is called alike elsewhere is another finding. */
const isSame = (a: ReviewedFinding, b: ReviewedFinding): boolean =>
  a.kind === b.kind && a.file.trim() === b.file.trim() && titleOf(a) === titleOf(b)

/** A finding as it was given again: what it shows now, at no lower priority than before. Of two alike none is replaced. */
function again(finding: ReviewedFinding, before: ReviewedFinding[], given: ReviewedFinding[]): ReviewedFinding {
  const [later, ...others] = given.filter(one => isSame(finding, one))
  if (!later || others.length > 0 || before.filter(one => isSame(finding, one)).length > 1) return finding
  const higher = priorities.find(one => one === finding.priority || one === later.priority)!
  return { ...later, priority: higher, quote: later.quote.trim() === '' ? finding.quote : later.quote }
}

/** Of two entries about one finding the stricter one, else the later. */
function together<Entry extends { id: string }>(
  before: Entry[],
  more: Entry[],
  isStrict: (entry: Entry) => boolean,
): Entry[] {
  const ids = [...new Set([...before, ...more].map(({ id }) => id))]
  return ids.map(id => {
    const said = [...before, ...more].filter(entry => entry.id === id)
    return said.findLast(isStrict) ?? said.at(-1)!
  })
}

/** A finding with a title is there again under that title; one without may be any that is new. Lost again, it is lost once. */
function stillLost(lost: LostFinding[], given: { title: string }[]): LostFinding[] {
  const left = [...given]
  return lost.filter(one => {
    const at = left.findIndex(again => one.title.trim() === '' || titleOf(again) === titleOf(one))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
