import { priorities } from '../../model/priority.ts'
import { counted } from '../text/wording.ts'
import type { ReadAnswer } from './reading/read-answer.ts'

/** Findings that one review may raise; more cannot be debated, nor put to anybody. */
const mostFindings = 200
/** Characters. Ten screens, where two sentences were asked for. */
const longestSummary = 10_000
/** Characters of each text of a finding, its path and title included. */
const longestText = 10_000

/**
 * An answer within what a debate, a prompt and a list can take: of too many findings the most urgent, and what is too long is
 * cut. The summary says so.
 */
export function withinLimits(answer: ReadAnswer): ReadAnswer {
  const kept =
    answer.findings.length > mostFindings
      ? priorities
          .flatMap(wanted => answer.findings.filter(({ priority }) => priority === wanted))
          .slice(0, mostFindings)
      : answer.findings
  const missing = answer.findings.length - kept.length
  const note =
    missing > 0 ? `${counted(missing, 'finding')} of the lowest priority left out (limit ${mostFindings}). ` : ''
  return {
    ...answer,
    summary: note + answer.summary.slice(0, longestSummary),
    findings: kept.map(finding => ({
      ...finding,
      title: finding.title.slice(0, longestText),
      body: finding.body.slice(0, longestText),
      quote: finding.quote.slice(0, longestText),
      fix: finding.fix.slice(0, longestText),
    })),
  }
}

/** How many findings `withinLimits` leaves out, in all and by priority; undefined where it leaves out none. */
export function leftOutOf({ findings }: ReadAnswer) {
  if (findings.length <= mostFindings) return
  const ordered = priorities.flatMap(wanted =>
    findings.flatMap(({ priority }) => (priority === wanted ? [wanted] : [])),
  )
  const beyond: Record<string, number> = {}
  for (const priority of ordered.slice(mostFindings)) beyond[priority] = (beyond[priority] ?? 0) + 1
  return { tooMany: findings.length - mostFindings, beyond }
}
