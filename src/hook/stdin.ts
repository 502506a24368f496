import { readSync } from 'node:fs'

const chunkBytes = 1 << 16
const patienceMs = 20_000

/**
 * Reads the event from stdin, synchronously: going through `process.stdin` would make the pipe non-blocking, and then a
 * late or large input is lost. Stops at the end of the JSON line without waiting for the pipe to be closed.
 */
export function readStdin(): string {
  const chunks: Buffer[] = []
  const waitUntil = Date.now() + patienceMs
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    const got = readChunk(chunk)
    if (got === 'later') {
      if (Date.now() > waitUntil) break
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

function readChunk(chunk: Buffer): number | 'later' {
  try {
    return readSync(0, chunk, 0, chunk.length, null)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return 'later'
    if (code === 'EOF' || code === 'EBADF') return 0
    throw error
  }
}
