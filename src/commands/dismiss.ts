import { readPick } from '../core/choice.ts'
import { apply } from '../core/replay.ts'
import { choosable, pickable, type Run } from '../core/state.ts'
import { signed } from '../core/step.ts'
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
  if ('problem' in read) throw refused(read.problem, current)
  if (read.ids.length === 0) throw refused('“none” dismisses nothing', current)

  const dismissed = current.findings.filter(({ id }) => read.ids.includes(id))
  addDecisions(
    root,
    dismissed.map(({ title, file, kind }) => ({ title, file, kind, reason })),
  )
  const entry: Happening = { kind: 'dismissed', ids: read.ids, reason }
  const after = apply(state, entry).run!
  const isDone = after.stage === 'choice' && choosable(after).every(({ fate }) => fate !== 'pending')
  const entries = isDone ? [entry, signed(after, headCommit(scope))] : [entry]
  appendLedger(stateDir, entries, new Date().toISOString())
  const end = entries.at(-1)!.kind
  print(
    json
      ? { dismissed: read.ids, countersigned: end === 'countersigned' }
      : `Dismissed ${read.ids.join(', ')}; the decision is in ${decisionsPath}: commit it with your change.${
          ends[end] ?? ''
        }`,
  )
  return 0
}

const refused = (problem: string, current: Run): UserError<'pick-refused'> =>
  new UserError('pick-refused', {
    problem,
    ids: pickable(current).map(({ id }) => id),
    command: 'dismiss F1 --reason "why not"',
  })

const ends: Partial<Record<Happening['kind'], string>> = {
  countersigned: ' Nothing is left to choose, so the change is countersigned.',
  'let-go': ' Nothing is left to choose; part of the change was never sent to Codex, so it is not countersigned.',
}
