import { describe, expect, it } from 'vitest'
import { failureFrom } from '../../src/core/codex-failure.ts'

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
  ])('%s', (message, reason, until) => expect(failureFrom(message, now)).toMatchObject({ reason, until }))

  it('a clock time means its next occurrence', () => {
    const { until } = failureFrom('You’ve hit your usage limit. Try again at 3:05 PM.', now)
    const at = new Date(until!)
    expect([at.getHours(), at.getMinutes(), until! > now]).toEqual([15, 5, true])
  })
})
