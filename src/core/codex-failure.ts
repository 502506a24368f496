import type { UnreviewedReason } from '../model/ledger-entry.ts'

export type Failure = { reason: UnreviewedReason; until: string | null; detail: string }

/** Waiting times in minutes where Codex names none. */
const pauses: Partial<Record<UnreviewedReason, number>> = { 'rate-limited': 15, 'timed-out': 10, refused: 10 }

const signs: [UnreviewedReason, RegExp][] = [
  ['rate-limited', /usage limit|rate.?limit|429|too many requests|quota/i],
  ['not-logged-in', /401|unauthorized|not logged in|missing environment variable|invalid api key|log ?in again/i],
  ['refused', /refus|content.?policy|flagged|safety|cyber/i],
  ['sandbox', /sandbox|bwrap|landlock|seatbelt/i],
]

/**
 * Reads what kept Codex from reviewing out of its own words.
 *
 * @param message What Codex said last: the message of `turn.failed`, or the end of stderr.
 * @param now ISO time.
 */
export function failureFrom(message: string, now: string): Failure {
  const reason = signs.find(([, sign]) => sign.test(message.slice(-2000)))?.[0] ?? 'crashed'
  return failure(reason, message, now)
}

/** A failure of a known kind, with the time from which another try makes sense. */
export function failure(reason: UnreviewedReason, said: string, now: string): Failure {
  const detail = said.slice(-2000)
  const named = reason === 'rate-limited' ? resetTime(detail, now) : null
  const pause = pauses[reason]
  const until = named ?? (pause === undefined ? null : later(now, pause))
  return { reason, until, detail: firstLine(detail) }
}

/** `try again at 3:05 PM`, `try again at Nov 23rd, 2026 9:00 AM`, `try again in 2 hours 5 minutes`. */
function resetTime(message: string, now: string): string | null {
  const span = message.match(/again in (?:about )?((?:\d+ ?(?:d|h|m|s)\w*[ ,and]*)+)/i)?.[1]
  if (span) {
    const unit: Record<string, number> = { d: 1440, h: 60, m: 1, s: 1 / 60 }
    const parts = [...span.matchAll(/(\d+) ?([dhms])/gi)]
    return later(
      now,
      parts.reduce((sum, [, count, letter]) => sum + Number(count) * unit[letter!.toLowerCase()]!, 0),
    )
  }
  const at = message
    .match(/again (?:at|after|on) ([^.\n]+?)\s*(?:\.(?:\s|$)|$)/i)?.[1]
    ?.replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
  if (!at) return null
  const full = Date.parse(at)
  if (full > Date.parse(now)) return new Date(full).toISOString()
  const clock = at.match(/^(\d{1,2}):(\d{2})\s*(am|pm)?/i)
  if (!clock) return null
  const hours = (Number(clock[1]) % (clock[3] ? 12 : 24)) + (clock[3]?.toLowerCase() === 'pm' ? 12 : 0)
  const day = new Date(now)
  day.setHours(hours, Number(clock[2]), 0, 0)
  if (day.toISOString() <= now) day.setDate(day.getDate() + 1)
  return day.toISOString()
}

const later = (now: string, minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString()

function firstLine(text: string): string {
  const line = text.trim().split('\n').at(-1)!.trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
