import { rmSync } from 'node:fs'
import { callsLeft } from '../../core/cycle/budget.ts'
import { type Run, reviewedTree } from '../../core/ledger/state.ts'
import { rebuttalPrompt, reviewPrompt } from '../../core/messages/reviewer-texts.ts'
import { leftOutOf, withinLimits } from '../../core/review/answer-limits.ts'
import { coverage, isOpened, isRead, unneeded } from '../../core/review/coverage.ts'
import { judgeRebuttal } from '../../core/review/judge-rebuttal.ts'
import { judgeReview } from '../../core/review/judge-review.ts'
import type { ReadAnswer } from '../../core/review/reading/read-answer.ts'
import { nextPart, wholeReview } from '../../core/review/review-parts.ts'
import { rulesOf } from '../../core/review/rules-of.ts'
import { wontDo } from '../../core/review/wont-do.ts'
import { foreign } from '../../core/text/foreign-text.ts'
import type { Finding } from '../../model/finding.ts'
import type { Kept } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { decisionsPath } from '../../model/paths.ts'
import { changedFiles } from '../../shell/git/tree-diff.ts'
import { treeReader } from '../../shell/git/tree-reader.ts'
import { allEntries } from '../../shell/state/ledger.ts'
import { fenceMark } from '../fence-mark.ts'
import { withFrozenTree } from '../frozen-tree.ts'
import { noUsage, patchFileOf } from './ask.ts'
import { converse } from './converse.ts'
import type { Effects } from './effects.ts'
import { lookForKept } from './reopened.ts'
import { type Change, changeOf, generatedIn, isTooLarge, promptBytes, shownDiff } from './review-material.ts'
import { withReviewedTexts } from './reviewed-texts.ts'

/**
 * Hands the frozen change to Codex, or the next part of it where one prompt does not hold it all, and judges what comes
 * back.
 */
export async function review(run: Run, effects: Effects): Promise<Happening[]> {
  const { scope } = effects.setup
  const change = changeOf(run, scope)
  try {
    const { files, leftOut } = change
    if (files.length === 0) return [{ kind: 'let-go', tree: run.tree, head: effects.sight.head(), why: 'withheld' }]
    const { limits, debate } = effects.config
    const back = lookForKept(run, effects.setup)
    if (back.length > 0) return back
    const before = reviewedTree(run)
    const since = before && changedFiles(scope, before, run.tree).map(({ path }) => path)
    const next = nextPart(run, files, since ? new Set(since) : null, {
      promptBytes,
      callsLeft: callsLeft(run, limits),
      reserved: debate.rounds,
    })
    const generated = generatedIn(change, run, scope)
    const covered = (read: Record<string, string>, unsent: string[]) =>
      coverage(files, { read: { ...run.reviews.read, ...read }, generated, leftOut, unsent })
    if ('unsent' in next)
      return [{ ...wholeReview(run, null, { unsent: next.unsent, leftOut }), ...covered({}, next.unsent) }]
    const part = await reviewPart(run, change, next, generated, effects)
    if ('kind' in part) return [part]
    if (next.number === next.of)
      return [{ ...wholeReview(run, part, { unsent: [], leftOut }), ...covered(part.read, []) }]
    const paths = next.files.map(({ path }) => path)
    const { thread: _, verdict: __, wants: ___, threadUsage: ____, ...kept } = part
    return [{ kind: 'part-reviewed', tree: run.tree, part: next.number, of: next.of, paths, ...kept }]
  } finally {
    change.patch.close()
    rmSync(patchFileOf(scope), { force: true })
  }
}

type Next = Exclude<ReturnType<typeof nextPart<Change['files'][number]>>, { unsent: string[] }>

