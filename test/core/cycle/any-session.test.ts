import fc from 'fast-check'
import { expect, it } from 'vitest'
import { replay } from '../../../src/core/ledger/replay.ts'
import { openFindings, type State } from '../../../src/core/ledger/state.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import { statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import { Config } from '../../../src/model/config.ts'
import { toStdout } from '../../../src/model/hook-reply.ts'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { anySession, type Move, play } from '../../support/cycle/any-session.ts'
import { type Cycle, ready } from '../../support/cycle/cycle.ts'

/** How many events, in sessions of some thirty; the long version is `npm run soak`. */
const events = Number(process.env.COUNTERSIGN_FUZZ ?? 6000)
const sessions = Math.max(1, Math.round(events / 30))
const { limits } = Config.parse({ version: 1 })

const check = (property: (moves: Move[]) => void) =>
  fc.assert(fc.property(anySession, property), { numRuns: sessions, endOnFailure: false })

/** The entries of the run that is on, oldest first. */
const ofThisRun = (entries: LedgerEntry[]): LedgerEntry[] =>
  entries.slice(Math.max(0, entries.map(({ kind }) => kind).lastIndexOf('run-started')))

/** What the ledger alone proves about a tree that was countersigned; written without the code that decides it. */
function expectEarned(entries: LedgerEntry[], tree: string) {
  const run = ofThisRun(entries)
  const tests = run.findLast(entry => entry.kind === 'tests-ran' && (entry.tree === tree || entry.after === tree))
  expect(tests).toMatchObject({ result: expect.stringMatching(/green|none/) })
  const calls = run.filter(
    entry => entry.kind === 'reviewed' || (entry.kind === 'could-not-review' && entry.call === 'review'),
  )
  expect(calls.at(-1)).toMatchObject({ kind: 'reviewed', tree })
  // A change with which HEAD has moved is reviewed whatever Claude says of it.
  const isReady = (entry: LedgerEntry) => entry.kind === 'self-reviewed' && entry.ready && entry.tree === tree
  expect(run.some(entry => isReady(entry) || entry.kind === 'head-moved')).toBe(true)
}

/** What holds of a run at any time: no tree is reviewed twice, no id is given twice, and a signature leaves nothing open. */
function expectSound({ run }: State) {
  if (!run) return
  const ids = run.findings.map(({ id }) => id)
  expect([new Set(run.reviews.trees).size, new Set(ids).size]).toEqual([run.reviews.trees.length, ids.length])
  if (run.stage !== 'countersigned') return
  expect([openFindings(run), run.owed]).toEqual([[], null])
  expect(run.findings.filter(({ fate, outcome }) => fate === 'pending' && outcome !== 'not-needed')).toEqual([])
}

/** The most Codex calls of a run between two words of the user's that begin its bounds anew. */
function mostCallsOnOneWord(entries: LedgerEntry[]): number {
  let [most, calls, open] = [0, 0, false]
  for (const { kind, ...entry } of entries) {
    if (kind === 'run-started' || (kind === 'picked' && !open)) calls = 0
    if (kind === 'run-started' || kind === 'picked') open = true
    if (kind === 'countersigned' || ('why' in entry && endsRuns.includes(entry.why))) open = false
    if (kind === 'codex-called') most = Math.max(most, ++calls)
  }
  return most
}
const endsRuns = ['cycles', 'budget', 'unsent', 'withheld']

/** The most runs of the tests at one tree of one run. */
function mostTestRuns(entries: LedgerEntry[]): number {
  const trees = ofThisRun(entries).flatMap(entry => (entry.kind === 'tests-ran' ? [entry.tree] : []))
  return Math.max(0, ...trees.map(tree => trees.filter(other => other === tree).length))
}

/** One call is spent on t1, and none is left for t2. */
const toTheBound: Move[] = [
  { event: 'reviewer', says: 'raises', reason: 'crashed', yields: false },
  ...['t1', 't2'].map(tree => ({ event: 'stop' as const, message: ready, tree })),
]

const held = ({ last }: Cycle) => Boolean(last?.block || last?.context)

