import { counted } from '../text/wording.ts'
import { type Check, type CheckGroup, fault, ok, ownFix, warning } from './check.ts'

const checks: Check[] = [
  {
    id: 'state.writable',
    judge: ({ ledger }) =>
      ledger.writable
        ? ok('the ledger can be written')
        : fault(
            'The ledger cannot be written, so no cycle can run',
            'chmod -R u+rwX "$(git rev-parse --git-dir)/countersign"',
          ),
  },
  {
    id: 'state.ledger',
    judge: ({ ledger: { torn } }) =>
      torn === 0
        ? ok('every line of the ledger can be read')
        : warning(
            `${counted(torn, 'line')} of the ledger cannot be read because of a crash; the cycle continues without ${torn === 1 ? 'it' : 'them'}`,
            'npx countersign status',
          ),
  },
  {
    id: 'state.lock',
    judge({ lock }) {
      if (!lock) return ok('no hook is running')
      if (lock.alive) return ok(`a hook is running now (process ${lock.pid})`)
      return warning('A hook was killed and left its lock behind', ownFix)
    },
  },
  {
    id: 'state.journal',
    judge({ journal }) {
      if (!journal) return ok('no change to the setup was interrupted')
      if (journal.alive) return ok(`\`${journal.command}\` is changing the setup now`)
      return warning(
        `\`${journal.command}\` was interrupted while it changed the setup`,
        `npx countersign ${journal.command}`,
      )
    },
  },
  {
    id: 'state.paused',
    judge: ({ ledger: { paused } }) =>
      paused
        ? warning('The gate is paused in this working tree', 'npx countersign resume')
        : ok('the gate is not paused'),
  },
]

export const state: CheckGroup = { name: 'State', checks }
