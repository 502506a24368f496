import { noList, readPick, signedAs } from '../core/cycle/choice.ts'
import { signed } from '../core/cycle/step.ts'
import { isUrgentBeyond } from '../core/ledger/kept.ts'
import { pickable, undecided, unread } from '../core/ledger/lists.ts'
import { runAfter } from '../core/ledger/replay.ts'
import type { Run, State } from '../core/ledger/state.ts'
import { cleanDecisions, cleanEntries } from '../core/text/clean.ts'
import { UserError } from '../errors.ts'
import type { Happening } from '../model/ledger/ledger-entry.ts'
import { decisionsPath } from '../model/paths.ts'
import type { Setup } from '../model/repository.ts'
import { headCommit } from '../shell/git/head-commit.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { addDecisions } from '../shell/state/decisions-file.ts'
import { gateHashes } from '../shell/state/gate-hashes.ts'
import { asDeed } from './shared/as-deed.ts'
import { choiceRefused } from './shared/choice-refused.ts'
import { onlyForTheUser } from './shared/only-the-user.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'
import { treeNow } from './shared/tree-now.ts'
import { uncoveredNow } from './shared/uncovered-now.ts'

type Arguments = { cwd: string; ids: string[]; reason: string; json?: boolean | undefined }

/** `countersign dismiss`: a won't-do decision, committed with the repository, that both models honour from now on. */
export async function run({ cwd, ids: words, reason, json }: Arguments): Promise<number> {
  const setup = openSetup(cwd)
  const { root, stateDir, state } = setup
  onlyForTheUser('dismiss', state)
  const { run: current } = state
  if (!current || pickable(current).length === 0) throw new UserError('nothing-to-choose', { why: noList(current) })
  const read = readPick(words.join(' '), current)
  if ('problem' in read) throw choiceRefused(read.problem, current, example)
  if (read.ids.length === 0) throw choiceRefused('“none” names no finding to dismiss', current, example)

  const dismissed = current.findings.filter(({ id }) => read.ids.includes(id))
  const watched = decided(root, state, () =>
    addDecisions(root, cleanDecisions(dismissed.map(({ title, file, kind }) => ({ title, file, kind, reason })))),
  )
  const entry: Happening = { kind: 'dismissed', ids: read.ids, reason }
  const after = runAfter(current, entry)
  const isDone = after.stage === 'choice' && undecided(after).length === 0 && unread(after).length === 0
  const end = isDone ? [signed(after, headCommit(setup.scope), uncoveredNow(setup, state))] : []
  const isSigned = end[0]?.kind === 'countersigned'
  const unseen = asDeed('dismissed', read.ids, isSigned)
  appendLedger(stateDir, cleanEntries([...watched, unseen, entry, ...end]), new Date().toISOString())
  print(
    json
      ? { dismissed: read.ids, countersigned: isSigned }
      : `Dismissed ${read.ids.join(', ')}. The decision is in ${decisionsPath}; commit it with your change.${isDone ? ` ${whatIsLeft(isSigned, current, setup)}` : ''}`,
  )
  return 0
}

/** Writes the decision, and records that this change to one of the gate's files was the user's own. */
function decided(root: string, { gateFiles }: State, decide: () => void): Happening[] {
  const hash = () => gateHashes(root, [decisionsPath])[decisionsPath] ?? null
  const isKnown = gateFiles !== null && (gateFiles[decisionsPath] ?? null) === hash()
  decide()
  return isKnown ? [{ kind: 'gate-files', files: { ...gateFiles, [decisionsPath]: hash() }, changed: [] }] : []
}

const whatIsLeft = (isSigned: boolean, current: Run, setup: Setup): string =>
  isSigned
    ? `Nothing is left to choose: ${signedAs(current, treeNow(setup))}.`
    : `Nothing is left to choose, but ${
        isUrgentBeyond(current.reviews.beyond)
          ? 'a review raised more critical or high findings than its list can take'
          : 'Codex has not seen all of the change'
      }, so it is not countersigned.`

/** What may be typed instead of a choice that cannot be read. */
const example = 'dismiss F1 --reason "why not"'
