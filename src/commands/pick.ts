import { choiceEntries, noList, pickedNone, readPick, standsAs } from '../core/cycle/choice.ts'
import { pickedUnseen } from '../core/cycle/take-choice.ts'
import { inOrder, offered, pickable, unreadOffered } from '../core/ledger/lists.ts'
import { runAfter } from '../core/ledger/replay.ts'
import type { Run } from '../core/ledger/state.ts'
import { cleanEntries } from '../core/text/clean.ts'
import { fileAndLine, someOf } from '../core/text/wording.ts'
import { UserError } from '../errors.ts'
import type { Setup } from '../model/repository.ts'
import { headCommit } from '../shell/git/head-commit.ts'
import { appendLedger } from '../shell/state/append-ledger.ts'
import { isInteractive, type Wishes } from '../shell/terminal.ts'
import { choiceRefused } from './shared/choice-refused.ts'
import { onlyForTheUser } from './shared/only-the-user.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'
import { treeNow } from './shared/tree-now.ts'
import { uncoveredNow } from './shared/uncovered-now.ts'

type Arguments = Wishes & { cwd: string; ids?: string[] | undefined }

/** `countersign pick`: the user's choice from the list, by ids or, on a terminal, by ticking. */
export async function run(args: Arguments): Promise<number> {
  const setup = openSetup(args.cwd)
  const { stateDir, scope, state } = setup
  onlyForTheUser('pick', state, args.ids?.length ? args.ids : ['F1'])
  const { run: current } = state
  if (!current || (pickable(current).length === 0 && unreadOffered(current).length === 0))
    throw new UserError('nothing-to-choose', { why: noList(current) })
  const ids = args.ids?.length ? fromWords(args.ids, current) : await fromTicks(args, current)
  if (ids === null) {
    print('Nothing was chosen. To fix none of them:\n  npx countersign pick none')
    return 0
  }
  const uncovered = ids.length > 0 ? undefined : uncoveredNow(setup, state)
  const entries = choiceEntries(current, ids, 'command', headCommit(scope), uncovered)
  const unseen = entries.length > 0 ? [pickedUnseen(entries, ids, 'command')] : []
  appendLedger(stateDir, cleanEntries([...unseen, ...entries]), new Date().toISOString())
  print(args.json ? { picked: ids } : pickedText(ids, entries.reduce(runAfter, current), setup))
  return 0
}

function fromWords(words: string[], current: Run): string[] {
  const read = readPick(words.join(' '), current)
  if ('ids' in read) return read.ids
  throw choiceRefused(read.problem, current, example)
}

/** Null: nothing is ticked. Enter alone may be pressed by mistake, and “none” signs the change. */
async function fromTicks(args: Arguments, current: Run): Promise<string[] | null> {
  const options = inOrder(pickable(current))
  const agreed = offered(current).filter(({ outcome }) => outcome === 'agreed')
  const files = unreadOffered(current)
  if (!isInteractive(args)) throw choiceRefused('no ids were given', current, example)
  const { multiselect } = await import('@clack/prompts')
  const { answered } = await import('./shared/ask.ts')
  const question = multiselect({
    message: 'Which findings should Claude fix? (space selects, enter confirms; for none, run `countersign pick none`)',
    required: false,
    initialValues: options.filter(({ fate }) => fate === 'picked').map(({ id }) => id),
    options: [
      ...(agreed.length > 1 ? [{ value: allAgreed, label: `All agreed (${agreed.length})` }] : []),
      ...options.map(finding => ({
        value: finding.id,
        label: `${finding.id} ${standsAs(finding)} · ${finding.title}`,
        hint: fileAndLine(finding),
      })),
      ...(files.length > 0 ? [{ value: signsUnread, label: `Sign without Codex having read: ${someOf(files)}` }] : []),
    ],
  })
  const ticked = await answered(question)
  const all = ticked.includes(allAgreed) ? agreed.map(({ id }) => id) : []
  const ids = options.map(({ id }) => id).filter(id => ticked.includes(id) || all.includes(id))
  // Alone, or it contradicts what is ticked beside it.
  if (ticked.includes(signsUnread)) return fromWords([...ids, 'unread'], current)
  return ids.length > 0 ? ids : null
}

/** These stand for no finding. */
const allAgreed = 'all agreed'
const signsUnread = 'unread'

/** What may be typed instead of a choice that cannot be read. */
const example = 'pick F1'

const pickedText = (ids: string[], run: Run, setup: Setup): string =>
  ids.length > 0
    ? `Picked ${ids.join(', ')}. Claude gets them as its task list with your next prompt, for example “continue”.`
    : `None picked: ${pickedNone(run, treeNow(setup))}.`
