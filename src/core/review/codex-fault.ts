import type { UnreviewedReason } from '../../model/ledger/fields.ts'
import { foreign } from '../text/foreign-text.ts'
import { later, resetTime } from './reading/reset-time.ts'

/** What kept Codex from reviewing. `until`: ISO time before which another try makes no sense; null: none. */
export type CodexFault = { reason: UnreviewedReason; until: string | null; detail: string }

/** Waiting times in minutes where Codex names none. */
const pauses: Partial<Record<UnreviewedReason, number>> = { 'rate-limited': 15, 'timed-out': 10, refused: 10 }

/** A limit in the languages that services speak besides English. */
const inOtherLanguages =
  /(?:nutzungs|raten)(?:limit|grenze)|limite d.(?:utilisation|usage)|l[ií]mite de (?:uso|solicitudes|velocidad)|limite di (?:utilizzo|richieste)|лимит|使用限[额額制]|利用制限|使用制限|上限に達し|사용 한도/iu

const signs: [UnreviewedReason, RegExp][] = [
  [
    'rate-limited',
    /usage.?limit|rate.?limit|\b429\b|too many requests|quota(?!t)|out of credits|resets?_(?:in|at)|\bretry[- _]after\b|slow down/i,
  ],
  // Too many ask it, which passes as a limit does.
  [
    'rate-limited',
    /at capacity|over capacity|high demand|overloaded|temporarily unavailable|\b(?:503|529)\b|server is busy/i,
  ],
  ['rate-limited', inOtherLanguages],
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

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1)!.trim()
  return line.length > 200 ? `${line.slice(0, 199)}…` : line
}
