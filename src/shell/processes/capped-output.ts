/** Gathers what a program prints, in bounded memory: the beginning and the end, which is where the reasons stand. */
export class CappedOutput {
  private readonly head: Buffer[] = []
  private headRoom: number
  /** A ring: byte `n` of what did not fit into the head lies at `n` modulo its length. */
  private readonly ring: Buffer
  private afterHead = 0

  /** Both limits in bytes. */
  constructor(headLimit = 64 * 1024, tailLimit = 256 * 1024) {
    this.headRoom = headLimit
    this.ring = Buffer.allocUnsafe(tailLimit)
  }

  take(chunk: Buffer): void {
    const toHead = chunk.subarray(0, this.headRoom)
    if (toHead.length > 0) this.head.push(toHead)
    this.headRoom -= toHead.length
    this.afterHead += chunk.length - toHead.length
    const toRing = chunk.subarray(Math.max(toHead.length, chunk.length - this.ring.length))
    const from = (this.afterHead - toRing.length) % this.ring.length
    const wrapped = toRing.copy(this.ring, from)
    toRing.copy(this.ring, 0, wrapped)
  }

  get truncated(): boolean {
    return this.afterHead > this.ring.length
  }

  /** What was kept; a line of its own says where something is missing. */
  text(): string {
    const size = this.ring.length
    if (!this.truncated) return Buffer.concat([...this.head, this.ring.subarray(0, this.afterHead)]).toString()
    const gap = Buffer.from(`\n… ${this.afterHead - size} bytes left out …\n`)
    const oldest = this.afterHead % size
    return Buffer.concat([...this.head, gap, this.ring.subarray(oldest), this.ring.subarray(0, oldest)]).toString()
  }
}

/**
 * Passes a stream of bytes on in blocks of whole lines.
 *
 * A line longer than `limit` bytes is passed on in pieces, so that one endless line cannot fill the memory.
 */
export class WholeLines {
  private rest: Buffer[] = []
  private restBytes = 0
  private readonly onBlock: (lines: Buffer) => void
  private readonly limit: number

  constructor(onBlock: (lines: Buffer) => void, limit = 8 * 1024 * 1024) {
    this.onBlock = onBlock
    this.limit = limit
  }

  take(chunk: Buffer): void {
    const end = chunk.lastIndexOf('\n') + 1
    this.hold(chunk.subarray(0, end))
    if (end > 0) this.flush()
    this.hold(chunk.subarray(end))
    if (this.restBytes >= this.limit) this.flush()
  }

  /** Passes on what is held back; call it when the stream has ended. */
  flush(): void {
    if (this.restBytes === 0) return
    const block = Buffer.concat(this.rest)
    this.rest = []
    this.restBytes = 0
    this.onBlock(block)
  }

  private hold(bytes: Buffer): void {
    if (bytes.length > 0) this.rest.push(bytes)
    this.restBytes += bytes.length
  }
}
