import { statusText } from '../core/report/status.ts'
import { cleanEntries } from '../core/text/clean.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { asDeed } from './shared/as-deed.ts'
import { ink } from './shared/ink.ts'
import { onlyForTheUser } from './shared/only-the-user.ts'
import { onlyWhereSetUp, openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

/** `countersign resume`: switches the gate on again; the cycle continues where it stood. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const setup = openSetup(cwd)
  const { stateDir, state } = setup
  onlyWhereSetUp('resume', setup)
  onlyForTheUser('resume', state)
  if (state.paused)
    appendLedger(stateDir, cleanEntries([asDeed('resumed'), { kind: 'resumed' }]), new Date().toISOString())
  const { state: now } = openSetup(cwd)
  print(json ? { paused: false } : `The gate is on.\n${statusText(now, ink)}`)
  return 0
}
