/** Directories that test runs make for themselves. */
const reportDirs =
  /^(coverage|lcov-report|htmlcov|test-results?|test-reports?|playwright-report|TestResults|allure-(results|report)|\.nyc_output|\.pytest_cache|\.(mypy|ruff|hypothesis)(_cache)?|__pycache__|\.?cache|te?mp)$/
/** Files that a run writes beside them: reports, databases, logs, coverage. */
const reports =
  /^(junit|coverage|test-?(results?|reports?))([-_.][\w.-]+)?\.(xml|json|txt|html|out)$|^\.coverage(\..*)?$|\.(xml|trx|tap|log|lcov|info|db|sqlite3?|db-(journal|wal|shm)|gcda|gcno|gcov|profraw|profdata|prof|pyc|pid|tmp)$/i
/** What a run writes for people to look through and keep. */
const keepsakes = /snap|golden|approved|baseline|fixture/i

/**
 * Of files that only a test run has added, what is set aside: as globs, a directory of reports as one. Snapshots are part of the
 * change, and so is whatever may as well be somebody's work.
 *
 * @param added Paths that were not there before the run.
 * @param before Whether there was something below a directory.
 */
export function leftovers(added: string[], before: (directory: string) => boolean): string[] {
  const globs = added.flatMap(path => {
    if (keepsakes.test(path)) return []
    const steps = path.split('/')
    const depth = steps.slice(0, -1).findIndex(step => reportDirs.test(step))
    const directory = steps.slice(0, depth + 1).join('/')
    if (depth >= 0 && !before(directory)) return [`${escaped(directory)}/**`]
    return reports.test(steps.at(-1)!) ? [escaped(path)] : []
  })
  return [...new Set(globs)]
}

/** A path as a glob that means it alone. */
export const escaped = (path: string): string => path.replace(/[\\*?[]/g, '\\$&')

/** A glob of `leftovers` as people write it. */
export const shownLeftover = (glob: string): string => glob.replace(/\*\*$/, '').replace(/\\(.)/g, '$1')
