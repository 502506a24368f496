import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { conflictsDir } from '../../model/paths.ts'
import { manifestOf } from '../setup/current-setup.ts'

/** Paths in conflict: the manifest says so, or there is a `.merged` or a `.theirs` with the name of the user's own file. */
export function conflictsIn(root: string, followLinks: boolean): string[] {
  const laidOut = laidOutIn(join(root, conflictsDir))
  return [...new Set([...laidOut, ...recorded(root, followLinks)])].sort()
}

/** What another branch has ended is still in this one's manifest after a merge, or the other way round. */
function recorded(root: string, followLinks: boolean): string[] {
  try {
    const files = Object.entries(manifestOf({ root, followLinks }, 'doctor')?.files ?? {})
    return files.filter(([, { conflict }]) => conflict).map(([path]) => path)
  } catch (error) {
    // What is wrong with the manifest has a check of its own.
    if (error instanceof UserError) return []
    throw error
  }
}

function laidOutIn(directory: string): string[] {
  if (!existsSync(directory)) return []
  const found = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
  return found.map(path => path.replaceAll('\\', '/').replace(/\.(merged|theirs)$/, ''))
}
