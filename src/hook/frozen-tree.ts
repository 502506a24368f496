import type { Run } from '../core/ledger/state.ts'
import { citedPaths, withEvidence } from '../core/review/author-evidence.ts'
import type { FrozenTree } from '../core/review/evidence.ts'
import { pathsOf, repositoryPath } from '../core/review/repository-path.ts'
import { rulesOf } from '../core/review/rules-of.ts'
import type { FindingPosition, SaidPosition } from '../model/finding.ts'
import type { Scope } from '../model/repository.ts'
import { textFiles, withFilesAt } from '../shell/git/files-at.ts'
import { treeReader } from '../shell/git/tree-reader.ts'

/** Characters; nothing longer is written to be quoted. */
const largestCited = 2_000_000

/** Claude's positions, with what their quotes show in the tree that the debate is about. */
export const checkedInTree = (scope: Scope, run: Run, said: SaidPosition[]): FindingPosition[] =>
  withFrozenTree(scope, run, citedPaths(said), tree => withEvidence(run, said, tree))

/**
 * Looks up what evidence is looked for in.
 *
 * @param said Paths as a model wrote them; without any, no git process is started.
 */
export function withFrozenTree<T>(scope: Scope, run: Run, said: string[], use: (tree: FrozenTree) => T): T {
  const { root, home = '' } = scope
  const paths = pathsOf(said.length > 0 ? textFiles(scope, run.tree) : [])
  const named = said.flatMap(path => repositoryPath(path, paths, root, home) ?? [])
  let request: string | undefined
  return withFilesAt(scope, run.tree, named, fileAt =>
    use({
      paths,
      root,
      home,
      textAt: path => {
        const text = fileAt(path)
        return text !== null && text.length <= largestCited ? text : null
      },
      request: () => {
        request ??= [...run.prompts, rulesOf(treeReader(scope, run.base), 24_000)].join('\n')
        return request
      },
    }),
  )
}
