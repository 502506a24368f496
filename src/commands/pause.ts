import { appendLedger } from '../shell/ledger.ts'
import { onlyForTheUser, openPlace, print } from './place.ts'

/** `countersign pause`: switches the gate off for this worktree, until `resume`. */
export async function run({ cwd, json }: { cwd: string; json?: boolean | undefined }): Promise<number> {
  const { stateDir, state } = openPlace(cwd)
  onlyForTheUser('pause', state)
  if (!state.paused) appendLedger(stateDir, [{ kind: 'paused' }], new Date().toISOString())
  print(
    json
      ? { paused: true }
      : 'Paused for this worktree: nothing is tested or reviewed. Go on with:\n  npx countersign resume',
  )
  return 0
}
