import { readPick } from '../core/choice.ts'
import { apply } from '../core/replay.ts'
import { choosable, pickable } from '../core/state.ts'
import { UserError } from '../errors.ts'
import type { Happening } from '../model/ledger-entry.ts'
import { headCommit } from '../shell/git.ts'
import { appendLedger } from '../shell/ledger.ts'
import { addDecisions, decisionsPath } from '../shell/project-rules.ts'
import { onlyForTheUser, openPlace, print } from './place.ts'

type Arguments = { cwd: string; ids: string[]; reason: string; json?: boolean | undefined }

/** `countersign dismiss`: a won't-do decision, committed with the repository, that both models honour from now on. */
export async function run({ cwd, ids: words, reason, json }: Arguments): Promise<number> {
  const { root, stateDir, scope, state } = openPlace(cwd)
  onlyForTheUser('dismiss', state)
  const { run: current } = state
  if (!current || pickable(current).length === 0) throw new UserError('nothing-to-choose', {})
  const read = readPick(words.join(' '), current)
  const ids = pickable(current).map(({ id }) => id)
  if ('problem' in read) throw new UserError('pick-refused', { problem: read.problem, ids })

  const dismissed = current.findings.filter(({ id }) => read.ids.includes(id))
  addDecisions(
    root,
    dismissed.map(({ title, file, kind }) => ({ title, file, kind, reason })),
  )
  const entry: Happening = { kind: 'dismissed', ids: read.ids, reason }
  const after = apply(state, entry).run!
  const done = after.stage === 'choice' && choosable(after).every(({ fate }) => fate !== 'pending')
  const signed: Happening = { kind: 'countersigned', tree: after.tree, head: headCommit(scope), cycle: after.cycle }
  appendLedger(stateDir, done ? [entry, signed] : [entry], new Date().toISOString())
  print(
    json
      ? { dismissed: read.ids, countersigned: done }
      : `Dismissed ${read.ids.join(', ')}; the decision is in ${decisionsPath}: commit it with your change.${
          done ? ' Nothing is left to choose, so the change is countersigned.' : ''
        }`,
  )
  return 0
}
