import type { Position } from '../../model/finding.ts'
import { agreedBy, isCited, support } from '../ledger/debate.ts'
import { type DebatedFinding, debated, type Run } from '../ledger/state.ts'
import { byPriority } from '../messages/run-lines.ts'
import { answersOf, names, occasion } from '../messages/sections.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'

// What the list alone does not say: on what the two agree, and what a signature leaves as it is.

/** How two came to agree that it is needed, and whether Claude shows code for it; empty where they have not. */
export function howAgreed(finding: DebatedFinding): string {
  const by = agreedBy(finding)
  if (by === null) return ''
  const how = by === 'at-once' ? 'Agreed at once' : 'Agreed in the debate: Claude changed its mind'
  return `${how}. Claude shows ${support(finding) === 'none' ? 'no code' : 'code'} for it.`
}

/** What a position shows, in words; empty where its quote is nowhere, which its reason says. */
export function evidenceWords(position: Position): string {
  const { round, evidence = 'none', cited = [] } = position
  if (evidence === 'false') return ''
  const places = cited.map(({ quote, ...place }) => `${placeWords(place)} \`${oneLine(quote)}\``).join(', ')
  if (isCited(position)) return places ? `shows ${places}` : 'its quote was found'
  if (places) return `quotes ${places}, which does not count here`
  // A second look at a fix is asked for no quote.
  return round === 0 ? '' : 'shows no code'
}

/** A quote from the request or the rules has no file. */
const placeWords = (place: { file: string; lineStart: number }): string =>
  place.file === '' ? 'the request or the rules' : fileAndLine(place)

/** Who quoted what is nowhere, and when; the finding's own quote has a mark. */
export const falseQuotes = (finding: DebatedFinding): string[] =>
  answersOf(finding)
    .filter(({ evidence }) => evidence === 'false')
    .map(position => `${names[position.by]}, ${occasion(position)}: its quote was not found in the tree.`)

/** What stays as it is because the user has decided so. */
export function leftByUser(run: Run): string[] {
  const fates = { left: 'You left', dismissed: 'You dismissed' } as const
  return (['left', 'dismissed'] as const).flatMap(fate => {
    const findings = debated(run).filter(one => one.fate === fate)
    return findings.length > 0
      ? [`${fates[fate]}: ${byPriority(findings)} (${findings.map(({ id }) => id).join(', ')}).`]
      : []
  })
}

/** What Codex has not reviewed, and why where we know it. */
export function unread({ review, reviews: { unsent } }: Run): { why: string; paths: string[] }[] {
  const { notReviewed = [], leftOut = [] } = review ?? {}
  const rest = notReviewed.filter(path => !unsent.includes(path) && !leftOut.includes(path))
  return [
    { why: 'Not reviewed (Codex does not list it as read)', paths: rest },
    { why: 'Not sent to Codex (run limit reached, see `limits`)', paths: unsent },
    { why: 'Not sent to Codex (sensitive by name)', paths: leftOut },
  ].filter(({ paths }) => paths.length > 0)
}

/** How urgent the reviewer has called it, where no agreed priority says it. */
export const calledBy = ({ outcome, priority }: DebatedFinding): string =>
  outcome === 'agreed' ? '' : `Codex called it ${priority}`
