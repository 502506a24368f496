import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failsAlike, failsBesides, olderOf } from '../../core/suites/older.ts'
import type { Suite } from '../../model/config.ts'
import { GitError } from '../../shell/git/git.ts'
import { pythonPath, withPythonPath } from '../../shell/suites/python-paths.ts'
import { layOut } from '../../shell/suites/scratch-tree.ts'
import { type KnownRun, readRun, writeRun } from '../../shell/suites/suite-runs.ts'
import type { Effects } from './effects.ts'
import { type OneRun, runSuite, timeLeft } from './run-suite.ts'

/** Which failures the base has, too; `unclear`: why that cannot be told. */
export type Compared = { older: string[]; unclear: string | null; seconds: number }

/** A command that installs would write through the links into what the user works with. */
const installs =
  /\b(npm|pnpm|yarn|bun|pip3?|uv|poetry|pdm|pipenv|bundle|composer|mix)\b[^&|;]*\b(ci|i|install|add|sync|deps\.get|update)\b/

/**
 * Holds the failures of a run against the base of the change: the suite runs there once, in a scratch copy, and what is known
 * of it is kept. Whatever cannot be told is nobody's older failure.
 */
export async function compareWithBase(suite: Suite, now: OneRun, base: string, effects: Effects): Promise<Compared> {
  const unclear = (why: string, seconds = 0): Compared => ({ older: [], unclear: why, seconds })
  if (now.failing.length === 0) return unclear('its failing tests cannot be told from its output')
  const { scope } = effects.setup
  const known = readRun(scope, base, suite.command)
  if (known && isTold(known)) {
    const older = olderOf(now, known)
    // What a scratch copy of another change's tree came to holds for that change only.
    if (known.root !== null || !failsBesides(now, known)) return { older, unclear: null, seconds: 0 }
  }
  if (installs.test(suite.command)) return unclear('its command installs packages, which is not done for the base')
  // Twice, where the copy has to show that it can run what the working tree runs.
  if (timeLeft(effects) < now.seconds * 2500) return unclear('there is no time left in this stop to run the base')
  let seconds = 0
  try {
    const before = await runAt(base, suite, effects)
    seconds += before.seconds
    if (!isTold(before)) return unclear(`the base could not be run (${before.note ?? before.result})`, seconds)
    if (failsBesides(now, before)) {
      const control = await runAt(effects.sight.tree(), suite, effects)
      seconds += control.seconds
      if (!failsAlike(now, control)) return unclear('a copy of the base cannot run these tests', seconds)
    }
    const { result, failing, count } = before
    writeRun(scope, base, suite.command, { result, failing, count, seconds: before.seconds, at: timeNow(), root: null })
    return { older: olderOf(now, before), unclear: null, seconds }
  } catch (error) {
    if (!(error instanceof GitError) && (error as NodeJS.ErrnoException).code === undefined) throw error
    return unclear('the base cannot be laid out', seconds)
  }
}

const timeNow = (): string => new Date().toISOString()

/** Whether a run says of every test whether it failed: green, or red with names. */
const isTold = ({ result, failing }: Pick<KnownRun, 'result' | 'failing'>): boolean =>
  result === 'green' || ((result === 'red' || result === 'older') && failing.length > 0)

async function runAt(tree: string, suite: Suite, effects: Effects): Promise<OneRun> {
  const { root, scope } = effects.setup
  const to = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-base-')))
  try {
    const place = layOut(scope, tree, to)
    const run = await runSuite(suite, effects, {
      cwd: place,
      // Neither pip nor uv installs the copy in the place of the original.
      env: env => withPythonPath({ ...env, PIP_DRY_RUN: '1', UV_NO_SYNC: '1' }, pythonPath(root, place, env)),
    })
    return { ...run, failing: run.failing.map(failure => failure.replaceAll(to, scope.root)) }
  } finally {
    rmSync(to, { recursive: true, force: true, maxRetries: 3 })
  }
}
