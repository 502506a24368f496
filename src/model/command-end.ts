/** How a command ended. */
export type CommandEnd = {
  /**
   * - `exited`: by itself, `exitCode` is set.
   * - `signalled`: something else killed it, `signal` is set.
   * - `timed-out`: we ended it at the deadline.
   * - `not-started`: there is no such program or directory.
   * - `stopped`: its supervisor was killed, and how the command would have ended is unknown.
   */
  ended: 'exited' | 'signalled' | 'timed-out' | 'not-started' | 'stopped'
  /** Null unless it exited; never read that as 0. */
  exitCode: number | null
  signal: NodeJS.Signals | null
}
