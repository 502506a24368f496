import { expect, it } from 'vitest'
import { needs } from '../support/platform.ts'
import { billOf } from '../support/programs/bill.ts'
import { cli } from '../support/programs/lab.ts'

// What was measured with `npm run bench` at 300 lines in six files (19,300 or 20,400 effective tokens, as Codex's own part of a
// request comes out), and some room. 0.1.0 needed 33,400 for it, since another schema for the rebuttal lost the provider's cache.
it('a settled list of ten findings costs three requests, of which two find the first one in the cache', async () => {
  needs('POSIX')
  const work = { name: '300 lines', files: 6, lines: 50, findings: 10, disputed: 4, rounds: 2, reads: 0 } as const
  const bill = await billOf(cli, work)
  expect(bill).toMatchObject({ requests: 3, claudeRequests: 6, questions: 1, signed: false })
  expect(bill.raw).toBeLessThan(47_000)
  expect(bill.effective).toBeLessThan(22_000)
}, 120_000)
