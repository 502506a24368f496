import { posix } from 'node:path'
import type { Scope } from '../../model/repository.ts'
import { runGit } from './git.ts'
import { objectsEnv } from './private-index.ts'

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
