import type { Finding } from '../../model/finding.ts'
import { isAboveLine } from '../ledger/debate.ts'
import type { Run } from '../ledger/state.ts'
import { shownPath } from '../text/plain-text.ts'
import { andMore, oneLine, someOf } from '../text/wording.ts'
import { folded } from './quote-forms.ts'
import type { ReadAnswer } from './reading/read-answer.ts'

/** Something that is missing in an answer, or wrong with it. */
export type Want = {
  /** For the user: how the answer is not whole. */
  problem: string
  /** For Codex: what it has to give. */
  ask: string
  /** Whether the answer is no answer without it. */
  blocks: boolean
  /** The finding whose quote it asks for, by `quoteKey`. */
  quoteOf?: string
}

/** By what a finding is known that is given again. */
export const quoteKey = ({ kind, title }: Pick<Finding, 'kind' | 'title'>): string =>
  `${kind} ${folded(title).toLowerCase()}`

const blocking = (problem: string, ask: string): Want => ({ problem, ask, blocks: true })

/** What nobody can read has to be given once more. */
export const wholeAnswer = (why: string): Want =>
  blocking(why, `it cannot be read: ${why}. Give the whole answer again, as one JSON object of the given schema.`)

type Judged = {
  run: Run
  /** Ids that it had to check. */
  checks: string[]
  /** Nothing is raised, and nothing of what it checked is open. */
  approves: boolean
  /** Whether it names no changed file as read. */
  namesNone: boolean
  unread: string[]
  findings: Finding[]
}

/** What has to be asked for once more of a review. */
export function wantsOf(answer: ReadAnswer, judged: Judged): Want[] {
  if (answer.unreadable !== null) return [wholeAnswer(answer.unreadable)]
  return [
    ...answer.lost.map(({ why }) => blocking(why, `${why}. Give this finding again, whole, under the same title.`)),
    ...unchecked(answer, judged),
    ...contradictions(answer, judged),
    ...unreadFiles(judged),
    ...unverified(judged.findings),
  ]
}

function unchecked({ resolved, odd }: ReadAnswer, { checks, run }: Judged): Want[] {
  const missing = checks.filter(id => !resolved.some(entry => entry.id === id))
  return missing.map(id => {
    const why = odd.find(one => one.id === id)?.why
    const title = run.findings.find(one => one.id === id)?.title ?? ''
    return blocking(
      why ?? `the answer does not mention ${id}, which it had to check`,
      `${why ? `${why}: give` : 'give'} the entry for ${id} (“${oneLine(title).slice(0, 80)}”) in \`resolved\`.`,
    )
  })
}

function contradictions({ verdict, resolved, lost, summary }: ReadAnswer, judged: Judged): Want[] {
  const { approves, namesNone, run } = judged
  const known = new Set(run.findings.map(({ id }) => id))
  const stray = resolved.find(entry => !entry.resolved && !known.has(entry.id))
  if (!approves) return verdict === 'could-not-review' ? [notReviewed(summary)] : []
  if (lost.length > 0) return []
  const wants: Want[] = []
  if (verdict === 'findings')
    wants.push(
      blocking(
        'the answer reports findings but lists none',
        '`verdict` is `findings`, but no finding is listed and nothing is unresolved. List the findings, or correct the verdict.',
      ),
    )
  if (verdict === null)
    wants.push(blocking('the answer has no verdict', '`verdict` is missing, or none of the words of the schema.'))
  if (namesNone && verdict !== 'findings')
    wants.push(
      blocking(
        'the answer approves but lists no changed file as read',
        '`reviewed` lists no changed file. Read the changed files and list those that you have read.',
      ),
    )
  if (stray)
    wants.push(
      blocking(
        `the answer approves and calls ${stray.id} unresolved, which does not exist`,
        `\`resolved\` calls ${stray.id} unresolved, which does not exist. If something is wrong, raise it as a finding; if nothing is, leave the entry out.`,
      ),
    )
  return wants
}

/** What it has found all the same counts; the review is not complete. */
const notReviewed = (summary: string): Want => ({
  problem: `Codex could not review all of the change: ${summary}`,
  ask: 'your verdict was `could-not-review`. Try once more to read the change, in another way if need be, and give the rest of the review.',
  blocks: false,
})

function unreadFiles({ unread, namesNone, approves }: Judged): Want[] {
  if (unread.length === 0 || (namesNone && approves)) return []
  return [
    {
      problem: `not read: ${someOf(unread)}`,
      ask: `you have not read these changed files, or do not list them: ${andMore(unread.map(shownPath), mostNamed)}. Open each of them, review the change in it, add what you find to \`findings\`, and list in \`reviewed\` those that you have read now.`,
      blocks: false,
    },
  ]
}

/** More file names than anybody reads one after the other in one call. */
const mostNamed = 200

function unverified(findings: Finding[]): Want[] {
  return findings
    .filter(({ verified, priority, inScope }) => !verified && inScope && isAboveLine(priority))
    .map(finding => {
      const title = oneLine(finding.title).slice(0, 80)
      return {
        problem: `the quote of “${title}” stands nowhere`,
        ask: `the quote of “${title}” (${finding.priority}, ${shownPath(finding.file)}) stands nowhere in that file. Give this finding again under the same title and file, with the code copied exactly.`,
        blocks: false,
        quoteOf: quoteKey(finding),
      }
    })
}