async function reviewPart(
  run: Run,
  change: Change,
  { files, number, of, checks }: Next,
  generated: Set<string>,
  effects: Effects,
) {
  const { scope } = effects.setup
  const patchFile = patchFileOf(scope)
  const base = treeReader(scope, run.base)
  // As the change began with them: a change must not write the rules it is judged by.
  const rules = foreign(rulesOf(base, 24_000), 32_000)
  const prompt = reviewPrompt(run, {
    files,
    patch: await shownDiff(change, files, patchFile),
    patchFile,
    part: { number, of, changedInAll: change.files.length },
    checks,
    readBefore: change.files.filter(file => !files.includes(file) && isRead(run.reviews.read, file)),
    leftOut: change.leftOut,
    rules,
    decisions: foreign(wontDo(base.read(decisionsPath) ?? '', allEntries(scope.stateDir)), 16_000),
    mark: fenceMark(),
  })
  const mustRead = files.filter(
    file => !isRead(run.reviews.read, file) && unneeded(file, generated.has(file.path)) === null,
  )
  const inPrompt = !isTooLarge(files)
  // Of a binary file the diff says no more than that it changed.
  const inDiff = ({ binary }: Change['files'][number]) => inPrompt && !binary
  const told = await converse(
    {
      ...{ run, call: 'review', prompt, thread: null, threadUsage: noUsage, kept: keptOf(run, 'review') },
      openedBy: commands =>
        files
          .filter(file => !inDiff(file))
          .map(({ path }) => path)
          .filter(path => isOpened(path, commands, inPrompt ? [] : [patchFile])),
      judge: (answer, opened) =>
        withReviewedTexts(answer, run, change, effects.setup, texts =>
          judgeReview(withinLimits(answer), run, {
            ...texts,
            ...{ changed: files.map(({ path }) => path), mustRead: mustRead.map(({ path }) => path), rules, checks },
            isShown: path => files.some(file => file.path === path && inDiff(file)) || opened.includes(path),
          }),
        ),
    },
    effects,
  )
  if ('kind' in told) return told
  const { judged, answer, thread, threadUsage, model, sandbox, usage, seconds } = told
  const { summary } = withinLimits(answer)
  const read = Object.fromEntries(
    files.flatMap(({ path, blob }) => (judged.reviewed.includes(path) ? [[path, blob]] : [])),
  )
  const said = { ...judged, read, ...leftOutOf(answer), summary }
  return { ...said, thread, threadUsage, model, sandbox, usage, seconds }
}

/** What is there already of the answer to this very call. */
function keptOf({ owed, tree, round }: Run, call: 'review' | 'rebuttal') {
  const kept = owed?.call === call ? owed.kept : null
  return kept?.tree === tree && (call === 'review' || kept.round === round) ? kept : null
}

/** Puts the author's answers to Codex, in the review's own thread. */
export async function rebut(run: Run, last: boolean, effects: Effects): Promise<Happening[]> {
  const { thread, threadUsage } = run.reviews
  const kept = keptOf(run, 'rebuttal')
  const told = await converse(
    {
      ...{ run, call: 'rebuttal', prompt: rebuttalPrompt(run, fenceMark(), kept ? idsIn(kept) : []), kept },
      ...{ thread, threadUsage },
      openedBy: () => [],
      judge: answer => {
        const cited = answer.positions.flatMap(({ evidence }) => evidence.flatMap(({ file }) => file || []))
        const judged = withFrozenTree(effects.setup.scope, run, cited, tree => judgeRebuttal(answer, run, tree))
        return { ...judged, findings: raisedIn(answer, run, effects) }
      },
    },
    effects,
  )
  if ('kind' in told) return [told]
  const { usage, seconds } = told
  const { positions, findings } = told.judged
  const goesOn = thread !== null && told.thread === thread && { threadUsage: told.threadUsage }
  const raised = findings.length > 0 && { findings }
  return [{ kind: 'rebutted', round: run.round, last, positions, ...raised, usage, seconds, ...goesOn }]
}

/** What a rebuttal raises besides: nobody has asked for it, and it is not lost. */
function raisedIn(answer: ReadAnswer, run: Run, { setup }: Effects): Finding[] {
  if (answer.findings.length === 0) return []
  const change = changeOf(run, setup.scope)
  try {
    const changed = change.files.map(({ path }) => path)
    return withReviewedTexts(answer, run, change, setup, texts => {
      const judged = judgeReview(withinLimits(answer), run, { ...texts, changed, rules: '', checks: [] })
      return 'findings' in judged ? judged.findings : []
    })
  } finally {
    change.patch.close()
  }
}

const idsIn = ({ positions }: Kept): string[] => positions.map(({ id }) => id)
