import { readSync } from 'node:fs'
import type { LineRange } from '../../model/changed-file.ts'
import type { Store } from '../../model/repository.ts'
import { namelessFile } from '../files/nameless-file.ts'
import { compare } from './tree-diff.ts'

/**
 * The lines of each changed file that are new or different in `tree`. Where lines were only taken out, the two lines
 * around the gap. A file whose lines cannot be compared (binary, mode alone, deleted) has no ranges.
 */
export function changedLines(store: Store, base: string, tree: string): Map<string, LineRange[]> {
  const { fd, close } = namelessFile(store.stateDir, `changed-lines.${process.pid}`)
  try {
    compare(store, base, tree, ['-p', '-U0'], [], { stdoutFd: fd })
    return readRanges(linesOf(fd))
  } finally {
    close()
  }
}

function readRanges(lines: Iterable<string>): Map<string, LineRange[]> {
  const ranges = new Map<string, LineRange[]>()
  let path = ''
  let inHeader = false
  for (const line of lines) {
    // Text from the files themselves always follows one of `+`, `-`, space and `\`, so only a header looks like this.
    if (line.startsWith('diff --git ')) inHeader = true
    else if (inHeader && line.startsWith('+++ ')) path = pathIn(line.slice(4))
    else if (line.startsWith('@@ ')) {
      inHeader = false
      const [, start, count = '1'] = /\+(\d+)(?:,(\d+))?/.exec(line)!
      const range = spanOf(Number(start), Number(count))
      if (path) ranges.set(path, [...(ranges.get(path) ?? []), range])
    }
  }
  return ranges
}

const spanOf = (start: number, count: number): LineRange =>
  count > 0 ? [start, start + count - 1] : [Math.max(1, start), start + 1]

/** The path in a `+++` line; empty for `/dev/null`. Git ends a path that has a space in it with a tab. */
function pathIn(text: string): string {
  if (!text.startsWith('"')) return text.replace(/\t$/, '').replace(/^(b\/|\/dev\/null$)/, '')
  const inner = text.slice(1, text.lastIndexOf('"'))
  const bytes = inner.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8)) : (escapes[letter] ?? letter),
  )
  return bytes.replace(/^b\//, '')
}
const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Reads a file from its start line by line, holding no more than a chunk and a line of it. */
function* linesOf(fd: number): Iterable<string> {
  let parts: Buffer[] = []
  for (let at = 0; ; ) {
    const chunk = Buffer.alloc(65_536)
    const size = readSync(fd, chunk, 0, chunk.length, at)
    if (size === 0) break
    at += size
    const bytes = chunk.subarray(0, size)
    const end = bytes.lastIndexOf(10)
    if (end >= 0) {
      yield* Buffer.concat([...parts, bytes.subarray(0, end)])
        .toString()
        .split('\n')
      parts = []
    }
    parts.push(bytes.subarray(end + 1))
  }
  yield Buffer.concat(parts).toString()
}
