import { counted } from '../text/wording.ts'
import { type Check, type CheckGroup, fault, ok, ownFix, warning } from './check.ts'

const checks: Check[] = [
  {
    id: 'state.writable',
    judge: ({ ledger }) =>
      ledger.writable
        ? ok('the ledger can be written')
        : fault(
            'The ledger cannot be written, so that no cycle can go on',
            'chmod -R u+rwX "$(git rev-parse --git-dir)/countersign"',
          ),
  },
  {
    id: 'state.ledger',
    judge: ({ ledger: { torn } }) =>
      torn === 0
        ? ok('every line of it can be read')
        : warning(
            `${counted(torn, 'line')} of the ledger cannot be read: a crash tore ${torn === 1 ? 'it' : 'them'}, and the cycle goes on without`,
            'npx countersign status',
          ),
  },
  {
    id: 'state.lock',
    judge({ lock }) {
      if (!lock) return ok('no hook is at work')
      if (lock.alive) return ok(`a hook is at work now (process ${lock.pid})`)
      return warning('A hook that was killed has left its lock behind', ownFix)
    },
  },
  {
    id: 'state.journal',
    judge({ journal }) {
      if (!journal) return ok('no change to the setup was cut short')
      if (journal.alive) return ok(`\`${journal.command}\` is changing the setup now`)
      return warning(
        `\`${journal.command}\` was cut short while it changed the setup`,
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
