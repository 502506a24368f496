import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { replay } from '../../../src/core/ledger/replay.ts'
import type { Position } from '../../../src/model/finding.ts'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { isWhole } from '../../../src/model/ledger/ledger-entry.ts'
import type { SuiteRun } from '../../../src/model/ledger/suites.ts'
import { Cycle, says } from '../../support/cycle/cycle.ts'

/** Ledgers that the released 0.1.0 wrote, but for the trees, which are ids that can be told apart. */
const written = (name: string): LedgerEntry[] =>
  readFileSync(new URL(`../../fixtures/ledgers/0.1.0-${name}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

const [base, red, first, second] = ['ba5eba5e', '0e0e0e0e', '11111111', '22222222'].map(id => id.repeat(5)) as [
  string,
  string,
  string,
  string,
]
const head = 'c0c0c0c0'.repeat(5)
const suite = (result: 'green' | 'red', seconds: number): SuiteRun => ({
  ...{ name: 'unit', command: 'sh ./suite.sh', result, seconds, failing: [] },
  ...(result === 'red' ? { note: 'exit 1', tail: 'not ok 1 - adds up' } : { note: null, tail: '' }),
})
const ran = (result: 'green' | 'red', seconds: number) => ({
  ...{ result, seconds, suites: [suite(result, seconds)], moved: [] },
})
const gateFiles = (decisions: string | null) => ({
  '.claude/settings.json': null,
  '.claude/settings.local.json': null,
  '.claude/countersign.yaml': 'eac0b38198fae102',
  '.claude/hooks/countersign.cjs': 'f024dbca84a2405a',
  '.claude/countersign/decisions.jsonl': decisions,
})
const noUsage = { inputTokens: 0, outputTokens: 0 }
const usage = { inputTokens: 100, outputTokens: 10 }

const claude = (round: number, priority: Position['priority'], reason: string): Position => ({
  ...{ by: 'claude', round, needed: priority !== null, priority, reason, concession: null },
})
const codex = (round: number, priority: Position['priority'], reason: string, concession = ''): Position => ({
  ...(round === 0 && { evidence: 'checked' }),
  ...{ by: 'codex', round, needed: priority !== null, priority, reason, concession: concession || null },
})
const raised = {
  F1: {
    id: 'F1',
    title: 'An empty list divides by zero',
    body: 'mean([]) returns NaN, which the report prints.',
    kind: 'defect',
    priority: 'high',
    ...{ file: 'a.js', lineStart: 1, lineEnd: 1, quote: 'xs.length', verified: true, inScope: true },
    fix: 'Return 0 for an empty list.',
    positions: [
      codex(0, 'high', 'mean([]) returns NaN, which the report prints.'),
      claude(1, 'high', 'mean([]) is called by the report'),
    ],
    history: [],
    failedFixes: 0,
    outcome: 'agreed',
  },
  F2: {
    id: 'F2',
    title: 'No check for null',
    body: 'mean(null) throws.',
    kind: 'gap',
    priority: 'low',
    ...{ file: 'a.js', lineStart: 1, lineEnd: 1, quote: 'mean = xs', verified: true, inScope: true },
    fix: 'Throw a TypeError.',
    positions: [
      codex(0, 'low', 'mean(null) throws.'),
      claude(1, null, 'no caller passes null'),
      codex(1, null, 'Both callers pass a list that is not empty.', 'src/report.js:4 checks the length first'),
    ],
    history: [],
    failedFixes: 0,
    // Neither showed code for it.
    outcome: 'disputed',
  },
  F3: {
    id: 'F3',
    title: 'The helper is not needed',
    body: 'sum is called once.',
    kind: 'excess',
    priority: 'medium',
    ...{ file: 'b.js', lineStart: null, lineEnd: null, quote: 'nowhere at all', verified: false, inScope: true },
    fix: 'Write it in place.',
    history: [],
    failedFixes: 0,
  },
}
const onF3 = [
  { ...codex(0, 'medium', 'sum is called once.'), evidence: 'false' },
  claude(1, null, 'the name explains the line'),
  codex(1, 'medium', 'The word is used for another thing in src/report.js.'),
]

const ranFirst = [
  [red, ran('red', 0.062)],
  [first, ran('green', 0.056)],
] as const
const counts = { heldOut: false, redAttempts: 0, tasksRefused: 0 }
const reviews = {
  ...{ unmoved: 0, unsent: [], beyond: {}, read: {}, unread: [], unneeded: {}, followUps: { cycle: 1, count: 0 } },
  ...{ thread: 't1', threadUsage: usage },
}
/** What both runs have in common. */
const run = {
  id: '5a5a5a5a',
  owner: { session: 's1', pid: null, since: '2026-11-30T10:00:40.237Z' },
  prompts: ['add a mean to the report', 'Codex is back'],
  ...{ waiting: [], unready: null, headMoved: false },
  base: { tree: base, head, before: null },
  ...{ left: null, parts: [], owed: null },
  billBefore: { codexCalls: 0, rounds: 0, seconds: 0, ...noUsage, cachedTokens: 0 },
}
const common = {
  ...{ paused: false, skipped: null, limitReached: false, lifted: [], asked: [], sessions: ['s1'] },
  prompts: [{ session: 's1', text: 'Codex is back', apart: false }],
  ...{ processes: [], scheduled: [], heard: [], questionPut: null, unclear: null, deeds: [] },
  since: expect.stringMatching(/^2026-11-30T/),
}

describe('a ledger of 0.1.0', () => {
  it('has no line that cannot be read', () =>
    expect([...written('in-debate'), ...written('countersigned')].filter(entry => !isWhole(entry))).toEqual([]))

  it('from the middle of a debate replays to that place, where what is open is for the user to decide', () =>
    expect(replay(written('in-debate'))).toEqual({
      ...common,
      settled: { tree: base, head },
      gateFiles: gateFiles(null),
      endedSessions: [],
      told: [],
      suites: {},
      unclear: null,
      unspoken: [],
      run: {
        ...run,
        ...{ status: 'on', tree: first },
        ...{ stage: 'debate', cycle: 1, round: 2, answered: { claude: 1, codex: 1 } },
        reviews: { ...reviews, trees: [first], threadUsage: { ...usage, cachedTokens: 0 } },
        tests: { ran: new Map([...ranFirst]), heardSince: true, most: {}, setAside: [] },
        counts: { ...counts, asks: 1, holds: 2 },
        review: {
          ...{ result: 'findings', reason: null, model: null, summary: 'One real defect.' },
          ...{ reviewed: ['a.js', 'b.js'], notReviewed: [], leftOut: [] },
        },
        kept: [],
        findings: [
          { ...raised.F1, fate: 'pending' },
          { ...raised.F2, fate: 'pending' },
          { ...raised.F3, positions: onF3, outcome: 'disputed', fate: 'pending' },
        ],
        choice: { picked: [], claudeKnows: false, frozenAt: null, none: false, reminded: false },
        across: 'ask',
        bill: { codexCalls: 3, rounds: 1, seconds: expect.closeTo(0.366), ...usage, cachedTokens: 0 },
      },
    }))

  it('from after the countersignature replays to that; what was settled by talk is disputed', () =>
    expect(replay(written('countersigned'))).toEqual({
      ...common,
      settled: { tree: second, head },
      gateFiles: gateFiles('3b0f353763f48784'),
      endedSessions: ['s1'],
      told: [],
      suites: {},
      unclear: null,
      unspoken: [],
      run: {
        ...run,
        ...{ status: 'over', tree: second },
        ...{ stage: 'countersigned', cycle: 2, round: 0, answered: { claude: 0, codex: 0 } },
        reviews: { ...reviews, trees: [first, second], followUps: { cycle: 2, count: 0 } },
        tests: {
          ran: new Map([...ranFirst, [second, ran('green', 0.054)]]),
          heardSince: false,
          most: {},
          setAside: [],
        },
        counts: { ...counts, asks: 0, holds: 1 },
        review: {
          ...{ result: 'passed', reason: null, model: null, summary: 'The guard is there.' },
          ...{ reviewed: ['a.js'], notReviewed: ['b.js'], leftOut: [] },
        },
        kept: [],
        findings: [
          { ...raised.F1, fate: 'resolved' },
          { ...raised.F2, fate: 'left' },
          {
            ...raised.F3,
            positions: onF3,
            outcome: 'disputed',
            fate: 'dismissed',
          },
        ],
        choice: { picked: ['F1'], claudeKnows: true, frozenAt: first, none: false, reminded: false },
        across: 'ask',
        bill: {
          codexCalls: 5,
          rounds: 2,
          seconds: expect.closeTo(0.582),
          inputTokens: 200,
          outputTokens: 20,
          cachedTokens: 0,
        },
      },
    }))

  it('is gone on with: the debate ends, the user picks, and the fix is reviewed', () => {
    const cycle = new Cycle()
    Object.assign(cycle, { entries: written('in-debate'), head, tree: first })
    expect(cycle.stop(says('F3: needed, low — conceded: sum is called once'))).toBe('context choice')
    expect(cycle.prompt('pick high')).toBe('context fix')
    cycle.reviews.push({ resolved: { F1: true } })
    expect(cycle.stop(says('self-review: ready'), second)).toBe('silence')
    expect([cycle.did, cycle.state.run!.stage]).toEqual([['run-tests', 'review'], 'countersigned'])
  })
})
