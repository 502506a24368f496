import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import {
  baseDir,
  configPath,
  configSchemaPath,
  conflictsDir,
  decisionsPath,
  fullHookPath,
  hookPath,
  localSettingsPath,
  manifestPath,
  settingsPath,
  worktreesDir,
} from '../../model/paths.ts'
import type { Scope } from '../../model/repository.ts'
import { realPlace, wayInside } from '../files/real-place.ts'
import { readAside } from '../suites/set-aside.ts'

// What Countersign itself keeps, and the permissions that Claude Code notes for one user. Spelt out from the root: globs that
// match at any depth make git a quarter slower.
const neverCounted = [
  ...[manifestPath, configSchemaPath, decisionsPath, `${baseDir}/**`, `${conflictsDir}/**`],
  localSettingsPath,
]

/** Claude Code's own checkouts of this repository, as git knows them; any other directory there counts. */
function checkouts({ root, home = '', commonDir }: Scope): string[] {
  const registered = join(commonDir, 'worktrees')
  const dir = join(root, home, worktreesDir)
  return listed(registered).flatMap(name => {
    const way = relative(dir, dirname(text(join(registered, name, 'gitdir'))))
    return way === '' || way.includes(sep) || way.startsWith('.') ? [] : [`${worktreesDir}/${escaped(way)}/**`]
  })
}

const escaped = (path: string): string => path.replace(/[\\*?[]/g, '\\$&')

function listed(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/** What the gate is made of: no glob of its own configuration takes that out of a change. */
const alwaysCounted = [settingsPath, configPath, hookPath, fullHookPath]

/** Those of them, from the root of the working tree, that a glob of `ignore` may cover; as a rule none. */
export const countedAllTheSame = ({ home = '', ignore }: Scope): string[] =>
  alwaysCounted.filter(path => ignore.some(glob => mayCover(plain(glob), path))).map(path => posix.join(home, path))

/** Where it cannot be told without git's own matching, yes. */
function mayCover(glob: string, path: string): boolean {
  const [start = '', end] = [glob.split(/[*?[\\]/, 1)[0], /[^*?[\]\\]*$/.exec(glob)![0]]
  if (!holdsInOrder(path, glob)) return false
  if (start === glob) return `${path}/`.startsWith(glob.replace(/\/*$/, '/'))
  return path.startsWith(start) && path.endsWith(end)
}

/** Whether the words of a glob, those without a wildcard, stand in the path one after the other: else it covers nothing there. */
function holdsInOrder(path: string, glob: string): boolean {
  const inPath = path.toLowerCase()
  let from = 0
  for (const word of glob
    .toLowerCase()
    .split(/\[[^\]]*\]|\\.|[*?/[\]\\]/)
    .filter(Boolean)) {
    const at = inPath.indexOf(word, from)
    if (at < 0) return false
    from = at + word.length
  }
  return true
}

const plain = (glob: string): string => glob.replace(/^(\.?\/)+/, '')

/** Pathspecs of what some globs of the setup's cover. */
export const globSpecs = (scope: Scope, globs: string[]): string[] =>
  globs.flatMap(glob => fromTop(scope, glob) ?? []).map(glob => `:(glob)${glob}`)

/** Pathspecs of everything that counts, or of everything that does not. */
export function pathspecs(scope: Scope, which: 'counted' | 'not-counted'): string[] {
  const { home = '', ignore, stateDir } = scope
  const ignored = ignore.map(plain).filter(Boolean)
  const globs = [...neverCounted, ...readAside(stateDir).globs, ...checkouts(scope), ...ignored].flatMap(
    glob => fromTop(scope, glob) ?? [],
  )
  return which === 'counted'
    ? [home === '' ? '.' : `:(literal)${home}`, ...globs.map(glob => `:(exclude,glob)${glob}`)]
    : globs.map(glob => `:(glob)${glob}`)
}

/**
 * A glob of the setup's as one from the root of the working tree. Git refuses whatever lies behind a link, so that it names
 * what the link leads to; null where that is nothing git could see.
 */
function fromTop({ root, home = '' }: Scope, glob: string): string | null {
  const steps = glob.split('/')
  const wild = steps.findIndex(step => /[*?[\\]/.test(step))
  const fixed = wild < 0 ? steps.length - 1 : wild
  const below = steps.slice(0, fixed)
  const named = posix.join(home, ...below)
  const dir = hasLink(join(root, home), below) ? behindLinks(root, named) : named
  if (dir === null) return null
  const rest = steps.slice(fixed).join('/')
  return dir === '' || dir === '.' ? rest : `${escaped(dir)}/${rest}`
}

/** Asked at every stop, so without what is slow: resolving paths, and exceptions. */
function hasLink(dir: string, steps: string[]): boolean {
  let at = dir
  for (const step of steps) {
    at = join(at, step)
    const found = lstatSync(at, { throwIfNoEntry: false })
    if (!found) return false
    if (found.isSymbolicLink()) return true
  }
  return false
}

function behindLinks(root: string, dir: string): string | null {
  const way = wayInside(root, realPlace(join(root, dir)))
  // A link that leads nowhere is still in the way.
  return way === null || hasLink(root, way.split('/')) ? null : way
}
