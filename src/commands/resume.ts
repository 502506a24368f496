import { statusText } from '../core/report/status.ts'
import { cleanEntries } from '../core/text/clean.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'
import { ink } from './shared/terminal-styles.ts'

/** `countersign resume`: switches the gate on again; the cycle continues where it stood. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const { stateDir, state } = openSetup(cwd)
  if (state.paused) appendLedger(stateDir, cleanEntries([{ kind: 'resumed' }]), new Date().toISOString())
  const { state: now } = openSetup(cwd)
  print(json ? { paused: false } : `The gate is on.\n${statusText(now, ink)}`)
  return 0
}
