import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scope } from '../../../model/repository.ts'
import { withFilesAt } from '../../git/files-at.ts'
import { indexFile, names, withIndex } from '../../git/private-index.ts'
import { changedPaths } from '../../git/tree-diff.ts'

type Entry = { path: string; id: string; name: string }

/**
 * Files of which the tree does not have what lies on disk, and that are part of the change or were written since the last
 * look: a filter, `ident` or an encoding has made something else of them, now or when they were added. Where only line ends
 * differ it is the same text, and an LFS pointer, an id or UTF-16 under attributes of before the change says no less.
 *
 * Goes by the private index as the last fingerprint left it.
 */
export function converted(scope: Scope, base: string, tree: string, since: string | undefined): string[] {
  const changed = new Set(changedPaths(scope, base, tree))
  const from = since === undefined ? Number.POSITIVE_INFINITY : Date.parse(since)
  const entries = plainFiles(scope).filter(({ path, name }) => {
    const found = lstatSync(join(scope.root, name), { throwIfNoEntry: false })
    return found?.isFile() && (changed.has(path) || found.ctimeMs > from)
  })
  const raw = rawIds(scope, entries)
  const apart = entries.filter(({ id }, at) => raw[at] !== undefined && raw[at] !== id)
  const sameRules = ![...changed].some(path => /(^|\/)\.gitattributes$/.test(path))
  const paths = apart.map(({ path }) => path)
  return withFilesAt(scope, tree, paths, fileAt =>
    apart
      .filter(({ path, name }) => !isSaidBy(fileAt(path), readFileSync(join(scope.root, name)), sameRules))
      .map(({ path }) => path),
  )
}

function plainFiles(scope: Scope): Entry[] {
  const home = scope.home ? `${scope.home}/` : ''
  const listed = names(withIndex(scope, indexFile(scope), ['ls-files', '-s', '-z']).stdout)
  return listed.flatMap(line => {
    const [, id, name] = /^100\d+ (\w+) 0\t([^\n]+)$/.exec(Buffer.from(line, 'latin1').toString()) ?? []
    return id && name?.startsWith(home) ? [{ id, name, path: name.slice(home.length) }] : []
  })
}

/** What git would call these files if it took them as they lie there. None, where one of them cannot be read. */
function rawIds(scope: Scope, entries: Entry[]): string[] {
  if (entries.length === 0) return []
  const input = Buffer.from(entries.map(({ name }) => `${name}\n`).join(''))
  const args = ['hash-object', '--no-filters', '--stdin-paths']
  return withIndex(scope, indexFile(scope), args, { input, accept: [0, 128] })
    .stdout.toString()
    .split('\n')
    .filter(Boolean)
}

const unixEnds = (text: string): string => text.replace(/\r\n/g, '\n')

/** Whether a text in the tree says all that the bytes on disk do. */
function isSaidBy(inTree: string | null, bytes: Buffer, sameRules: boolean): boolean {
  if (inTree === null) return false
  const [there, here] = [unixEnds(inTree), unixEnds(bytes.toString())]
  if (there === here && Buffer.from(bytes.toString()).equals(bytes)) return true
  return sameRules && (isPointerTo(there, bytes) || there === withoutIds(here) || isUtf16Of(there, bytes))
}

const withoutIds = (text: string): string => text.replace(/\$Id: [0-9a-f]{40,64} \$/g, '$Id$')

/** @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const isPointerTo = (text: string, bytes: Buffer): boolean =>
  /^version https:\/\/git-lfs/.test(text) &&
  text.includes(`oid sha256:${createHash('sha256').update(bytes).digest('hex')}\n`)

const isUtf16Of = (text: string, bytes: Buffer): boolean =>
  ['utf-16le', 'utf-16be'].some(name => unixEnds(new TextDecoder(name).decode(bytes)) === text)
