import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { PlanRow } from '../../../core/setup/plan-parts.ts'
import { commandLines } from '../../../core/text/wrap.ts'
import { quoted } from '../../../errors/sentences.ts'
import { claudeDir, hooksDir } from '../../../model/paths.ts'
import { type Ignored, ignoredAmong, realWay } from '../../../shell/git/git-ignores.ts'
import { missingInCheckout } from '../../../shell/git/sparse.ts'
import { gitAt } from '../../shared/print.ts'
import { changesFile } from '../plan-print.ts'
import type { Site } from '../site.ts'

/** What lies around the files of a plan and decides what becomes of them. */
export type Surroundings = {
  /** Files of the plan that git keeps from everybody else. */
  ignored: Ignored[]
  /** Where files really are that lie behind a link inside the repository. */
  behindLinks: { path: string; real: string }[]
  /** The commands that add exactly what is written, as lines; none where there is nothing to add. */
  toAdd: string | null
}

/** Looks at the places of a plan's files. Writes nothing. */
export function surroundingsOf({ root, top }: Pick<Site, 'root' | 'top'>, rows: PlanRow[]): Surroundings {
  const there = rows
    .filter(({ action }) => changesFile(action) || action === 'keep')
    .filter(({ action }) => action !== 'remove')
  const ignored = ignoredAmong(
    root,
    there.map(({ path }) => path),
  )
  const written = there.filter(({ action }) => action !== 'keep').map(({ path }) => path)
  const ways = written.map(path => ({ path, real: realWay(root, path) }))
  const behindLinks = ways.flatMap(({ path, real }) => (real !== null && real !== path ? [{ path, real }] : []))
  const isIgnored = (path: string) => ignored.some(one => one.path === path)
  const addable = ways.flatMap(({ path, real }) => (real === null || isIgnored(path) ? [] : [real]))
  return { ignored, behindLinks, toAdd: addable.length > 0 ? commandsToAdd({ root, top }, addable) : null }
}

function commandsToAdd({ root, top }: Pick<Site, 'root' | 'top'>, paths: string[]): string {
  const fromTop = (path: string) => [...relative(top, root).split(/[\\/]/), path].filter(Boolean).join('/')
  const missing = missingInCheckout(top, fromTop(claudeDir), paths.map(fromTop))
  return [
    // Git takes no file that its sparse checkout leaves out.
    ...(missing.length === 0 ? [] : [commandLines(`${gitAt(top)} sparse-checkout add`, missing.map(quoted))]),
    commandLines(`${gitAt(root)} add`, inShort(root, paths).map(quoted)),
  ].join('\n')
}

/** A directory below `.claude` in which there is nothing else stands for its files. Hooks write logs beside themselves. */
function inShort(root: string, paths: string[]): string[] {
  const known = new Set(paths)
  const shortened = paths.map(path => {
    const folders = path
      .split('/')
      .slice(0, -1)
      .map((_, index, steps) => steps.slice(0, index + 1).join('/'))
    return folders.find(folder => folder.includes('/') && folder !== hooksDir && holdsOnly(root, folder, known)) ?? path
  })
  return [...new Set(shortened)]
}

/** Before and after the files are written: what is not there yet is no other file. */
function holdsOnly(root: string, folder: string, known: Set<string>): boolean {
  if (!existsSync(join(root, folder))) return true
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries.every(entry => {
    const path = join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/')
    return entry.isDirectory() || known.has(path)
  })
}
