import { describe, expect, it } from 'vitest'
import { spent } from '../../src/core/budget.ts'
import { callCodex, isDue } from '../../src/core/stages/call-codex.ts'
import type { Owed, Run } from '../../src/core/state.ts'
import { Cycle } from '../support/cycle.ts'

const { limits } = new Cycle({ limits: { codexCalls: 3, minutes: 2, tokens: 1000 } }).config
const run = (bill: object) => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  const { run } = cycle.state
  return { ...run!, bill: { ...run!.bill, ...bill } }
}

describe('a bound on a run is reached', () => {
  it.each([
    [{ codexCalls: 2, seconds: 119, inputTokens: 900, outputTokens: 99 }, null],
    [{ codexCalls: 3 }, '3 Codex calls are spent in this run (limits.codexCalls)'],
    [{ seconds: 120 }, '2 minutes of tests and review are spent in this run (limits.minutes)'],
    [{ seconds: 200 }, '3 minutes of tests and review are spent in this run (limits.minutes)'],
    [{ inputTokens: 900, outputTokens: 100 }, '1000 tokens are spent in this run (limits.tokens)'],
  ])('%j: %s', (bill, said) => expect(spent(run(bill), limits)).toBe(said))
})

describe('Codex is called', () => {
  const facts = (more: object = {}) => ({
    ...{ tree: 't1', now: '2026-01-05T10:00:00.000Z', codexFound: true, codexFailed: false },
    config: { limits },
    ...more,
  })
  const call = (what: 'review' | 'rebuttal', more: object = {}, given: object = {}) =>
    callCodex({ ...run({}), ...more }, facts(given) as never, what, { do: 'review' })
  const spentBill = () => ({ bill: run({ codexCalls: 3 }).bill })
  const parts = [{ part: 1 }] as never

  it('unless its calls are spent: then what is owed says so', () => {
    expect(call('review')).toEqual({ do: 'review' })
    expect(call('review', spentBill())).toMatchObject({
      do: 'record',
      entries: [
        {
          ...{ kind: 'could-not-review', call: 'review', tree: 't1', reason: 'budget', until: null, seconds: 0 },
          usage: { inputTokens: 0, outputTokens: 0 },
        },
      ],
    })
  })
  it('to bring parts to an end all the same, which costs no call', () => {
    expect(call('review', { ...spentBill(), parts })).toEqual({ do: 'review' })
    expect(call('rebuttal', { ...spentBill(), parts })).toMatchObject({ do: 'record' })
  })
  it('not before the time it named, also where the ledger does not say since when that is', () => {
    const owed = { reason: 'rate-limited', until: '2026-01-05T11:00:00.000Z', since: null } as Owed
    expect(isDue({} as Run, owed, facts() as never)).toBe(false)
    expect(isDue({} as Run, owed, facts({ now: owed.until }) as never)).toBe(true)
  })
  it('only once in an event in which it failed', () => {
    expect(call('review', {}, { codexFailed: true })).toMatchObject({ do: 'reply', reply: null, entries: [] })
    expect(isDue({} as Run, { reason: 'crashed', until: null } as Owed, facts({ codexFailed: true }) as never)).toBe(
      false,
    )
  })
})
