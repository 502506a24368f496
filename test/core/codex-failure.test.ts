import { describe, expect, it } from 'vitest'
import { failure, failureFrom } from '../../src/core/codex-failure.ts'

const now = '2026-03-01T10:00:00.000Z'

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
    ['We’re currently experiencing high demand, which may cause temporary errors.', 'crashed', null],
    ['thread panicked', 'crashed', null],
    ['Your request was flagged by our safety system', 'refused', '2026-03-01T10:10:00.000Z'],
    ['bwrap: No permissions to create new namespace', 'sandbox', null],
    ['Token expired, please log in again', 'not-logged-in', null],
    ['ratelimit reached', 'rate-limited', '2026-03-01T10:15:00.000Z'],
    ['please login again', 'not-logged-in', null],
    ['contentpolicy', 'refused', '2026-03-01T10:10:00.000Z'],
    ['You exceeded your current quota', 'rate-limited', '2026-03-01T10:15:00.000Z'],
  ])('%s', (message, reason, until) => expect(failureFrom(message, now)).toMatchObject({ reason, until }))

  it('a clock time means its next occurrence', () => {
    const { until } = failureFrom('You’ve hit your usage limit. Try again at 3:05 PM.', now)
    const at = new Date(until!)
    expect([at.getHours(), at.getMinutes(), until! > now]).toEqual([15, 5, true])
  })
})

describe('when another try makes sense', () => {
  const limited = (when: string) => failureFrom(`You’ve hit your usage limit. Try again ${when}.`, now).until
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
  ])('“%s” by the clock on the wall', (when, until) => expect(limited(when)).toBe(until))

  it('by the clock, where that time has passed today, or is this very minute: tomorrow', () => {
    const evening = new Date(2026, 2, 1, 20, 30)
    const until = (when: string) => failureFrom(`usage limit, try again at ${when}`, evening.toISOString()).until
    expect([until('3:05 PM'), until('8:30 PM'), until('8:31 PM. Or upgrade.')]).toEqual(
      [new Date(2026, 2, 2, 15, 5), new Date(2026, 2, 2, 20, 30), new Date(2026, 2, 1, 20, 31)].map(at =>
        at.toISOString(),
      ),
    )
  })

  it('is not looked for far from the end', () =>
    expect(failure('rate-limited', `try again in 2 hours${' '.repeat(2000)}`, now).until).toBe(
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
    expect(failure(reason, 'try again in 2 hours', now)).toEqual({ reason, until, detail: 'try again in 2 hours' }),
  )
})

describe('the detail', () => {
  it('is the last line that says something', () =>
    expect(failureFrom('thread panicked\n  at main.rs  \n\n', now).detail).toBe('at main.rs'))
  it('of nothing is nothing', () =>
    expect(failureFrom(' \n', now)).toEqual({ reason: 'crashed', until: null, detail: '' }))
  it('is cut where it gets long', () => {
    expect(failureFrom('x'.repeat(200), now).detail).toBe('x'.repeat(200))
    expect(failureFrom('x'.repeat(201), now).detail).toBe(`${'x'.repeat(199)}…`)
  })
  it('is read from the end of what was said', () =>
    expect(failureFrom(`429 too many requests${' '.repeat(2000)}done`, now).reason).toBe('crashed'))
})
