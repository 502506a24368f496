import { expect, it } from 'vitest'
import { leftOutOf, withinLimits } from '../../../src/core/review/answer-limits.ts'
import type { ReadAnswer } from '../../../src/core/review/reading/read-answer.ts'

const finding = (title: string, priority: 'low' | 'critical' = 'low') => ({
  ...{ title, body: 'b', kind: 'defect' as const, priority, file: 'a.js', line_start: 1, line_end: 1 },
  ...{ quote: 'q', fix: 'f' },
})
const answer = (more: Partial<ReadAnswer>): ReadAnswer => ({
  ...{ verdict: 'findings', summary: 's', reviewed: ['a.js'], findings: [], resolved: [] },
  ...{ positions: [], lost: [], odd: [], unreadable: null },
  ...more,
})

it('an answer that is not too long stays as it is, in its order', () => {
  const whole = answer({ findings: [finding('one'), finding('two', 'critical')] })
  expect([withinLimits(whole), leftOutOf(whole)]).toEqual([whole, undefined])
})

it('of too many findings the most urgent are kept, and the summary says how many are not', () => {
  const many = answer({
    findings: [...Array.from({ length: 200 }, (_, n) => finding(`T${n}`)), finding('last', 'critical')],
  })
  const { findings, summary } = withinLimits(many)
  expect([findings.length, findings[0]!.title, findings.at(-1)!.title, leftOutOf(many)]).toEqual([
    200,
    'last',
    'T198',
    { tooMany: 1, beyond: { low: 1 } },
  ])
  expect(summary).toBe('1 finding of the lowest priority left out (limit 200). s')
})

it('texts without end are cut', () => {
  const long = 'x'.repeat(200_000)
  const cut = withinLimits(
    answer({ summary: long, findings: [{ ...finding(long), body: long, quote: long, fix: long }] }),
  )
  expect(cut.summary).toHaveLength(10_000)
  expect(Object.values(cut.findings[0]!).filter(value => String(value).length > 10_000)).toEqual([])
})
