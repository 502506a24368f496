import {
  appendFileSync,
  constants,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { claudeDir, worktreesDir } from '../model/paths.ts'
import { linkChildren } from '../shell/files/linked-folder.ts'
import { locate, runGit } from '../shell/git/git.ts'

/** What a copy holds. Paths from the root. */
export type RepoCopy = {
  /** Number of files copied. */
  files: number
  /** Ignored folders of dependencies, whose content is linked because the tests need it. */
  linked: string[]
  /** Everything else that git ignores, which the copy does not have. */
  leftOut: string[]
}

const dependencies = ['node_modules', '.venv', 'venv', 'vendor', 'deps', '.yarn']

/**
 * Copies the files of a working tree that git tracks or would track, and Claude Code's own in `.claude`, into an empty
 * folder. Dependencies are linked entry by entry, so that what tools write beside them stays in the copy.
 */
export function copyRepository(root: string, to: string): RepoCopy {
  const tracked = list(root, '--cached', '--others', '--exclude-standard')
  const ignored = list(root, '--others', '--ignored', '--exclude-standard', '--directory', '--no-empty-directory')
  const own = list(root, '--others', '--ignored', '--exclude-standard', '--', claudeDir).filter(
    path => !path.startsWith(`${worktreesDir}/`),
  )
  const files = [...new Set([...tracked, ...own])].filter(path => copyEntry(join(root, path), join(to, path)))
  const linked = ignored.map(path => path.replace(/\/$/, '')).filter(path => dependencies.includes(basename(path)))
  for (const path of linked) linkChildren(join(root, path), join(to, path), root, to)
  const leftOut = ignored.filter(path => !linked.includes(path.replace(/\/$/, '')) && !path.startsWith(`${claudeDir}/`))
  return { files: files.length, linked, leftOut }
}

/** Keeps ignored in the copy what is ignored in the original by other means than `.gitignore`. */
export function copyExcludes(root: string, to: string, linked: string[]): void {
  const file = join(locate(root)?.commonDir ?? join(root, '.git'), 'info', 'exclude')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  mkdirSync(join(to, '.git', 'info'), { recursive: true })
  appendFileSync(join(to, '.git', 'info', 'exclude'), `\n${text}\n${linked.map(path => `/${path}`).join('\n')}\n`)
}

function list(root: string, ...args: string[]): string[] {
  return runGit(root, ['ls-files', '-z', ...args])
    .stdout.toString()
    .split('\0')
    .filter(Boolean)
}

/** Returns false for what is listed and not there: a file that was deleted and not yet staged as such. */
function copyEntry(from: string, to: string): boolean {
  const stat = lstatSync(from, { throwIfNoEntry: false })
  if (!stat) return false
  mkdirSync(dirname(to), { recursive: true })
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  // A repository inside this one, which git lists as one entry.
  else if (stat.isDirectory()) cpSync(from, to, { recursive: true, filter: path => basename(path) !== '.git' })
  else if (stat.isFile()) copyFileSync(from, to, constants.COPYFILE_FICLONE)
  return true
}
