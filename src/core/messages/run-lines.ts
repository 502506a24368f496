import type { Voice } from '../../model/ledger/users-word.ts'
import { priorities } from '../../model/priority.ts'
import { choosable } from '../ledger/lists.ts'
import { findingsWith, type Owed, type Run } from '../ledger/state.ts'
import { localTime } from '../text/local-time.ts'
import { counted, duration } from '../text/wording.ts'

/** Who a prompt came from instead of the user, for whoever reads that it does not count. */
const notTheUser: Record<Exclude<Voice, 'user'>, string> = {
  scheduled: 'Claude scheduled it',
  notification: 'it is a notification',
  agent: 'another agent sent it',
  nested: 'an agent started the session that sent it',
  forged: 'Claude Code did not send it',
  unplaced: 'this system does not show which program sent it',
  hook: 'a SessionStart hook of somebody else can have sent it as the first words of this session, so it has to be typed once more',
}

/** Why a prompt does not count, by what the ledger says of it. */
export const whyNotYou = (by: string): string =>
  Object.hasOwn(notTheUser, by) ? notTheUser[by as keyof typeof notTheUser] : 'it did not come from you'

/** Words with which Codex names the time itself; any other was assumed. */
const namesTime = /again (?:in|at|after|on) [^.\n]*\d/i

/**
 * `could not review (rate-limited until 2026-11-23 14:00)`: never to be taken for approval or for a finding. Without a full
 * stop, since some go on after it.
 */
export function unreviewed({ reason, until, detail }: Pick<Owed, 'reason' | 'until' | 'detail'>): string {
  const about = namesTime.test(detail) ? '' : 'about '
  const when = reason === 'rate-limited' && until ? ` until ${about}${localTime(until)}` : ''
  return `could not review (${reason}${when})${detail ? `: ${detail.replace(/\.+$/, '')}` : ''}`
}

/** `agreed: 1 high, 2 low · disputed: 1 · agreed not needed: 1`. */
export function agreement(run: Run): string {
  const agreed = choosable(run).filter(({ outcome, fate }) => outcome === 'agreed' && fate === 'pending')
  const rest = [
    ['disputed', choosable(run).filter(({ outcome, fate }) => outcome === 'disputed' && fate === 'pending').length],
    ['agreed not needed', findingsWith(run, 'not-needed').length],
  ] as const
  const parts = rest.filter(([, count]) => count > 0).map(([name, count]) => `${name}: ${count}`)
  return [`agreed: ${agreed.length > 0 ? byPriority(agreed) : 'none'}`, ...parts].join(' · ')
}

/** What a run has cost so far. */
export function bill(run: Run): string {
  const { codexCalls, rounds, seconds, inputTokens, outputTokens, cachedTokens = 0 } = run.bill
  const cached = cachedTokens > 0 ? ` (${cachedTokens} cached)` : ''
  return [
    counted(codexCalls, 'Codex call'),
    rounds > 0 && counted(rounds, 'debate round'),
    duration(seconds),
    inputTokens + outputTokens > 0 && `${inputTokens} tokens in${cached}, ${outputTokens} out`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** `1 high, 2 low`. */
export function byPriority(findings: { priority: string }[]): string {
  return priorities
    .map(priority => [findings.filter(finding => finding.priority === priority).length, priority] as const)
    .filter(([count]) => count > 0)
    .map(([count, priority]) => `${count} ${priority}`)
    .join(', ')
}

/** How a reason ends that is gone with the user's next prompt. */
export const notAccepted = 'changed in this session since your last prompt; your next prompt accepts that'

/** How the work continues once a limit has ended a run. */
export const newBounds = 'A change after your next prompt starts a new run with new limits.'
