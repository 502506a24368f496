import { readSync } from 'node:fs'
import type { Store } from '../../model/repository.ts'
import { namelessFile } from '../files/nameless-file.ts'
import { runGit } from './git.ts'
import { objectsEnv } from './private-index.ts'

const largestQuotedFile = 16 * 1024 * 1024
/** Characters; no system takes a longer path. */
const longestPath = 32_767

/** Where the bytes of a file lie in what git has written; null where it is none that can be quoted. */
type Place = { from: number; size: number } | null

/**
 * Looks up the texts of files in a tree, all by one git process, and hands them to `use`: null where there is no such file, or
 * it is binary or above 16 MB. No more than one of them is held. `use` may look up those of another tree.
 *
 * @param paths From the root, whatever a model has made of them.
 */
export function withFilesAt<T>(
  store: Store,
  tree: string,
  paths: string[],
  use: (fileAt: (path: string) => string | null) => T,
): T {
  const asked = [...new Set(paths)].filter(isAskable)
  if (asked.length === 0) return use(() => null)
  const { fd, close } = namelessFile(store.stateDir, `files.${process.pid}.${process.hrtime.bigint()}`)
  try {
    runGit(store.root, ['cat-file', '--batch'], {
      env: objectsEnv(store),
      input: asked.map(path => `${tree}:${path}\n`).join(''),
      stdoutFd: fd,
      // What git has not come to counts as not there.
      accept: [0, 128],
    })
    const places = new Map(placesIn(fd, asked))
    return use(path => textAt(fd, places.get(path) ?? null))
  } finally {
    close()
  }
}

/** The paths of everything in a tree: files, links, submodules. */
export function pathsIn(store: Store, tree: string): string[] {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree]
  const { stdout } = runGit(store.root, args, { env: objectsEnv(store) })
  return stdout.toString().split('\0').slice(0, -1)
}

/** The paths of all files of a tree that are neither links nor submodules. */
export function textFiles(store: Store, tree: string): string[] {
  const { stdout } = runGit(store.root, ['ls-tree', '-r', '-z', '--full-tree', tree], { env: objectsEnv(store) })
  return stdout
    .toString()
    .split('\0')
    .flatMap(line => /^100\d{3} blob \w+\t(.+)$/s.exec(line)?.[1] ?? [])
}

/** Git takes the other ones for several questions, or for paths from where it was started. */
const isAskable = (path: string): boolean =>
  path !== '' && path.length <= longestPath && !/[\0\n]/.test(path) && !/^\.{1,2}\//.test(path)

/** Git answers in the order of the questions: a line, and after that of an object its bytes and a newline. */
function* placesIn(fd: number, asked: string[]): Iterable<[string, Place]> {
  let at = 0
  for (const path of asked) {
    // One character a byte, so that its length is what it takes in the file.
    const line = lineAt(fd, at)
    at += line.length + 1
    const [, type, bytes] = /^[0-9a-f]{40,64} ([a-z]+) (\d+)$/.exec(line) ?? []
    if (!type) continue
    const size = Number(bytes)
    yield [path, type === 'blob' && size <= largestQuotedFile ? { from: at, size } : null]
    at += size + 1
  }
}

function lineAt(fd: number, from: number): string {
  const bytes: Buffer[] = []
  for (let at = from; ; ) {
    const chunk = Buffer.alloc(512)
    const got = chunk.subarray(0, readSync(fd, chunk, 0, chunk.length, at))
    const end = got.indexOf(0x0a)
    bytes.push(end < 0 ? got : got.subarray(0, end))
    if (end >= 0 || got.length === 0) return Buffer.concat(bytes).toString('latin1')
    at += got.length
  }
}

function textAt(fd: number, place: Place): string | null {
  if (!place) return null
  const bytes = Buffer.alloc(place.size)
  for (let read = 0; read < place.size; ) {
    const got = readSync(fd, bytes, read, place.size - read, place.from + read)
    if (got === 0) return null
    read += got
  }
  return bytes.includes(0) ? null : bytes.toString()
}
