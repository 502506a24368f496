import { constants, fstatSync, openSync, readSync } from 'node:fs'

const chunkBytes = 1 << 16
/** Claude Code writes the event at once. Whoever has not in this time has forgotten us. */
const patienceMs = 10_000

/**
 * Reads the event from stdin, synchronously. Stops at the end of the JSON line without waiting for the pipe to be closed,
 * and gives up on one that never comes: nobody is to wait for ever on a pipe that somebody left open.
 */
export function readStdin(): string {
  const chunks: Buffer[] = []
  const waitUntil = performance.now() + patienceMs
  const fd = withoutBlocking()
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const got = readChunk(fd, chunk)
    if (got === 'later') {
      if (performance.now() > waitUntil) break
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      continue
    }
    if (got === 0) break
    chunks.push(chunk.subarray(0, got))
    // The event is one line. A newline inside it would be escaped, so that a raw one is its end.
    if (got < chunkBytes && chunk[got - 1] === 0x0a) break
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
}

function readChunk(fd: number, chunk: Buffer): number | 'later' {
  try {
    return readSync(fd, chunk, 0, chunk.length, null)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return 'later'
    if (code === 'EOF' || code === 'EBADF') return 0
    throw error
  }
}

/** Stdin as a descriptor whose reads say “later” instead of waiting. Elsewhere than on POSIX, and for a file, as it is. */
function withoutBlocking(): number {
  try {
    const stdin = fstatSync(0)
    // Opened anew, so that whoever shares the pipe with us keeps reading as before.
    if (process.platform === 'linux' && stdin.isFIFO())
      return openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK)
    // Only asking for the stream makes a socket non-blocking; nothing is read from it by that.
    if (process.platform !== 'win32' && (stdin.isSocket() || stdin.isFIFO())) process.stdin
  } catch {
    // Closed, or not to be opened again: read it as it is.
  }
  return 0
}