it(
  `no session of ${events} events holds Claude for ever, calls Codex without end, or signs what was not reviewed`,
  () => {
    let signatures = 0
    check(moves => {
      let holds = 0
      play(moves, (cycle, { event }, added) => {
        // Whoever types or chooses something has the word; the count begins anew.
        if (event === 'prompt' || event === 'answer') holds = 0
        if (event === 'stop' && held(cycle)) holds++
        expect(holds).toBeLessThanOrEqual(limits.holds)
        expect(mostCallsOnOneWord(cycle.entries)).toBeLessThanOrEqual(limits.codexCalls)
        expectSound(cycle.state)
        for (const entry of added) {
          if (entry.kind !== 'countersigned') continue
          expectEarned(cycle.entries, entry.tree)
          signatures++
        }
      })
    })
    expect(signatures).toBeGreaterThan(0)
  },
  60_000 + events * 2,
)

it(
  'with one Codex call a run, no run follows one that its bound has ended before the user has said something',
  () => {
    check(moves => {
      const { entries } = play(
        [...toTheBound, ...moves],
        cycle => {
          expect(mostCallsOnOneWord(cycle.entries)).toBeLessThanOrEqual(1)
          expectSound(cycle.state)
        },
        { limits: { codexCalls: 1 } },
      )
      const kinds = entries.map(entry => (entry.kind === 'let-go' ? entry.why : entry.kind))
      expect(kinds).toContain('budget')
      for (const [n, kind] of kinds.entries()) {
        if (kind !== 'budget') continue
        const started = kinds.indexOf('run-started', n)
        const said = kinds.findIndex((next, at) => at > n && ['prompted', 'picked'].includes(next))
        if (started > 0) expect([said > n, said < started]).toEqual([true, true])
      }
    })
  },
  60_000 + events * 2,
)

it(
  'the tests run at one tree as often as there are attempts, and once more, before the user says something again',
  () =>
    check(moves => {
      let said = 0
      play(moves, ({ entries }, { event }) => {
        if (event === 'prompt' || event === 'answer') said = entries.length
        expect(mostTestRuns(entries.slice(said))).toBeLessThanOrEqual(limits.testAttempts + 1)
      })
    }),
  60_000 + events * 2,
)

it(
  'stops that change nothing and answer nothing are let through in the end, and leave no trace any more',
  () =>
    check(moves => {
      const cycle = play(moves, () => {})
      // A review that is owed is tried again at each of them, as long as there are calls.
      for (let stop = 0; stop <= limits.holds + limits.codexCalls + 1; stop++) cycle.stop('')
      const before = cycle.entries.length
      expect(cycle.stop('')).toBe('silence')
      expect(cycle.entries.slice(before).map(({ kind }) => kind)).toEqual([])
    }),
  60_000 + events * 2,
)

it(
  'the ledger read from where its last run began says what the whole ledger says',
  () =>
    check(moves => {
      play(moves, ({ entries }) => {
        const { settled, paused, prompts, skipped, run } = replay(entries)
        // Where a run is on, what was settled before is not looked at.
        const said = run?.status === 'on' ? { paused, skipped, run } : { settled, paused, skipped, run }
        expect(replay(ofThisRun(entries))).toMatchObject(said)
        expect(prompts.length).toBeLessThanOrEqual(6)
      })
    }),
  60_000 + events * 2,
)

it(
  'whatever has happened can be told: one line of JSON, a status and a list',
  () =>
    check(moves => {
      play(moves, (cycle, _, added) => {
        const state = replay(cycle.entries)
        const systemMessage = outcomeMessage(added, state) ?? undefined
        const line = toStdout('Stop', { ...cycle.last, systemMessage })
        expect(line).not.toContain('\n')
        expect(typeof JSON.parse(line)).toBe('object')
        expect((cycle.last?.context ?? cycle.last?.block ?? '').length).toBeLessThan(10_000)
        expect(statusText(state)).not.toMatch(/undefined|NaN|\[object/)
        expect(findingsText(state.run)).not.toMatch(/undefined|NaN|\[object/)
      })
    }),
  60_000 + events * 2,
)
