import { expect, it } from 'vitest'
import { findingsJson } from '../../../src/core/report/json.ts'
import { Cycle } from '../../support/cycle/cycle.ts'

it('the document has the failures that are older than the change, and what was flaky, by name', () => {
  const cycle = new Cycle()
  cycle.suite = { result: 'older', older: ['a > adds — 1 !== 2'], olderNew: [], flaky: ['b'] }
  cycle.stop('', 't1')
  const { tests } = findingsJson({ state: cycle.state, entries: cycle.entries })
  expect(tests).toEqual({ result: 'older', olderFailures: ['a > adds'], flaky: ['b'] })
  expect(findingsJson({ state: new Cycle().state, entries: [] }).tests).toEqual({
    result: null,
    olderFailures: [],
    flaky: [],
  })
})
