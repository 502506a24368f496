import { describe, expect, it } from 'vitest'
import type { DebatedFinding } from '../../../src/core/ledger/state.ts'
import { findingCard } from '../../../src/core/messages/finding-card.ts'
import { testsLine } from '../../../src/core/messages/tests-lines.ts'
import { counted, duration, fileAndLine } from '../../../src/core/text/wording.ts'
import type { SuiteRun } from '../../../src/model/ledger/suites.ts'
import { finding } from '../../support/cycle/cycle.ts'

describe('short lines', () => {
  it.each([
    [0.04, '0 s'],
    [1.26, '1.3 s'],
    [9.94, '9.9 s'],
    [10.4, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [60, '1 min'],
    [125, '2 min 5 s'],
    [3600, '60 min'],
  ])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))

  it('count', () => expect([0, 1, 2].map(count => counted(count, 'file'))).toEqual(['0 files', '1 file', '2 files']))
  it('name a place', () =>
    expect([fileAndLine({ file: 'a.js', lineStart: 3 }), fileAndLine({ file: 'a.js', lineStart: null })]).toEqual([
      'a.js:3',
      'a.js',
    ]))

  const suites = [
    { command: 'npm\n  test', note: 'exit 127' },
    { command: 'make', note: null },
  ] as SuiteRun[]
  it.each([
    ['green', 'The tests are green (`npm test`, `make`, 2 s).'],
    ['red', 'The tests are red (`npm test`, `make`).'],
    ['unable', 'The tests could not run (exit 127).'],
    ['none', 'No test suite covers this change.'],
  ] as const)('say how tests ended: %s', (result, text) =>
    expect(testsLine({ result, seconds: 2, suites, moved: [] })).toBe(text),
  )
  it('say that they have not run', () => expect(testsLine(null)).toBe('The tests have not run.'))

  it('hold what is behind a finding, and leave out what is not there', () => {
    const card = (more: object) => findingCard({ ...finding('F1'), ...more } as DebatedFinding)
    expect(card({ title: 'two\nlines', quote: 'x\n  / y', verified: false })).toEqual({
      head: 'F1 · high · defect · two lines · a.js:1',
      text: 'body of F1\nQuote: `x / y` (not found in the file)\nSmallest fix: mend it',
    })
    expect(card({ quote: '', fix: '' }).text).toBe('body of F1')
  })
})
