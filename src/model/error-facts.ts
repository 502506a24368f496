/** What each kind of failure needs to be told about. A new kind is an entry here and one in the sentences of errors.ts. */
export type FactsOf = {
  /** Whatever was wrong with the command line, as a sentence. */
  usage: { problem: string; hint: string }
  'git-missing': Record<never, never>
  'git-failed': { detail: string }
  'no-directory': { cwd: string }
  'no-repository': { cwd: string }
  'no-worktree': { cwd: string }
  'gate-taken': { path: string }
  'left-out': { paths: string[] }
  'home-directory': { cwd: string }
  'not-the-root': { cwd: string; root: string }
  'confirmation-needed': { files: number }
  'settings-unreadable': { file: string; line: number; column: number; what: string }
  'manifest-unreadable': { file: string; problem: string }
  'manifest-unmerged': { file: string; line: number }
  'manifest-newer': { file: string; version: string; command: string }
  'setup-newer': { version: string; own: string; command: string }
  'config-unreadable': { file: string; line: number; column: number; problem: string }
  'no-setup': { command: string }
  locked: { pid: number; seconds: number }
  'not-ours': { path: string; paths: string[] }
  'not-deleted': { path: string }
  'no-conflict': { path: string; conflicts: string[] }
  'conflict-stale': { path: string }
  'no-merge': { path: string }
  'markers-left': { file: string; line: number }
  /** `git` is how it has to be called for paths from the root. */
  'edit-missing': { path: string; line: number; merged: string; git: string }
  'leads-outside': { path: string; target: string }
  'in-the-way': { path: string; is: string }
  'not-permitted': { path: string; reason: string }
  'not-writable': { path: string; reason: string }
  'write-failed': { path: string; reason: string; written: number }
  'changed-meanwhile': { path: string }
  'nothing-to-choose': { why: string }
  'pick-refused': { problem: string; ids: string[]; command: string }
  /** `prompt`: what to type in Claude Code instead. */
  'not-the-user': { command: string; prompt?: string }
  'program-missing': { program: string; package: string }
  'models-managed': { file: string; keys: string[] }
  interrupted: Record<never, never>
}

export type ErrorCode = keyof FactsOf
