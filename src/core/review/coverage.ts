import type { ChangedBlob } from '../../model/changed-file.ts'
import type { Unneeded } from '../../model/ledger/fields.ts'

/** What Codex has read of a change, over all reviews of its run. */
export type Coverage = {
  /** Changed files that were read as they are now. */
  reviewed: string[]
  /** All others. */
  notReviewed: string[]
  /** Of these, the ones that a signature has to name, since they are there to be read. */
  unread: string[]
  /** Of these, the ones that need no reading, by why. */
  unneeded: Record<string, Unneeded>
}

/** Files that a package manager writes, by its name for them. */
const lockFiles = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'deno.lock'],
  ...['cargo.lock', 'gemfile.lock', 'poetry.lock', 'pipfile.lock', 'uv.lock', 'pdm.lock', 'pixi.lock', 'composer.lock'],
  ...[
    'go.sum',
    'go.work.sum',
    'mix.lock',
    'rebar.lock',
    'pubspec.lock',
    'podfile.lock',
    'package.resolved',
    'flake.lock',
  ],
  ...['packages.lock.json', 'paket.lock', 'gradle.lockfile', 'module.bazel.lock', '.terraform.lock.hcl', 'shard.lock'],
])

/** Why a changed file needs no reading; null where it does. @param generated Marked `linguist-generated` where the change began. */
export function unneeded({ path, status, binary }: ChangedBlob, generated: boolean): Unneeded | null {
  if (status === 'deleted') return 'deleted'
  if (binary) return 'binary'
  return generated || lockFiles.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase()) ? 'generated' : null
}

/** Whether a file was read as it is now: once its bytes are others, it is to be read again. */
export const isRead = (read: Record<string, string>, { path, blob }: Pick<ChangedBlob, 'path' | 'blob'>): boolean =>
  Object.hasOwn(read, path) && read[path] === blob

type Known = {
  /** What was read in this run, each with the bytes it had. */
  read: Record<string, string>
  /** Paths marked `linguist-generated` where the change began. */
  generated: Set<string>
  /** What is never sent because of its name, and what was not sent because a limit was reached. */
  leftOut: string[]
  unsent: string[]
}

/** What of a change has been read, and what has not. @param files All changed files that may be sent. */
export function coverage(files: ChangedBlob[], { read, generated, leftOut, unsent }: Known): Coverage {
  const missing = files.filter(file => !isRead(read, file))
  const needless = missing.flatMap(file => {
    const why = unneeded(file, generated.has(file.path))
    return why ? [[file.path, why] as const] : []
  })
  const known = new Set([...needless.map(([path]) => path), ...unsent])
  return {
    reviewed: files.filter(file => isRead(read, file)).map(({ path }) => path),
    notReviewed: [...missing.map(({ path }) => path), ...leftOut],
    unread: missing.flatMap(({ path }) => (known.has(path) ? [] : [path])),
    unneeded: Object.fromEntries([...needless, ...leftOut.map(path => [path, 'left out'] as const)]),
  }
}

/**
 * Whether commands have opened a file: one of them names it, from the root or from where it went.
 *
 * @param places Absolute ways to the same content, such as the file that a diff was put into.
 */
export function isOpened(path: string, commands: string[], places: string[] = []): boolean {
  const slash = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
  return commands.some(
    command =>
      [path, ...places].some(place => standsIn(place, command)) ||
      (folder !== '' && standsIn(name, command) && standsIn(folder, command)),
  )
}

/** Whether a text has a name as a whole word of a command line, or as the end of a longer path. */
function standsIn(name: string, command: string): boolean {
  for (let at = command.indexOf(name); at >= 0; at = command.indexOf(name, at + 1))
    if (!isPart(command[at - 1]) && !isPart(command[at + name.length])) return true
  return false
}

const isPart = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}_.-]/u.test(sign)
