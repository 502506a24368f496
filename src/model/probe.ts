/**
 * The top-level key of a payload by which `doctor` asks the hook whether it answers at all; its value comes back in the
 * answer. Such an event is answered without touching the ledger or anything else.
 *
 * A key of the payload, not an environment variable: payloads are made by Claude Code alone, whereas `env` in a settings
 * file would reach every event of every session. And the answer is never silent: whoever sees it in a session is told
 * that nothing was tested or reviewed.
 */
export const probeKey = 'countersign_probe'

/** What the hook says of itself, under the key `countersign` of its answer. */
export type ProbeAnswer = {
  /** The value it was asked with. */
  probe: string
  event: string
  /** Version of the bundle. */
  version: string
  /** Version of the Node that runs it, such as `v22.1.0`. */
  node: string
  /** The directory whose `.claude` it goes by; null outside git. */
  root: string | null
}
