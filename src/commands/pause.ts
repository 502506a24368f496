import { cleanEntries } from '../core/text/clean.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { asDeed } from './shared/as-deed.ts'
import { onlyForTheUser } from './shared/only-the-user.ts'
import { onlyWhereSetUp, openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

/** `countersign pause`: switches the gate off for this worktree, until `resume`. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const setup = openSetup(cwd)
  const { stateDir, state } = setup
  onlyWhereSetUp('pause', setup)
  onlyForTheUser('pause', state)
  if (!state.paused)
    appendLedger(stateDir, cleanEntries([asDeed('paused'), { kind: 'paused' }]), new Date().toISOString())
  print(
    json
      ? { paused: true }
      : 'The gate is paused in this working tree: nothing is tested or reviewed. To switch it on again:\n  npx countersign resume',
  )
  return 0
}
