import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../src/core/doctor/index.ts'
import { doctorJson, doctorText } from '../../../src/core/doctor/report.ts'

describe('what doctor prints', () => {
  const result = (id: string, mark: CheckResult['mark'], more: Partial<CheckResult> = {}): CheckResult => ({
    id,
    group: id.split('.')[0]!,
    mark,
    says: `says ${id}`,
    fix: mark === 'ok' ? null : `fix ${id}`,
    ...more,
  })
  const results = [
    result('a.one', 'ok'),
    result('a.two', 'warning', { details: ['d1', 'd2'] }),
    result('b.one', 'skipped', { fix: null }),
    result('b.two', 'fault'),
    result('c.one', 'warning', { fix: null }),
    result('c.two', 'ok'),
    result('a.three', 'ok'),
  ]
  it('is a line for each group, then the problems, the worst last; what could not be looked at is left out', () =>
    expect(doctorText(results, ['x.md'])).toBe(`Restored: x.md

· a: 2 of 3 checks passed
· c: 1 of 2 checks passed

! a: says a.two
    d1
    d2
    → fix a.two

! c: says c.one

✗ b: says b.two
    → fix b.two

1 problem, 2 warnings`))
  it('has a check mark for a group in which all is well, and what somebody may look for', () => {
    const some = [result('node.version', 'ok'), result('node.found', 'ok'), result('node.other', 'skipped')]
    expect(doctorText(some, [])).toBe('✓ node: 2 checks passed; says node.version\nNo problems found.')
  })
  it('ends with a word for each case', () => {
    const last = (...some: CheckResult[]) => doctorText(some, []).split('\n').at(-1)
    expect([last(results[0]!), last(results[1]!), last(results[3]!, results[3]!), last()]).toEqual([
      'No problems found.',
      '1 warning',
      '2 problems',
      'No problems found.',
    ])
  })
  it('as JSON is every check, and the worst of all as the result', () => {
    expect(doctorJson(results, ['x.md'])).toMatchObject({
      version: 1,
      result: 'fault',
      faults: 1,
      warnings: 2,
      putBack: ['x.md'],
    })
    expect(doctorJson(results, []).checks[1]).toEqual({
      ...{ id: 'a.two', group: 'a', mark: 'warning', says: 'says a.two', details: ['d1', 'd2'], fix: 'fix a.two' },
    })
    expect(doctorJson(results, []).checks[0]!.details).toEqual([])
    expect([doctorJson(results.slice(0, 3), []).result, doctorJson(results.slice(0, 1), []).result]).toEqual([
      'warning',
      'ok',
    ])
  })
})
