import { changedNested, ledgerSide } from '../../core/cycle/not-covered.ts'
import type { Uncovered } from '../../core/cycle/step.ts'
import type { State } from '../../core/ledger/state.ts'
import type { Setup } from '../../model/repository.ts'
import { headCommit } from '../../shell/git/head-commit.ts'
import { nestedRepositories } from '../../shell/git/nested.ts'
import { besideTree } from '../../shell/state/beside/beside-tree.ts'
import { loadConfig } from '../../shell/state/config-file.ts'
import { hiddenFiles } from '../../shell/state/hidden-files.ts'
import { treeNow } from './tree-now.ts'

/** What of the change that a command is about to sign no diff shows. */
export function uncoveredNow(setup: Setup, state: State): Uncovered {
  const loaded = loadConfig(setup.root, setup.scope.stateDir)
  const scope = { ...setup.scope, ignore: 'config' in loaded ? loaded.config.ignore : [] }
  const tree = treeNow(setup)
  const states = nestedRepositories(scope)
  return {
    nested: { states, changed: changedNested(state.nested, states) },
    hidden: state.run ? hiddenFiles(scope, state.run.base.tree, tree, state) : [],
    beside: besideTree(scope, { ...ledgerSide(state, tree), tree, head: headCommit(scope) }, Object.keys(states)),
  }
}
