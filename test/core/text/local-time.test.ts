import { expect, it } from 'vitest'
import { localTime } from '../../../src/core/text/local-time.ts'

it('a time is shown to the minute where the reader is, and what is no time as it was', () => {
  expect(localTime(new Date(2026, 0, 5, 9, 7, 59).toISOString())).toBe('2026-01-05 09:07')
  expect(localTime('14:00')).toBe('14:00')
})
