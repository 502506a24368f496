import type { HookEvent } from '../../../model/hook-event.ts'
import type { Happening } from '../../../model/ledger/ledger-entry.ts'
import type { State } from '../../ledger/state.ts'
import { foreign } from '../../text/foreign-text.ts'
import { pickInPrompt } from '../pick-in-prompt.ts'

/** Characters of a scheduled prompt that are kept, and compared. */
const kept = 4000

/** A text as it is compared: as the ledger keeps it, without differences that nobody sees. */
const folded = (text: string): string => foreign(text, kept).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

/** Whether a prompt says what one of these says. */
export function isScheduled(prompt: string, scheduled: string[]): boolean {
  if (scheduled.length === 0) return false
  const said = folded(prompt)
  return said !== '' && scheduled.some(text => folded(text) === said)
}

/** What an event says of prompts that are going to come by themselves. */
export function schedulesOf({ hook_event_name, tool_input, session_crons = [] }: HookEvent): string[] {
  const texts = hook_event_name === 'PreToolUse' ? [tool_input?.prompt] : session_crons.map(({ prompt }) => prompt)
  return texts.filter(text => typeof text === 'string' && text.trim() !== '') as string[]
}

/** Remembers those of these texts that are not known yet. */
export function remember({ scheduled }: Pick<State, 'scheduled'>, texts: string[]): Happening[] {
  const news = texts.filter(text => !isScheduled(text, scheduled))
  return news.length > 0 ? [{ kind: 'scheduled', texts: news }] : []
}

const command =
  /^\s*[!/]?\s*(?:npx\s+)?(?:countersign[: ]\s*)?(?:pick\s+(?:f\d|all\b|none\b)|dismiss\s+f\d|(?:pause|resume|uninstall)\b\s*$)/i
const commandLine = /\bcountersign\s+(?:pick|dismiss|pause|resume|uninstall)\b/i

/** Whether a text would be the user's word if the user said it. */
export const isUsersWord = (text: string): boolean =>
  pickInPrompt(text) !== null || command.test(text.slice(0, kept)) || commandLine.test(text.slice(0, kept))
