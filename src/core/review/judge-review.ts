import type { Finding } from '../../model/finding.ts'
import type { Resolution } from '../../model/ledger/fields.ts'
import { wasAboveLine } from '../ledger/debate.ts'
import { isLocated, nextNumber } from '../ledger/kept.ts'
import { toCheck } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import type { TextSources } from './raised/file-texts.ts'
import { raisedFindings } from './raised/raised-findings.ts'
import { standingOf } from './raised/standing.ts'
import type { ReadAnswer } from './reading/read-answer.ts'
import { type Paths, repositoryPath } from './repository-path.ts'
import { type Want, wantsOf } from './review-wants.ts'

/** What a review comes to, and what of it is missing or wrong. */
export type JudgedReview =
  | {
      verdict: 'approve' | 'findings'
      findings: Finding[]
      resolved: Resolution[]
      reviewed: string[]
      notReviewed: string[]
      wants: Want[]
    }
  | Unreviewed

/** There is no review. `problem` says why. */
export type Unreviewed = { unreviewed: 'sandbox'; problem: string }

/** `fileAt`, `baseAt` and `lastAt` give a file's text in the frozen tree, at its base, and at the last review. */
export type ReviewedTree = TextSources & {
  /** Paths of the changed files. */
  changed: string[]
  /** Every file that the answer can name, those that are deleted included. */
  files: Paths
  /** The working tree, absolute, and the directory in it that is set up, from which all paths go. */
  root: string
  home: string
  /** The project's rules, as the prompt has them. */
  rules: string
  /** Earlier findings that this call was asked to check; default: all there are to check. */
  checks?: Pick<Finding, 'id'>[]
  /** Of the changed files those that are still to be read; default: all of them. */
  mustRead?: string[]
  /** Whether Codex has seen what a changed file holds: in the prompt, or because it opened it; default: it has. */
  isShown?: (path: string) => boolean
  /** Files of the whole change, to which code can have moved; default: the changed ones. */
  others?: readonly string[]
  /** The text of a file that is on disk and not in the tree, since a rule hides it. */
  hiddenAt?: (path: string) => string | null
}

const notGone = {
  stands: 'Called resolved, but its code is as it was and nobody was to fix it.',
  unknown: 'Called resolved, but nobody was to fix it, and where its code is cannot be told.',
  gone: null,
}

/** Why an urgent finding that the user has not picked is not resolved, whatever the answer says; null where it can be. */
function untouched(finding: DebatedFinding, tree: ReviewedTree): string | null {
  if (!wasAboveLine(finding) || finding.fate === 'picked') return null
  const { fileAt, hiddenAt = () => null, changed, others = changed } = tree
  const textAt = (path: string) => fileAt(path) ?? (isLocated(finding) ? hiddenAt(path) : null)
  return notGone[standingOf(finding, { textAt, others })]
}

/** Judges Codex's answer against the tree it covers. */
export function judgeReview(answer: ReadAnswer, run: Run, tree: ReviewedTree): JudgedReview {
  const { verdict: said, summary, findings: raised } = answer
  const failed = said === 'could-not-review'
  if (failed && raised.length === 0 && answer.lost.length === 0) return { unreviewed: 'sandbox', problem: summary }
  const fileOf = (path: string) => repositoryPath(path, tree.files, tree.root, tree.home)
  // Who says that it could not review has read nothing, whatever it lists.
  const listed = failed ? [] : [...answer.reviewed, ...raised.map(({ file }) => file)]
  const named = new Set(listed.map(fileOf))
  const seen = tree.changed.filter(path => named.has(path) && (tree.isShown?.(path) ?? true))
  const unread = (tree.mustRead ?? tree.changed).filter(path => !seen.includes(path))

  const checks = (tree.checks ?? toCheck(run)).map(({ id }) => id)
  const resolved = checks.flatMap(id => {
    const given = answer.resolved.filter(entry => entry.id === id)
    const entry = given.find(one => !one.resolved) ?? given[0]
    if (!entry) return []
    const checked = run.findings.find(one => one.id === id)
    const why = entry.resolved && checked ? untouched(checked, tree) : null
    return { id, resolved: entry.resolved && why === null, reason: why ?? entry.reason }
  })
  const first = nextNumber(run)
  const where = { ...tree, resolved, fileOf: (path: string) => fileOf(path) ?? path.trim() }
  const findings = raisedFindings(raised, run, where).map((finding, at) => ({ id: `F${first + at}`, ...finding }))
  const approves = findings.length === 0 && resolved.every(entry => entry.resolved)
  return {
    verdict: approves ? 'approve' : 'findings',
    findings,
    resolved,
    reviewed: seen,
    notReviewed: tree.changed.filter(path => !seen.includes(path)),
    wants: wantsOf(answer, {
      run,
      checks,
      approves,
      unread,
      findings,
      namesNone: !tree.changed.some(path => named.has(path)),
    }),
  }
}
