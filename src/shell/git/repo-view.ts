import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RepoView } from '../../model/setup/repo-facts.ts'
import { runGit } from './git.ts'

const maxBytes = 1_000_000

/** Tools look for these upward; which one there is decides how tests are run. */
const lockfiles = [
  ...[
    'pnpm-lock.yaml',
    'yarn.lock',
    '.yarnrc.yml',
    'bun.lock',
    'bun.lockb',
    'package-lock.json',
    'npm-shrinkwrap.json',
  ],
  ...['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'],
]

/** Git ignores virtual environments; that one is there decides which Python runs the tests. */
const environments = ['.venv/pyvenv.cfg', 'venv/pyvenv.cfg', 'env/pyvenv.cfg']

/**
 * What detection may see of a directory: the files git tracks or would track in it, and their texts, read when asked for.
 *
 * @param top The root of the working tree. A package without a lockfile of its own has the one that lies above it.
 */
export function repoView(root: string, top = root): RepoView {
  const listed = runGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).stdout.toString()
  const files = [
    ...new Set([
      ...listed.split('\0').filter(Boolean),
      ...locksAbove(root, top),
      ...environments.filter(file => existsSync(join(root, file))),
    ]),
  ].sort()
  const known = new Set(files)
  return {
    name: basename(root),
    platform: process.platform,
    files,
    read: path => (known.has(path) ? readText(join(root, path)) : undefined),
  }
}

function locksAbove(root: string, top: string): string[] {
  for (let at = root; ; at = dirname(at)) {
    const found = lockfiles.filter(file => existsSync(join(at, file)))
    if (found.length > 0 || at === top || at === dirname(at)) return at === root ? [] : found
  }
}

/** Undefined for what is missing, huge, binary or no plain file: an unmerged or deleted path is listed all the same. */
function readText(path: string): string | undefined {
  try {
    const stat = statSync(path)
    if (!stat.isFile() || stat.size > maxBytes) return undefined
    const text = readFileSync(path, 'utf8')
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
