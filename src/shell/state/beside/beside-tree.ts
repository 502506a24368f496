import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../../model/repository.ts'
import { treeOfCommit } from '../../git/fingerprint.ts'
import { GitError, runGit } from '../../git/git.ts'
import { commitsBeyond } from '../../git/history.ts'
import {
  copyIndex,
  dropUncounted,
  indexFile,
  makeObjectsDir,
  names,
  withIndex,
  writeTree,
} from '../../git/private-index.ts'
import { changedPaths } from '../../git/tree-diff.ts'
import { readKnown } from '../known-commits.ts'
import { converted } from './converted.ts'
import { editedIgnored } from './edited-ignored.ts'
import { forced } from './forced.ts'
import { unlisted } from './unlisted.ts'

/** What a signature is about: the tree it was given for, where its change began, and HEAD. */
type Signing = {
  base: string
  tree: string
  head: string | null
  /** The list of commits that were not made here, by its hash. */
  known: string | undefined
  /** ISO time of the last look. */
  since: string | undefined
  /** The tree that was signed last. */
  signed: string | null
  /** Trees that Codex has reviewed in this run. */
  reviewed: string[]
}

/** More than a user goes back to; each takes a process, and only where something differs. */
const mostSigned = 20

/**
 * Files of which HEAD holds something that is neither in the base nor in the tree, and that commits made here have put
 * there. A tree that was reviewed or signed earlier is as good as the base.
 */
function besideInHead(scope: Scope, signing: Signing): string[] {
  const { base, tree, head } = signing
  if (head === null) return []
  const known = signing.known === undefined ? null : readKnown(scope.stateDir, signing.known)
  const { tips = [], unsound = [], signed = [] } = known ?? {}
  if (tips.includes(head) && unsound.length === 0) return []
  const made = madeHere(scope, head, tips, unsound)
  if (made?.length === 0) return []
  const committed = treeOfCommit(scope, head)
  const sound = [tree, base, signing.signed, ...signing.reviewed, ...signed.slice(-mostSigned).reverse()]
  const apart = differingFromAll(scope, committed, sound)
  if (apart.length === 0 || made === null) return apart
  const touched = new Set(fromHome(scope, touchedBy(scope, made)))
  return apart.filter(path => touched.has(path))
}

/** Files of which the user's index holds something that is neither in HEAD, nor in the base, nor in the tree. */
function besideInIndex(scope: Scope, { base, tree, head, signed, reviewed }: Signing): string[] {
  const staged = stagedTree(scope)
  if (staged === null) return []
  const apart = differingFromAll(scope, staged, [base, tree, signed, ...reviewed])
  return apart.length === 0 || head === null
    ? apart
    : differingFromAll(scope, staged, [treeOfCommit(scope, head)], apart)
}

/** Commits below HEAD that no other tip reaches, and those of old that nobody has reviewed; null: too many to be told. */
function madeHere(scope: Scope, head: string, tips: string[], unsound: string[]): string[] | null {
  const beyond = commitsBeyond(scope, [head], tips)
  if (beyond === null) return null
  const outside = unsound.length === 0 ? [] : commitsBeyond(scope, unsound, [head])
  if (outside === null) return null
  const elsewhere = new Set(outside.map(({ id }) => id))
  return [...new Set([...beyond.map(({ id }) => id), ...unsound.filter(id => !elsewhere.has(id))])]
}

/** What these commits have changed, by paths as trees have them. */
function touchedBy(scope: Scope, commits: string[], specs: string[] = []): string[] {
  if (commits.length === 0) return []
  const args = ['diff-tree', '--stdin', '-r', '-m', '--root', '--no-commit-id', '--name-only', '--no-renames', '-z']
  const input = commits.map(id => `${id}\n`).join('')
  return names(runGit(scope.root, [...args, '--', ...specs], { input }).stdout)
}

const fromHome = ({ home = '' }: Scope, paths: string[]): string[] =>
  home === '' ? paths : paths.flatMap(path => (path.startsWith(`${home}/`) ? [path.slice(home.length + 1)] : []))

/** Files under these pathspecs that commits made here have changed; paths from the root. */
function committedHere(scope: Scope, { head, known }: Signing, specs: string[]): string[] {
  const { tips = [], unsound = [] } = (known === undefined ? null : readKnown(scope.stateDir, known)) ?? {}
  const made = head === null || tips.length === 0 ? [] : madeHere(scope, head, tips, unsound)
  return touchedBy(scope, made ?? [], specs).map(name => Buffer.from(name, 'latin1').toString())
}

/** Paths at which one tree differs from each of the others; one whose objects are gone is passed over. */
function differingFromAll(scope: Scope, one: string, others: (string | null)[], among?: string[]): string[] {
  let apart = among
  for (const other of new Set(others)) {
    if (other === null || apart?.length === 0) continue
    if (other === one) return []
    const differing = pathsBetween(scope, one, other)
    if (differing) apart = apart?.filter(path => differing.has(path)) ?? [...differing]
  }
  return apart ?? []
}

/** Null where the objects of the other are gone. */
function pathsBetween(scope: Scope, one: string, other: string): Set<string> | null {
  try {
    return new Set(changedPaths(scope, one, other))
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return null
  }
}

/** The tree that the user's index would be committed as; null where there is none, or a merge is not through. */
function stagedTree(scope: Scope): string | null {
  const theirs = join(scope.gitDir, 'index')
  if (!existsSync(theirs)) return null
  const index = `${indexFile(scope)}.${process.pid}`
  makeObjectsDir(scope)
  try {
    copyIndex(theirs, index)
    dropUncounted(scope, index)
    const unmerged = withIndex(scope, index, ['ls-files', '-u']).stdout.length > 0
    return unmerged ? null : writeTree(scope, index)
  } finally {
    for (const file of [index, `${index}.lock`]) rmSync(file, { force: true })
  }
}

/** All that lies beside a tree, by the place. `nested`: paths of the repositories inside. */
export function besideTree(scope: Scope, signing: Signing, nested: string[]): Record<string, string[]> {
  const { base, tree, head, since } = signing
  const byForce = forced(scope, since, head)
  const ignored = editedIgnored(scope, since, head, specs => committedHere(scope, signing, specs))
  return {
    head: besideInHead(scope, signing),
    staged: besideInIndex(scope, signing),
    unlisted: unlisted(scope, since, nested),
    forced: byForce,
    ignored: ignored.filter(path => !byForce.includes(path)),
    converted: converted(scope, base, tree, since),
  }
}
