import { copyFileSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { linkChildren } from '../files/linked-folder.ts'
import { runGit } from '../git/git.ts'
import { emptyTree, makeObjectsDir, withIndex } from '../git/private-index.ts'
import { withPrivateMask, withUsersMask } from '../processes/user-mask.ts'

/** Dependencies that git ignores and tests need. What is built from the tree (`target`, `dist`) is not among them. */
const dependencies = ['node_modules', '.venv', 'venv', 'vendor', 'deps', '.yarn', '.bundle']
/** Settings such as `.env`; what is larger, or more, is something that was made. */
const mostBytes = 256 * 1024
const mostFiles = 100

/**
 * Lays a tree out in an empty directory, and beside it what the working tree has of dependencies, linked, and of small files
 * that git ignores, copied. No link among them leads back to a tracked folder of the working tree.
 *
 * @param to Outside the working tree, so that nothing is found by looking upwards.
 * @returns The directory that stands for the one that is set up.
 * @throws {GitError} The tree cannot be laid out.
 */
export function layOut(scope: Scope, tree: string, to: string): string {
  const home = scope.home ?? ''
  const place = join(to, home)
  mkdirSync(place, { recursive: true })
  const index = join(scope.stateDir, `scratch-index.${process.pid}`)
  try {
    withPrivateMask(() => {
      makeObjectsDir(scope)
      withIndex(scope, index, ['read-tree', tree])
    })
    if (tree !== emptyTree(scope))
      withUsersMask(() => withIndex(scope, index, ['checkout-index', '-a', '-q', `--prefix=${place}/`]))
  } finally {
    for (const file of [index, `${index}.lock`]) rmSync(file, { force: true })
  }
  withUsersMask(() => bringIgnored(scope.root, to))
  return place
}

function bringIgnored(root: string, to: string): void {
  const args = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory', '--no-empty-directory']
  const ignored = runGit(root, args).stdout.toString().split('\0').filter(Boolean)
  for (const path of ignored.map(one => one.replace(/\/$/, '')).filter(one => dependencies.includes(basename(one))))
    linkChildren(join(root, path), join(to, path), root, to)
  for (const path of ignored.filter(one => !one.endsWith('/')).slice(0, mostFiles)) {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false })
    if (!found?.isFile() || found.size > mostBytes) continue
    mkdirSync(join(to, dirname(path)), { recursive: true })
    copyFileSync(join(root, path), join(to, path))
  }
}
