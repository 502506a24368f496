import { describe, expect, it } from 'vitest'
import { codexFault, codexFaultIn } from '../../../src/core/review/codex-fault.ts'

const now = '2026-03-01T10:00:00.000Z'
/** When a refusal is tried again. */
const later = '2026-03-01T10:10:00.000Z'

describe('what kept Codex from reviewing, in its own words', () => {
  it.each([
    ['unexpected status 401 Unauthorized: bad key, url: …', 'not-logged-in', null],
    ['Missing environment variable: `LOOP_KEY`.', 'not-logged-in', null],
    ['exceeded retry limit, last status: 429 Too Many Requests', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    [
      'You’ve hit your usage limit. Upgrade, or try again in 2 hours 5 minutes.',
      'rate-limited',
      '2026-03-01T12:05:00.000Z',
    ],
    ['You’ve hit your usage limit. Or try again at 2026-03-02T09:00:00Z.', 'rate-limited', '2026-03-02T09:00:00.000Z'],
    [
      'We’re currently experiencing high demand, which may cause temporary errors.',
      'rate-limited',
      '2026-03-01T10:15:00.000Z',
    ],
    ['Selected model is at capacity. Please try a different model.', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['The server is overloaded, retry after 30 seconds.', 'rate-limited', '2026-03-01T10:00:30.000Z'],
    ['HTTP 429, Retry-After: 90', 'rate-limited', '2026-03-01T10:01:30.000Z'],
    ['429 {"type":"usage_limit_reached","resets_in_seconds":7200}', 'rate-limited', '2026-03-01T12:00:00.000Z'],
    ['429 {"retry_after_ms": 1500}', 'rate-limited', '2026-03-01T10:00:01.500Z'],
    ['429 {"resets_at":1772409600}', 'rate-limited', '2026-03-02T00:00:00.000Z'],
    ['429 {"resets_at":1000000000}', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    [
      'Limit 3 requests per 5 hours reached (rate limit). Try again in 20 min.',
      'rate-limited',
      '2026-03-01T10:20:00.000Z',
    ],
    ['Nutzungslimit erreicht. Versuchen Sie es in 2 Stunden erneut.', 'rate-limited', '2026-03-01T12:00:00.000Z'],
    ['Nutzungslimit erreicht. Erneut in 2 Stunden und 5 Minuten.', 'rate-limited', '2026-03-01T12:05:00.000Z'],
    ['Limite d’utilisation atteinte, réessayez dans 30 secondes.', 'rate-limited', '2026-03-01T10:00:30.000Z'],
    ['Límite de uso alcanzado. Intente de nuevo en 1 hora.', 'rate-limited', '2026-03-01T11:00:00.000Z'],
    ['利用制限に達しました。5分後に。', 'rate-limited', '2026-03-01T10:05:00.000Z'],
    ['usage limit; string values must be quoted', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['broken configuration: /h/config.toml:2:18: string values must be quoted', 'crashed', null],
    ['Rate limit reached for gpt-5. Please try again in 11.054s.', 'rate-limited', '2026-03-01T10:00:11.054Z'],
    ['Rate limit reached for gpt-5. Please try again in 6m0s.', 'rate-limited', '2026-03-01T10:06:00.000Z'],
    ['Rate limit reached for gpt-5. Please try again in 500ms.', 'rate-limited', '2026-03-01T10:00:00.500Z'],
    ['Usage limit. Try again in 1 day, 2 hours and 3 minutes.', 'rate-limited', '2026-03-02T12:03:00.000Z'],
    ['Usage limit. Try again in 99999999999999 days.', 'rate-limited', '2027-03-02T10:00:00.000Z'],
    ['Usage limit. Try again at January 1, 20000.', 'rate-limited', '2027-03-02T10:00:00.000Z'],
    ['Usage limit. Try again at January 1, 1999.', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['You’re out of credits. Add credits to continue using Codex.', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['Your access token could not be refreshed. Please log out and sign in again.', 'not-logged-in', null],
    ['This request has been flagged for possible cybersecurity risk.', 'refused', later],
    ['This content was flagged for possible biological risk.', 'refused', later],
    ['Invalid prompt: we’ve limited access to this content for safety reasons.', 'refused', later],
    ['This request was blocked due to a misalignment policy violation.', 'refused', later],
    ['The input was rejected by the content policy.', 'refused', later],
    ['stream disconnected before completion: Incomplete response returned, reason: content_filter', 'refused', later],
    ['The model `x` does not exist or you do not have access to it.', 'refused', later],
    ['{"detail":"The \'gpt-9\' model is not supported when using Codex with a ChatGPT account."}', 'refused', later],
    ['sandbox error: Landlock was not able to fully enforce all sandbox rules', 'sandbox', null],
    ['error sending request: Connection refused (os error 111)', 'crashed', null],
    ['unexpected status 500: boom, url: https://quota.example.org/429/v1/responses', 'crashed', null],
    ['unexpected status 502 Bad Gateway, request id: 4291-4015', 'crashed', null],
    ['{"error":{"message":7}}', 'crashed', null],
    ['thread panicked', 'crashed', null],
    ['Your request was flagged by our safety system', 'refused', '2026-03-01T10:10:00.000Z'],
    ['bwrap: No permissions to create new namespace', 'sandbox', null],
    ['Token expired, please log in again', 'not-logged-in', null],
    ['ratelimit reached', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['please login again', 'not-logged-in', null],
    ['contentpolicy', 'refused', '2026-03-01T10:10:00.000Z'],
    ['You exceeded your current quota', 'rate-limited', '2026-03-01T10:15:00.000Z'],
  ])('%s', (message, reason, until) => expect(codexFaultIn(message, now)).toMatchObject({ reason, until }))

  it('a request that the service does not take is told in the service’s words, not as a document', () => {
    const message = '{"error":{"code":"invalid_json_schema","message":"Invalid schema for response_format:\\n no"}}'
    expect(codexFaultIn(message, now)).toEqual({
      reason: 'refused',
      until: later,
      detail: 'the model service rejected the request: Invalid schema for response_format: no',
    })
  })

  it('a clock time means its next occurrence', () => {
    const { until } = codexFaultIn('You’ve hit your usage limit. Try again at 3:05 PM.', now)
    const at = new Date(until!)
    expect([at.getHours(), at.getMinutes(), until! > now]).toEqual([15, 5, true])
  })
})

describe('when another try makes sense', () => {
  const limited = (when: string) => codexFaultIn(`You’ve hit your usage limit. Try again ${when}.`, now).until
  /** The next time a clock here shows this. */
  const next = (hours: number, minutes: number) => {
    const local = new Date(now)
    const isOver = local.getHours() * 60 + local.getMinutes() >= hours * 60 + minutes
    return new Date(2026, 2, local.getDate() + (isOver ? 1 : 0), hours, minutes).toISOString()
  }

  it.each([
    ['in 5 minutes', '2026-03-01T10:05:00.000Z'],
    ['in about 1 day 2h', '2026-03-02T12:00:00.000Z'],
    ['in 90 s', '2026-03-01T10:01:30.000Z'],
    ['in 1 day, 2 hours, and 3 minutes', '2026-03-02T12:03:00.000Z'],
    ['at Mar 3rd, 2026 9:00 AM UTC', '2026-03-03T09:00:00.000Z'],
    ['on 2026-03-04T00:00:00Z', '2026-03-04T00:00:00.000Z'],
  ])('“%s”', (when, until) => expect(limited(when)).toBe(until))

  it.each([
    ['at 3:05 PM', next(15, 5)],
    ['at 3:05 am', next(3, 5)],
    ['at 12:30 AM', next(0, 30)],
    ['at 12:30 PM', next(12, 30)],
    ['after 23:59', next(23, 59)],
    ['at 3pm', next(15, 0)],
    ['at 9 a.m', next(9, 0)],
    ['at 15h30', next(15, 30)],
    ['um 15 Uhr', next(15, 0)],
  ])('“%s” by the clock on the wall', (when, until) => expect(limited(when)).toBe(until))

  it.each([
    ['resets 3pm', next(15, 0)],
    ['resets at 23:59', next(23, 59)],
    ['resets 11:30 PM (UTC)', '2026-03-01T23:30:00.000Z'],
    ['resets Mar 3, 9am (UTC)', '2026-03-03T09:00:00.000Z'],
    ['resets Jan 2 at 9:00 AM UTC', '2027-01-02T09:00:00.000Z'],
    ['resets in 2h 5m', '2026-03-01T12:05:00.000Z'],
    ['wieder ab 2026-03-04T00:00:00Z', '2026-03-04T00:00:00.000Z'],
    ['resets 99:99', '2026-03-01T10:15:00.000Z'],
    ['resets 30:00', '2026-03-01T10:15:00.000Z'],
  ])('“%s”, as other services say it', (when, until) =>
    expect(codexFaultIn(`You’ve hit your usage limit · ${when}`, now).until).toBe(until),
  )

  it('by the clock, where that time has passed today, or is this very minute: tomorrow', () => {
    const evening = new Date(2026, 2, 1, 20, 30)
    const until = (when: string) => codexFaultIn(`usage limit, try again at ${when}`, evening.toISOString()).until
    expect([until('3:05 PM'), until('8:30 PM'), until('8:31 PM. Or upgrade.')]).toEqual(
      [new Date(2026, 2, 2, 15, 5), new Date(2026, 2, 2, 20, 30), new Date(2026, 2, 1, 20, 31)].map(at =>
        at.toISOString(),
      ),
    )
  })

  it('is not looked for far from the end', () =>
    expect(codexFault('rate-limited', `try again in 2 hours${' '.repeat(2000)}`, now).until).toBe(
      '2026-03-01T10:15:00.000Z',
    ))

  it.each(['at 2026-03-01T10:00:00Z', 'at a quarter past', 'later', 'at 2020-01-01T00:00:00Z'])(
    '“%s” is no time: a quarter of an hour',
    when => expect(limited(when)).toBe('2026-03-01T10:15:00.000Z'),
  )

  it.each([
    ['refused', '2026-03-01T10:10:00.000Z'],
    ['timed-out', '2026-03-01T10:10:00.000Z'],
    ['crashed', null],
    ['missing', null],
  ] as const)('%s: %s', (reason, until) =>
    expect(codexFault(reason, 'try again in 2 hours', now)).toEqual({ reason, until, detail: 'try again in 2 hours' }),
  )
})

describe('the detail', () => {
  it('is the last line that says something', () =>
    expect(codexFaultIn('thread panicked\n  at main.rs  \n\n', now).detail).toBe('at main.rs'))
  it('of nothing is nothing', () =>
    expect(codexFaultIn(' \n', now)).toEqual({ reason: 'crashed', until: null, detail: '' }))
  it('is cut where it gets long', () => {
    expect(codexFaultIn('x'.repeat(200), now).detail).toBe('x'.repeat(200))
    expect(codexFaultIn('x'.repeat(201), now).detail).toBe(`${'x'.repeat(199)}…`)
  })
  it('is read from the end of what was said', () =>
    expect(codexFaultIn(`429 too many requests${' '.repeat(2000)}done`, now).reason).toBe('crashed'))
})
