import { describe, expect, it } from 'vitest'
import { callsLeft, spent } from '../../../src/core/cycle/budget.ts'
import { callCodex, isDue } from '../../../src/core/cycle/stages/call-codex.ts'
import { type Owed, openRun } from '../../../src/core/ledger/state.ts'
import { Cycle } from '../../support/cycle/cycle.ts'

const { limits } = new Cycle({ limits: { codexCalls: 3, minutes: 2, tokens: 1000 } }).config
const run = (bill: object) => {
  const cycle = new Cycle()
  cycle.stop('', 't1')
  const run = openRun(cycle.state)!
  return { ...run, bill: { ...run.bill, ...bill } }
}

describe('a bound on a run is reached', () => {
  it.each([
    [{ codexCalls: 2, seconds: 119, inputTokens: 900, outputTokens: 99 }, null],
    [{ codexCalls: 3 }, 'run limit of 3 Codex calls reached (`limits.codexCalls`)'],
    [{ seconds: 120 }, 'run limit of 2 minutes of tests and review reached (`limits.minutes`)'],
    [{ seconds: 200 }, 'run limit of 2 minutes of tests and review reached (`limits.minutes`)'],
    [{ inputTokens: 900, outputTokens: 100 }, 'run limit of 1000 Codex tokens reached (`limits.tokens`)'],
  ])('%j: %s', (bill, said) => expect(spent(run(bill), limits)).toBe(said))
  it('counted from where the user picked once the run was over', () => {
    const bill = { codexCalls: 4, seconds: 130, inputTokens: 1000, outputTokens: 500, rounds: 0 }
    const after = (more: object) => ({ ...run({ ...bill, ...more }), billBefore: bill })
    expect([spent(after({}), limits), callsLeft(after({ codexCalls: 6 }), limits)]).toEqual([null, 1])
    for (const more of [{ codexCalls: 7 }, { seconds: 250 }, { inputTokens: 2000 }, { outputTokens: 1500 }])
      expect(callsLeft(after(more), limits)).toBe(0)
  })
})

describe('Codex is called', () => {
  const facts = (more: object = {}) => ({
    ...{ tree: 't1', now: '2026-01-05T10:00:00.000Z', codexFound: true, codexFailed: false },
    config: { limits },
    ...more,
  })
  const step = { do: 'review' as const, run: run({}) }
  const call = (what: 'review' | 'rebuttal', more: object = {}, given: object = {}) =>
    callCodex({ ...run({}), ...more }, facts(given) as never, what, step)
  const spentBill = () => ({ bill: run({ codexCalls: 3 }).bill })
  const parts = [{ part: 1 }] as never

  it('unless its calls are spent: then what is owed says so, and the run is over', () => {
    expect(call('review')).toBe(step)
    expect(call('review', spentBill())).toMatchObject({
      do: 'reply',
      reply: null,
      entries: [
        {
          ...{ kind: 'could-not-review', call: 'review', tree: 't1', reason: 'budget', until: null, seconds: 0 },
          usage: { inputTokens: 0, outputTokens: 0 },
        },
        { kind: 'let-go', tree: 't1', why: 'budget' },
      ],
    })
  })
  it('to bring parts to an end all the same, which costs no call', () => {
    expect(call('review', { ...spentBill(), parts })).toBe(step)
    expect(call('rebuttal', { ...spentBill(), parts })).toMatchObject({ do: 'reply' })
  })
  it('not before the time it named, also where the ledger does not say since when that is', () => {
    const owed = { reason: 'rate-limited', until: '2026-01-05T11:00:00.000Z', since: null } as Owed
    expect(isDue(owed, facts() as never)).toBe(false)
    expect(isDue(owed, facts({ now: owed.until }) as never)).toBe(true)
  })
  it('only once in an event in which it failed', () => {
    expect(call('review', {}, { codexFailed: true })).toMatchObject({ do: 'reply', reply: null, entries: [] })
    expect(isDue({ reason: 'crashed', until: null } as Owed, facts({ codexFailed: true }) as never)).toBe(false)
  })
})
