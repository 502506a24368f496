import type { ReviewAnswer } from '../../model/codex-answer.ts'
import type { Finding } from '../../model/finding.ts'
import type { Resolution } from '../../model/ledger/fields.ts'
import { wasAboveLine } from '../ledger/debate.ts'
import { nextNumber } from '../ledger/kept.ts'
import { toCheck } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import type { TextSources } from './raised/file-texts.ts'
import { raisedFindings } from './raised/raised-findings.ts'
import { standingOf } from './raised/standing.ts'
import { type Paths, repositoryPath } from './repository-path.ts'

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
  const textAt = (path: string) => fileAt(path) ?? (finding.verified ? hiddenAt(path) : null)
  return notGone[standingOf(finding, { textAt, others })]
}

/** Judges Codex's answer against the tree it covers. */
export function judgeReview(answer: ReviewAnswer, run: Run, tree: ReviewedTree): JudgedReview {
  if (answer.verdict === 'could-not-review') return { unreviewed: 'sandbox', problem: answer.summary }
  const fileOf = (said: string) => repositoryPath(said, tree.files, tree.root, tree.home)
  const read = new Set([...answer.reviewed, ...answer.findings.map(({ file }) => file)].map(fileOf))
  const seen = new Set(tree.changed.filter(path => read.has(path)))
  if (answer.verdict === 'approve' && seen.size === 0)
    return { unreviewed: 'malformed', problem: 'the answer approves but lists no changed file as read' }

  const resolved: Resolution[] = []
  for (const { id } of tree.checks ?? toCheck(run)) {
    const given = answer.resolved.find(entry => entry.id.toUpperCase() === id)
    if (!given) return { unreviewed: 'malformed', problem: `the answer does not mention ${id}, which it had to check` }
    const checked = run.findings.find(one => one.id === id)
    const why = given.resolved && checked ? untouched(checked, tree) : null
    resolved.push({ id, resolved: given.resolved && why === null, reason: why ?? given.reason })
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

  const first = nextNumber(run)
  const where = { ...tree, resolved, fileOf: (said: string) => fileOf(said) ?? said.trim() }
  const findings = raisedFindings(answer.findings, run, where).map((finding, at) => ({
    id: `F${first + at}`,
    ...finding,
  }))
  const approves = findings.length === 0 && !unresolved
  return {
    verdict: approves ? 'approve' : 'findings',
    findings,
    resolved,
    reviewed: [...seen],
    notReviewed: tree.changed.filter(path => !seen.has(path)),
  }
}
