import type { Deed, Speaker } from '../../model/ledger-entry.ts'
import { pickable, type Run } from '../ledger/state.ts'

/** Who a prompt came from instead of the user, for whoever reads that it does not count. */
export const notTheUser: Record<Exclude<Speaker, 'user'>, string> = {
  scheduled: 'Claude scheduled it',
  notification: 'it is a notification',
  agent: 'another agent sent it',
  nested: 'an agent started the session that sent it',
  forged: 'Claude Code did not send it',
  unplaced: 'this system does not show which program sent it',
}

const why = (by: string): string =>
  Object.hasOwn(notTheUser, by) ? notTheUser[by as never] : 'it did not come from you'

/** Tells Claude that a choice was not taken; it asks for nothing, so that the first line goes on. */
export const notTakenText = (run: Run, by: string): string =>
  `Countersign · choice · cycle ${run.cycle}: nothing was picked, since only the user can choose, and ${why(by)}. Change nothing for it; the user types \`pick F1\` or \`pick none\`.`

/** Tells the user what was done in their name elsewhere, a line each with the way back; null when nothing was. */
export function deedsMessage(deeds: Deed[], run: Run | null): string | null {
  if (deeds.length === 0) return null
  return deeds.map(deed => `! ${lineFor(deed)(deed, run)}`).join('\n')
}

const through = ({ by }: Deed, command: string): string =>
  by === 'command' ? `with \`countersign ${command}\`` : 'in another session'

const example = (run: Run | null): string => pickable(run)[0]?.id ?? 'F1'

type Line = (deed: Deed, run: Run | null) => string

/** A newer version may know of more. */
const lineFor = ({ what }: Deed): Line =>
  Object.hasOwn(told, what) ? told[what] : ({ names }) => `${what}: ${names.join(', ')}`

const told: Record<Deed['what'], Line> = {
  picked: (deed, run) =>
    deed.names.length > 0
      ? `${deed.names.join(', ')} picked ${through(deed, 'pick')}. If that was not you, type \`pick none\` or your own choice.`
      : `none picked ${through(deed, 'pick')}${deed.signed ? ', which countersigned the change' : ''}. If that was not you, type \`pick ${example(run)}\`; that opens it again.`,
  dismissed: (deed, run) =>
    `${deed.names.join(', ')} dismissed ${through(deed, 'dismiss')}${deed.signed ? ', which countersigned the change' : ''}. If that was not you, type \`pick ${deed.names[0] ?? example(run)}\` and remove the decision from .claude/countersign/decisions.jsonl.`,
  paused: deed =>
    `the gate was paused ${through(deed, 'pause')}: nothing is tested or reviewed. If that was not you, run \`npx countersign resume\`.`,
  resumed: deed =>
    `the gate was resumed ${through(deed, 'resume')}. If that was not you, run \`npx countersign pause\`.`,
  'gate-files': ({ names }) =>
    `gate files changed: ${names.join(', ')}. If that was not you, check them with \`git diff\`.`,
  'choice-refused': ({ names, by }) =>
    `“${names.join(', ')}” was not taken as your choice: ${why(by)}. If you meant it, type it here.`,
}
