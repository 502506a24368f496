import type { LineRange } from '../../model/changed-file.ts'
import type { ReviewAnswer, ReviewedFinding } from '../../model/codex-answer.ts'
import type { Finding } from '../../model/finding.ts'
import type { Resolution } from '../../model/ledger/fields.ts'
import { toCheck } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { plainText, shownPath, spelledOut } from '../text/plain-text.ts'
import { withoutSecrets } from '../text/secrets.ts'
import { isSettled, silences } from './silences.ts'

/** What a review comes to; a review that proves nothing is malformed, and malformed is not a pass. */
export type JudgedReview =
  | {
      verdict: 'approve' | 'findings'
      findings: Finding[]
      resolved: Resolution[]
      reviewed: string[]
      notReviewed: string[]
    }
  | Unreviewed

/** The answer is no review. `problem` says why. */
export type Unreviewed = { unreviewed: 'malformed' | 'sandbox'; problem: string }

export type ReviewedTree = {
  /** Paths of the changed files. */
  changed: string[]
  /** Text of a file in the frozen tree; null when there is no such file. */
  fileAt: (path: string) => string | null
  /** Lines changed since the last review as [first, last] pairs; null on the first review, where everything counts. */
  changedSince: Map<string, LineRange[]> | null
  /** Earlier findings that this call was asked to check; default: all there are to check. */
  checks?: Pick<Finding, 'id'>[]
}

/** Judges Codex's answer against the tree it covers. */
export function judgeReview(answer: ReviewAnswer, run: Run, tree: ReviewedTree): JudgedReview {
  if (answer.verdict === 'could-not-review') return { unreviewed: 'sandbox', problem: answer.summary }
  const read = new Set([...answer.reviewed, ...answer.findings.map(({ file }) => file)].map(fromRoot))
  const seen = new Set(tree.changed.filter(path => read.has(path) || read.has(shownPath(path))))
  if (answer.verdict === 'approve' && seen.size === 0)
    return { unreviewed: 'malformed', problem: 'the answer approves but lists no changed file as read' }

  const resolved: Resolution[] = []
  for (const { id } of tree.checks ?? toCheck(run)) {
    const given = answer.resolved.find(entry => entry.id.toUpperCase() === id)
    if (!given) return { unreviewed: 'malformed', problem: `the answer does not mention ${id}, which it had to check` }
    resolved.push({ id, resolved: given.resolved, reason: given.reason })
  }
  const known = new Set(run.findings.map(({ id }) => id))
  const stray = answer.resolved.find(({ id, resolved }) => !resolved && !known.has(id.toUpperCase()))
  if (answer.verdict === 'approve' && stray)
    return {
      unreviewed: 'malformed',
      problem: `the answer approves and calls ${stray.id} unresolved, which does not exist`,
    }
  const unresolved = resolved.some(entry => !entry.resolved)
  if (answer.verdict === 'findings' && answer.findings.length === 0 && !unresolved)
    return { unreviewed: 'malformed', problem: 'the answer reports findings but lists none' }

  const taken = run.parts.reduce((count, part) => count + part.findings.length, run.findings.length)
  const findings = answer.findings
    .map((finding, index) => raised(finding, `F${taken + index + 1}`, tree))
    .map(finding => ({ ...finding, ...asRaised(finding, run, tree) }))
  const approves = findings.length === 0 && !unresolved
  return {
    verdict: approves ? 'approve' : 'findings',
    findings,
    resolved,
    reviewed: [...seen],
    notReviewed: tree.changed.filter(path => !seen.has(path)),
  }
}

const fromRoot = (path: string): string => path.replace(/^\.\//, '')

function raised(finding: ReviewedFinding, id: string, tree: ReviewedTree): Finding {
  const { title, body, kind, priority, quote, fix } = finding
  const file = fromRoot(finding.file)
  const text = tree.fileAt(file)
  const verified = text !== null && formsOf(text).some(form => stands(quote, form))
  const lines = linesOf(finding)
  const urgent = (priority === 'critical' || priority === 'high') && verified
  const inScope = urgent || !tree.changedSince || touches(tree.changedSince.get(file) ?? [], lines)
  return { id, title, body, kind, priority, file, ...lines, quote, fix, verified, inScope }
}

/**
 * A text in each form that a quote can be taken from: the file as it is, and the diff, where secrets are masked and hidden
 * signs are spelled out. A model may also leave out the signs that nobody sees.
 */
const formsOf = (text: string): string[] =>
  [text, withoutSecrets(text)].flatMap(form => [form, spelledOut(form), plainText(form)])

/** Whether a quote occurs in a text; white space is folded, since models re-indent what they quote. */
function stands(quote: string, text: string): boolean {
  const fold = (raw: string) => raw.replace(/\s+/g, ' ').trim()
  return fold(quote) !== '' && fold(text).includes(fold(quote))
}

type Lines = Pick<Finding, 'lineStart' | 'lineEnd'>

/** The lines as they can be: from 1 on, and not ending before they begin. */
function linesOf({ line_start: start, line_end: end }: ReviewedFinding): Lines {
  if (start === null || start < 1) return { lineStart: null, lineEnd: null }
  return { lineStart: start, lineEnd: Math.max(start, end ?? start) }
}

const touches = (ranges: LineRange[], { lineStart: start, lineEnd: end }: Lines): boolean =>
  start === null ? ranges.length > 0 : ranges.some(([from, to]) => start <= to && (end ?? start) >= from)

/** Whether a later cycle raises again what was settled, and whether that keeps it from being debated. */
function asRaised(finding: Finding, run: Run, { changedSince }: ReviewedTree): Pick<Finding, 'inScope' | 'again'> {
  const twins = twinsOf(finding, run)
  const changed = changedSince !== null && touches(changedSince.get(finding.file) ?? [], finding)
  const isSilenced = twins.some(earlier => silences(earlier, { ...finding, changed }))
  const settled = isSilenced ? undefined : twins.find(isSettled)
  return { inScope: finding.inScope && !isSilenced, ...(settled && { again: settled.id }) }
}

/** The same finding as earlier cycles raised it, as far as it is not fixed. */
function twinsOf(finding: Finding, run: Run): DebatedFinding[] {
  const key = ({ file, title }: Pick<Finding, 'file' | 'title'>) => `${file}\n${title.toLowerCase().trim()}`
  return run.findings.filter(
    earlier => earlier.fate !== 'resolved' && (key(earlier) === key(finding) || sameQuote(earlier, finding)),
  )
}

const sameQuote = (a: Finding, b: Finding): boolean =>
  a.file === b.file && a.kind === b.kind && a.quote.trim() !== '' && a.quote.trim() === b.quote.trim()
