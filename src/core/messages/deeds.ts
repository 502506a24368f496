import type { Deed } from '../../model/ledger/users-word.ts'
import { pickable } from '../ledger/lists.ts'
import type { Run } from '../ledger/state.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'
import { whyNotYou } from './run-lines.ts'

/** Tells Claude that a choice was not taken; it asks for nothing, so that the first line goes on. */
export const notTakenText = (run: Run, by: string): string =>
  `Countersign · choice · cycle ${run.cycle}: nothing was picked, since only the user can choose, and ${whyNotYou(by)}. Change nothing for it; the user types \`pick F1\` or \`pick none\`.`

/**
 * Tells the user what was done in their name elsewhere, a line each with the way back; null when nothing was.
 *
 * @param stays Whether the list stays: with the next run another one takes its place.
 */
export function deedsMessage(deeds: Deed[], run: Run | null, stays = true): string | null {
  if (deeds.length === 0) return null
  return deeds.map(deed => `! ${lineFor(deed)(deed, run, stays)}`).join('\n')
}

const through = ({ by }: Deed, command: string): string =>
  by === 'command' ? `with \`countersign ${command}\`` : 'in another session'

const example = (run: Run | null): string => pickable(run)[0]?.id ?? 'F1'

/** How the list is taken up again. */
const again = (run: Run | null, stays: boolean): string =>
  stays
    ? `type \`pick ${example(run)}\`; that opens it again.`
    : `tell Claude what to fix, since the change after it is reviewed next: ${pickable(run)
        .map(one => `${oneLine(one.title)} (${fileAndLine(one)})`)
        .join('; ')}`

type Line = (deed: Deed, run: Run | null, stays: boolean) => string

/** A newer version may know of more. */
const lineFor = ({ what }: Deed): Line =>
  Object.hasOwn(told, what) ? told[what] : ({ names }) => `${what}: ${names.join(', ')}`

const told: Record<Deed['what'], Line> = {
  picked: (deed, run, stays) =>
    deed.names.length > 0
      ? `${deed.names.join(', ')} picked ${through(deed, 'pick')}. If that was not you, type \`pick none\` or your own choice.`
      : `none picked ${through(deed, 'pick')}${deed.signed ? ', which countersigned the change' : ''}. If that was not you, ${again(run, stays)}`,
  dismissed: (deed, run, stays) =>
    `${deed.names.join(', ')} dismissed ${through(deed, 'dismiss')}${deed.signed ? ', which countersigned the change' : ''}. If that was not you, remove the decision from .claude/countersign/decisions.jsonl and ${again(run, stays)}`,
  paused: deed =>
    `the gate was paused ${through(deed, 'pause')}: nothing is tested or reviewed. If that was not you, run \`npx countersign resume\`.`,
  resumed: deed =>
    `the gate was resumed ${through(deed, 'resume')}. If that was not you, run \`npx countersign pause\`.`,
  'gate-files': ({ names }) =>
    `gate files changed: ${names.join(', ')}. If that was not you, check them with \`git diff\`.`,
  'settings-off': ({ names }) =>
    `a settings change between two turns switches the gate off or steers it: ${names.join('; ')}. To check it:\n  npx countersign doctor`,
  environment: ({ names }) =>
    `${names.join(', ')} changed in this session since your last prompt, by which Codex, git or the tests may be others. It applies from this prompt on. If that was not you, start Claude Code again.`,
  'settings-refused': ({ names }) =>
    `a settings change that switches the gate off or steers it was refused while Claude was working: ${names.join('; ')}. The file still has it, so a new session would run without the gate. To check it:\n  npx countersign doctor`,
  forgotten: ({ names }) =>
    `the gate has no record of this session: .git/countersign was removed, or the setup came, after it had begun. Reviews, findings and choices that were pending are lost. ${names.join('; ')}.`,
  'left-in-remote': ({ names }) =>
    `commits made in the last session were pushed, are not in HEAD and were not reviewed: ${names.join('; ')}.`,
  asked: ({ names, pid }) =>
    `another session here was asked: “${oneLine(names.join(', '))}”. If that was not you, end it${pid ? ` (process ${pid})` : ''} and check what it changed with \`git diff\`.`,
  'choice-refused': ({ names, by }) =>
    `“${names.join(', ')}” was not taken as your choice: ${whyNotYou(by)}. If you meant it, type it here.`,
}
