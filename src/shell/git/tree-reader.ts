import { posix } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { runGit } from './git.ts'
import { objectsEnv } from './private-index.ts'

/** Bytes; nobody writes more to be read by a model. */
const largestFile = 1024 * 1024
/** Links followed from one file to the next. */
const mostLinks = 5

/**
 * Reads files as they were when a change began: from its tree, and what does not count there from its commit.
 *
 * Links are followed as far as they stay in the repository. Paths go from the directory that is set up.
 */
export function treeReader(scope: Scope, { tree, head }: { tree: string; head: string | null | undefined }) {
  const home = scope.home ?? ''
  const places = [{ id: tree, from: '' }, ...(head ? [{ id: head, from: home }] : [])]
  const git = (args: string[]) =>
    runGit(scope.root, args, { env: objectsEnv(scope), accept: [0, 128], maxBytes: largestFile })
  const entry = (id: string, path: string) => {
    const listed = git(['ls-tree', '-z', '--full-tree', id, '--', path]).stdout.toString()
    const [, mode, blob, name] = /^(\d+) blob (\w+)\t([^\0]*)/.exec(listed) ?? []
    return mode && blob && name === path ? { mode, blob } : null
  }

  const readFrom = ({ id, from }: { id: string; from: string }, path: string, links = 0): string | null => {
    const found = entry(id, posix.join(from, path))
    if (!found) return null
    const { stdout, overflowed } = git(['cat-file', 'blob', found.blob])
    if (overflowed || stdout.includes(0)) return null
    if (found.mode !== '120000') return stdout.toString()
    const target = posix.join(posix.dirname(path), stdout.toString())
    return links < mostLinks && !/^(?:\/|\.\.(?:\/|$))/.test(target) ? readFrom({ id, from }, target, links + 1) : null
  }
  return {
    read: (path: string): string | null =>
      places.reduce<string | null>((found, place) => found ?? readFrom(place, path), null),
    list: (folder: string): string[] => {
      const names = places.flatMap(({ id, from }) => {
        const dir = `${posix.join(from, folder)}/`
        const listed = git(['ls-tree', '-r', '-z', '--name-only', '--full-tree', id, '--', dir]).stdout.toString()
        return listed
          .split('\0')
          .filter(Boolean)
          .map(name => posix.relative(from, name))
      })
      return [...new Set(names)]
    },
  }
}

/** More of them than any repository needs. */
const mostFiles = 100

/**
 * The `.gitattributes` of a tree that name an attribute, each with its folder. Of the tree alone: what the user's own files say
 * of attributes is no part of the change.
 */
export function attributesNaming(
  scope: Scope,
  tree: string,
  attribute: string,
  read: (path: string) => string | null,
): { folder: string; text: string }[] {
  const args = ['grep', '-z', '-l', '-I', '--full-name', '-F', attribute, tree, '--', ':(top,glob)**/.gitattributes']
  // 1: none names it.
  const { stdout } = runGit(scope.root, args, { env: objectsEnv(scope), accept: [0, 1] })
  const paths = stdout
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(found => found.slice(tree.length + 1))
  return paths.slice(0, mostFiles).flatMap(path => {
    const text = read(path)
    const folder = posix.dirname(path)
    return text === null ? [] : [{ folder: folder === '.' ? '' : folder, text }]
  })
}
