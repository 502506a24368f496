import type { ChangedBlob } from '../../model/changed-file.ts'
import type { Store } from '../../model/repository.ts'
import { type GitResult, runGit } from './git.ts'
import { objectsEnv } from './private-index.ts'

// Compares two trees by their ids. Every id here is one that `fingerprint`, `treeOfCommit` or `emptyTree` gave.

// Whatever the user has set for their own diffs must not change ours.
const settings = ['core.quotePath=false', 'core.attributesFile=']
const diff = ['diff-tree', '-r', '--no-renames', '--no-ext-diff', '--no-textconv']
const plain = ['--ignore-submodules=none', '--submodule=short', '--no-color', '--src-prefix=a/', '--dst-prefix=b/']

type Options = { maxBytes?: number; stdoutFd?: number; accept?: number[] }

/**
 * Runs `git diff-tree` in one of its output forms.
 *
 * Git is told that the working tree is a directory without .gitattributes: `* -diff` in the change would keep all of it
 * from the reviewer. What is binary is told by content.
 */
export function compare(
  store: Store,
  base: string,
  tree: string,
  form: string[],
  globs: string[],
  options: Options = {},
): GitResult {
  const args = [...diff, ...plain, ...form, base, tree, '--', ...globs.map(glob => `:(glob)${glob}`)]
  const env = { ...objectsEnv(store), GIT_DIR: store.gitDir, GIT_WORK_TREE: store.stateDir }
  return runGit(store.stateDir, args, { ...options, env, config: settings })
}

const statuses = { A: 'added', M: 'modified', D: 'deleted', T: 'type-changed' } as const

/** Every file that differs, in git's order. A rename is a deletion and an addition. */
export function changedFiles(store: Store, base: string, tree: string): ChangedBlob[] {
  const { stdout } = compare(store, base, tree, ['-z', '--raw', '--numstat'], [])
  const fields = stdout.toString().split('\0').slice(0, -1)
  // First `:modes id id letter`, path for every file, then `added TAB deleted TAB path` for every file.
  const raw: string[][] = []
  while (fields[0]?.startsWith(':')) raw.push(fields.splice(0, 2)[0]!.split(' '))
  return fields.map((counted, i) => {
    const [added = '', deleted = '', ...path] = counted.split('\t')
    return {
      path: path.join('\t'),
      status: statuses[raw[i]![4] as keyof typeof statuses],
      added: Number(added) || 0,
      deleted: Number(deleted) || 0,
      binary: added === '-',
      blob: raw[i]![3]!,
    }
  })
}

/** The paths alone, without a look at what the files hold. */
export const changedPaths = (store: Store, base: string, tree: string): string[] =>
  compare(store, base, tree, ['-z', '--name-only'], []).stdout.toString().split('\0').filter(Boolean)

/** Whether a file that differs matches one of `globs` (git's own pathspec globs); with no globs, whether any differs. */
export function matches(store: Store, base: string, tree: string, globs: string[]): boolean {
  return compare(store, base, tree, ['--quiet'], globs, { accept: [0, 1] }).status === 1
}

/** Writes the patch to an open file, however large, without holding it. */
export function writePatch(store: Store, base: string, tree: string, fd: number): void {
  compare(store, base, tree, ['-p'], [], { stdoutFd: fd })
}
