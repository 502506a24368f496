import type { UnreviewedReason } from '../../model/ledger/fields.ts'
import { foreign } from '../text/foreign-text.ts'

/** What kept Codex from reviewing. `until`: ISO time before which another try makes no sense; null: none. */
export type CodexFault = { reason: UnreviewedReason; until: string | null; detail: string }

/** Waiting times in minutes where Codex names none. */
const pauses: Partial<Record<UnreviewedReason, number>> = { 'rate-limited': 15, 'timed-out': 10, refused: 10 }

const signs: [UnreviewedReason, RegExp][] = [
  ['rate-limited', /usage limit|rate.?limit|\b429\b|too many requests|quota|out of credits/i],
  [
    'not-logged-in',
    /\b401\b|unauthorized|not logged in|missing environment variable|invalid api key|(?:log|sign) ?in again/i,
  ],
  [
    'refused',
    /(?<!connection |econn)refus|(?:content|usage|misalignment) ?policy|content.?filter|flagged|safety|cyber/i,
  ],
  ['sandbox', /sandbox|bwrap|landlock|seatbelt/i],
  // The model is not there for this account: another one may answer.
  ['refused', /model .*(?:does not exist|is not supported)/i],
]

/**
 * Reads what kept Codex from reviewing out of its own words.
 *
 * @param words What Codex said last: the message of `turn.failed`, or the end of stderr.
 * @param now ISO time.
 */
export function codexFaultIn(words: string, now: string): CodexFault {
  const message = cleaned(words)
  const rejection = rejectionIn(message)
  const end = (rejection ?? message).slice(-2000)
  const reason = signs.find(([, sign]) => sign.test(end.replace(/\bhttps?:\S+/g, '')))?.[0]
  if (rejection === null) return dated(reason ?? 'crashed', end, now)
  return dated(reason ?? 'refused', `the model service rejected the request: ${rejection}`, now)
}

/** What the model's service said of a request it does not take (HTTP 400), which Codex hands on as a whole document. */
function rejectionIn(message: string): string | null {
  try {
    const { error, detail } = JSON.parse(message)
    const rejection = error?.message ?? detail
    return typeof rejection === 'string' ? rejection.replace(/\s+/g, ' ') : null
  } catch {
    return null
  }
}

/** A fault of a known kind, in Codex's own words. */
export const codexFault = (reason: UnreviewedReason, words: string, now: string): CodexFault =>
  dated(reason, cleaned(words), now)

/** Before a part of it is taken: of half a secret no pattern knows that it is one. */
const cleaned = (words: string): string => foreign(words, 8000)

/** With the time from which another try makes sense. */
function dated(reason: UnreviewedReason, words: string, now: string): CodexFault {
  const detail = words.slice(-2000)
  const named = reason === 'rate-limited' ? resetTime(detail, now) : null
  const pause = pauses[reason]
  const until = named ?? (pause === undefined ? null : later(now, pause))
  return { reason, until, detail: lastLine(detail) }
}

/** Minutes in each unit that Codex and its services count in. */
const minutesIn: Record<string, number> = { d: 1440, h: 60, m: 1, s: 1 / 60, ms: 1 / 60_000 }

/** `try again at 3:05 PM`, `at Nov 23rd, 2026 9:00 AM`, `in 2 hours 5 minutes`, `in 11.054s`, `in 6m0s`. */
function resetTime(message: string, now: string): string | null {
  const span = message.match(/again in (?:about )?((?:\d+(?:\.\d+)? ?(?:ms|d|h|m|s)[a-z]*[ ,]*(?:and )?)+)/i)?.[1]
  if (span) {
    const parts = [...span.matchAll(/(\d+(?:\.\d+)?) ?(ms|[dhms])/gi)]
    return later(
      now,
      parts.reduce((sum, [, count, unit]) => sum + Number(count) * minutesIn[unit!.toLowerCase()]!, 0),
    )
  }
  const at = message
    .match(/again (?:at|after|on) ([^.\n]+?)\s*(?:\.(?:\s|$)|$)/i)?.[1]
    ?.replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
  if (!at) return null
  const full = Date.parse(at)
  if (full > Date.parse(now)) return later(now, (full - Date.parse(now)) / 60_000)
  const clock = at.match(/^(\d{1,2}):(\d{2})\s*(am|pm)?/i)
  if (!clock) return null
  const hours = (Number(clock[1]) % (clock[3] ? 12 : 24)) + (clock[3]?.toLowerCase() === 'pm' ? 12 : 0)
  const day = new Date(now)
  day.setHours(hours, Number(clock[2]), 0, 0)
  if (day.toISOString() <= now) day.setDate(day.getDate() + 1)
  return day.toISOString()
}

/** Nobody has measured a waiting time beyond a year. */
const later = (now: string, minutes: number): string =>
  new Date(Date.parse(now) + Math.min(minutes, 366 * 1440) * 60_000).toISOString()

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)!.trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
