import { describe, expect, it } from 'vitest'
import type { LedgerEntry } from '../../src/model/ledger/ledger-entry.ts'
import { watchStages } from '../../src/rehearsal/stage-watch.ts'

const at = (second: number, entry: object) =>
  ({ v: 1, at: new Date(second * 1000).toISOString(), ...entry }) as LedgerEntry
const session = at(1, { kind: 'session', phase: 'started' })
const prompted = at(2, { kind: 'prompted' })
const suite = { command: 'npm test', result: 'red', note: null, failing: ['/scratch/a', 'b', 'c', 'd'] }
const red = at(4, { kind: 'tests-ran', result: 'red', suites: [suite], seconds: 2 })
const green = at(9, { kind: 'tests-ran', result: 'green', suites: [{ ...suite, result: 'green' }], seconds: 2 })
const ready = at(10, { kind: 'self-reviewed', ready: true })

const watched = (entries: LedgerEntry[], why: string | null = null) => {
  const watch = watchStages(0, '/scratch', () => {})
  watch.see(entries)
  return {
    red: watch.red(),
    stages: watch.end(why).map(({ id, fired, seconds, says }) => ({ id, fired, seconds, says })),
  }
}

describe('the stages of a rehearsal', () => {
  it('fire in order, each with the time since the previous one', () => {
    const { red: wasRed, stages } = watched([session, prompted, green, ready], 'claude ended')
    expect(wasRed).toBe(false)
    expect(stages.slice(0, 6)).toMatchObject([
      { id: 'session', fired: true, seconds: 1 },
      { id: 'prompt', fired: true, seconds: 1 },
      { id: 'tests', fired: true, seconds: 7, says: 'green: npm test, 2 s' },
      { id: 'self-review', fired: true, seconds: 1 },
      { id: 'review', fired: false, seconds: null, says: 'claude ended' },
      { id: 'debate', fired: false, seconds: null, says: 'not reached' },
    ])
  })

  it('are reported as missing once a later one fires', () => {
    expect(watched([prompted, green]).stages.slice(0, 2)).toMatchObject([
      { id: 'session', fired: false },
      { id: 'prompt', fired: true },
    ])
  })

  it('report red tests, and do not take their second run for a later stage', () => {
    const { red: wasRed, stages } = watched([
      session,
      prompted,
      red,
      at(5, { kind: 'let-go', why: 'red' }),
      green,
      ready,
    ])
    expect(wasRed).toBe(true)
    expect(stages[2]).toMatchObject({
      fired: false,
      says: 'red, although only a text file was added: npm test: a, b, c and 1 more',
    })
    expect(stages[3]).toMatchObject({ id: 'self-review', fired: true })
  })

  it('go on where what fails failed before, too, and name it', () => {
    const older = at(4, {
      kind: 'tests-ran',
      result: 'older',
      suites: [{ ...suite, result: 'older', failing: [], older: ['a'] }],
      seconds: 2,
    })
    const { red: wasRed, stages } = watched([session, prompted, older, ready])
    expect([wasRed, stages[2]!.fired, stages[2]!.says]).toEqual([
      false,
      true,
      expect.stringMatching(/^green: npm test, .*; red before, too, which stops nobody: a$/),
    ])
  })

  it.each([
    [[], 'no hook has written to the ledger. Run: npx countersign doctor'],
    [
      [
        session,
        prompted,
        green,
        ready,
        at(11, { kind: 'could-not-review', reason: 'timed-out', detail: 'no answer within 5 s' }),
      ],
      'could not review (timed-out): no answer within 5 s',
    ],
    [
      [session, prompted, green, at(11, { kind: 'let-go', why: 'no-self-review' })],
      'Claude gave no self-review, so Codex was not asked. Claude is asked again after its next change.',
    ],
  ])('say from the ledger why one did not fire', (entries, says) => {
    expect(watched(entries as LedgerEntry[]).stages.find(({ fired }) => !fired)?.says).toBe(says)
  })
})
