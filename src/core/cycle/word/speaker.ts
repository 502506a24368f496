import type { HookEvent } from '../../../model/hook-event.ts'
import type { Voice } from '../../../model/ledger/users-word.ts'
import type { State } from '../../ledger/state.ts'
import type { Ancestor, Surroundings } from '../facts.ts'
import { isScheduled } from './schedules.ts'

/** Where an event comes from: a session that somebody has started, or something within one. */
export type Place = 'own' | 'nested' | 'forged' | 'unplaced'

/**
 * Places the Claude Code that fired a hook. Whatever runs below a session of this working tree was started by that session's
 * Claude; its environment can be cleared of all signs of that, its ancestry cannot, as long as it stays in the family.
 */
export function whereFired({ processes }: Pick<State, 'processes'>, around: Surroundings): Place {
  if (around.agent) return 'nested'
  const { claude, parent, handedOver } = around
  // The usual case needs no list of processes, which takes half a second on Windows.
  if (claude === parent && processes.every(({ pid }) => pid === claude)) return handedOver ? 'own' : 'forged'
  const { ancestors } = around
  if (!ancestors?.[0]) return 'unplaced'
  const [firing, ...above] = ancestors
  if (claude !== null && (firing!.pid !== claude || !handedOver)) return 'forged'
  return isBelowSession({ processes }, above) ? 'nested' : 'own'
}

/** Whether one of these processes is a session that was at work in this tree. */
export const isBelowSession = ({ processes }: Pick<State, 'processes'>, ancestors: Ancestor[]): boolean =>
  ancestors.some(({ pid, startedAt }) =>
    processes.some(
      one =>
        one.pid === pid &&
        // A later process with the number of one that has ended is another one.
        (startedAt === null || one.since === null || startedAt <= Date.parse(one.since) + 60_000),
    ),
  )

/** How Claude Code opens what it puts before Claude in the user's place. */
const opened: [RegExp, Voice][] = [
  [/^\s*\[SYSTEM NOTIFICATION/i, 'notification'],
  [/^\s*<(?:[a-z-]*-notification|tick|system-reminder|local-command-\w+|bash-std(?:out|err))\b/i, 'notification'],
  [/^\s*<(?:[a-z-]+-(?:message|relay|ping)\b(?<!<command-message)|channel source=)/i, 'agent'],
  [/^\s*(?:<<autonomous-loop|# autonomous loop (?:check|tick))/i, 'scheduled'],
]
/** The same behind something that was typed before it came. */
const appended = /\n[ \t]*(?:\[SYSTEM NOTIFICATION|<(?:task-notification|(?:teammate|cross-session|agent)-message)\b)/i
/** Characters of a prompt in which its opening is looked for. */
const openingLength = 300

/** What newer versions of Claude Code say of a prompt themselves; the others are the user's: `user`, `sdk`. */
const sources: Record<string, Voice> = {
  loop_wakeup: 'scheduled',
  schedule_wakeup: 'scheduled',
  system: 'notification',
  poll_event: 'notification',
}

/** What of a prompt somebody has typed: a notification may have been added to it on its way. */
export const typedPart = (prompt: string): string => prompt.slice(0, appended.exec(prompt)?.index ?? prompt.length)

/** Whether an event is a prompt that the user has typed. */
export const isTyped = (
  event: HookEvent,
  state: Pick<State, 'processes' | 'scheduled'>,
  facts: SpeakerFacts,
): boolean => speakerOf({ ...event, prompt: typedPart(event.prompt ?? '') }, state, facts) === 'user'

type SpeakerFacts = { surroundings: Surroundings; scheduledInFiles: string[] }

/** Who is behind a prompt. Whatever cannot be placed is not the user. @param files What stands in files of schedules. */
export function speakerOf(
  { prompt = '', source = '', agent_id }: HookEvent,
  state: Pick<State, 'processes' | 'scheduled'>,
  { surroundings, scheduledInFiles }: SpeakerFacts,
): Voice {
  if (agent_id !== undefined) return 'agent'
  if (Object.hasOwn(sources, source)) return sources[source]!
  const opening = opened.find(([pattern]) => pattern.test(prompt.slice(0, openingLength)))
  if (opening) return opening[1]
  if (isScheduled(prompt, [...state.scheduled, ...scheduledInFiles])) return 'scheduled'
  const place = whereFired(state, surroundings)
  return place === 'own' ? 'user' : place
}
