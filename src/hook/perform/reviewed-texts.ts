import { wasAboveLine } from '../../core/ledger/debate.ts'
import { toCheck } from '../../core/ledger/lists.ts'
import { type Run, reviewedTree } from '../../core/ledger/state.ts'
import type { ReviewedTree } from '../../core/review/judge-review.ts'
import type { ReadAnswer } from '../../core/review/reading/read-answer.ts'
import { pathsOf, repositoryPath } from '../../core/review/repository-path.ts'
import type { Setup } from '../../model/repository.ts'
import { changedLines } from '../../shell/git/changed-lines.ts'
import { pathsIn, withFilesAt } from '../../shell/git/files-at.ts'
import { hiddenIn } from './reopened.ts'
import type { Change } from './review-material.ts'

type Texts = Omit<ReviewedTree, 'changed' | 'rules' | 'checks'>

/** Looks up what the findings of an answer are held against: the files it names, now, at the base, and at the last review. */
export function withReviewedTexts<T>(
  answer: Pick<ReadAnswer, 'findings'>,
  run: Run,
  { files: sent, leftOut }: Change,
  setup: Setup,
  use: (texts: Texts) => T,
): T {
  const { scope } = setup
  const { root, home = '' } = scope
  const files = pathsOf([...pathsIn(scope, run.tree), ...sent.map(({ path }) => path), ...leftOut])
  const raised = answer.findings.flatMap(({ file }) => repositoryPath(file, files, root, home) ?? [])
  const last = reviewedTree(run)
  const changedSince = last === null ? null : changedLines(scope, last, run.tree)
  const { frozenAt } = run.choice
  const frozenSince =
    frozenAt === null ? null : frozenAt === last ? changedSince : changedLines(scope, frozenAt, run.tree)
  const checks = toCheck(run)
  // What is critical or high may have moved.
  const others = checks.some(wasAboveLine) ? sent.map(({ path }) => path) : []
  const named = [...raised, ...checks.map(({ file }) => file), ...others]
  const hiddenAt = hiddenIn(setup)
  return withFilesAt(scope, run.tree, named, fileAt =>
    withFilesAt(scope, run.base.tree, named, baseAt =>
      withFilesAt(scope, last ?? run.base.tree, named, lastAt =>
        use({ files, root, home, fileAt, baseAt, lastAt, changedSince, frozenSince, others, hiddenAt }),
      ),
    ),
  )
}
