import { doingNow } from '../core/report/now.ts'
import { statusJson, statusText } from '../core/report/status.ts'
import { lockName } from '../model/paths.ts'
import type { Setup } from '../model/repository.ts'
import { fingerprint } from '../shell/git/fingerprint.ts'
import { GitError } from '../shell/git/git.ts'
import { configText } from '../shell/state/cached-config.ts'
import { readConfig } from '../shell/state/config-file.ts'
import { heldText, textInForce } from '../shell/state/config-in-force.ts'
import { heldBy } from '../shell/state/lock.ts'
import { healIfFree } from './setup/heal.ts'
import { ink } from './shared/ink.ts'
import { onlyWhereSetUp, openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

/** `countersign status`: where the cycle stands, on one screen. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const setup = openSetup(cwd)
  const { root, stateDir, entries, state } = setup
  healIfFree({ root, stateDir })
  onlyWhereSetUp('report', setup)
  const now = doingNow(state, entries, heldBy(stateDir, lockName))
  print(json ? statusJson(state, now) : statusText(state, ink, now, treeNow(setup)))
  const loaded = readConfig(configText(root) ?? 'version: 1')
  if ('config' in loaded) return 0
  for (const { file, line, column, problem } of loaded.problems)
    process.stderr.write(`${file}:${line}:${column}: ${problem}\n`)
  process.stderr.write(
    heldText(stateDir) === undefined
      ? 'Until this is fixed, nothing is tested or reviewed.\n'
      : 'Until this is fixed, the configuration of your last prompt applies.\n',
  )
  return 78
}

/** Null where git cannot tell. */
function treeNow({ root, scope }: Setup): string | null {
  const loaded = readConfig(textInForce(root, scope.stateDir) ?? 'version: 1')
  try {
    return fingerprint({ ...scope, ignore: 'config' in loaded ? loaded.config.ignore : [] })
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    return null
  }
}
