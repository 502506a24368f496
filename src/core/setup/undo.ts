import { conflictsDir } from '../../model/paths.ts'
import type { PlanWrite } from '../../model/setup/disk-file.ts'

/** What git needs to undo a plan, as pathspecs from the root: files to restore, and files to remove. */
export type Undo = { restored: string[]; cleared: string[] }

/**
 * Undoes all writes of a plan, provided that every file they replace is committed.
 *
 * @param there The files that were there before.
 */
export function undoOf(writes: PlanWrite[], there: string[]): Undo {
  const wasThere = (path: string) => there.some(file => file === path || file.startsWith(`${path}/`))
  // As a directory it leaves no empty ones behind.
  const clearedAs = (path: string) =>
    path.startsWith(`${conflictsDir}/`) && !wasThere(conflictsDir) ? conflictsDir : path
  return {
    restored: writes.filter(({ before }) => before !== null).map(({ path }) => path),
    cleared: [...new Set(writes.filter(({ before }) => before === null).map(({ path }) => clearedAs(path)))],
  }
}
