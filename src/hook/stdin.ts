import { constants, fstatSync, openSync, readSync } from 'node:fs'

const chunkBytes = 1 << 16
/** Claude Code writes the event at once. Whoever has not in this time has forgotten us. */
const patienceSeconds = 10

/**
 * Reads the event from stdin, synchronously. Stops at the end of the JSON line without waiting for the pipe to be closed,
 * and gives up on one that never comes to its end: nobody is to wait for ever on a pipe that somebody left open.
 *
 * Claude Code hands over a socket. Only its first bytes are waited for without a limit: the way to read a socket without
 * waiting loads Node's streams, which would cost every event a fifth of Node's own start.
 */
export function readStdin(): string {
  const chunks: Buffer[] = []
  let [size, tried] = [0, 0]
  // Not the clock of `performance`, which loads ten modules that nothing else here needs.
  const waitUntil = process.uptime() + patienceSeconds
  const fd = pipeWithoutBlocking()
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const got = readChunk(fd, chunk)
    if (got === 'later') {
      if (process.uptime() > waitUntil) break
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      continue
    }
    if (got === 0) break
    chunks.push(chunk.subarray(0, got))
    size += got
    // The event is one line: a newline inside it would be escaped, so that a raw one is its end. Where none is sent, the
    // event is there when it can be read; trying that at every brace of a large one would take minutes.
    if (got < chunkBytes && chunk[got - 1] === 0x0a) break
    if (got < chunkBytes && chunk[got - 1] === 0x7d && size >= 2 * tried) {
      if (isWhole(text(chunks))) break
      tried = size
    }
    if (chunks.length === 1 && fd === 0) socketWithoutBlocking()
  }
  return text(chunks)
}

const text = (chunks: Buffer[]): string =>
  Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '')

function isWhole(event: string): boolean {
  try {
    JSON.parse(event)
    return true
  } catch {
    return false
  }
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

/** A pipe as a descriptor whose reads say “later” instead of waiting; anything else as it is. */
function pipeWithoutBlocking(): number {
  try {
    // Opened anew, so that whoever shares the pipe with us keeps reading as before.
    if (process.platform === 'linux' && fstatSync(0).isFIFO())
      return openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK)
  } catch {
    // Closed, or not to be opened again: read it as it is.
  }
  return 0
}

/** Makes stdin say “later” where it is a socket or, elsewhere than on Linux, a pipe. */
function socketWithoutBlocking(): void {
  try {
    const stdin = fstatSync(0)
    // Only asking for the stream does it; nothing is read from it by that.
    if (process.platform !== 'win32' && (stdin.isSocket() || stdin.isFIFO())) process.stdin
  } catch {
    // Closed meanwhile.
  }
}
