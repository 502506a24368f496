import type { Run } from '../../../src/core/ledger/state.ts'
import { Cycle, finding, ready, says } from './cycle.ts'

/** In the first debate, over these findings. */
export const debating = (...findings: ReturnType<typeof finding>[]) => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings })
  cycle.stop(ready, 't1')
  return cycle
}
/** In the second cycle: F1 fixed, F2 raised outside the scope; two files unread, for two reasons. */
export const signed = () => {
  const cycle = debating(finding('F1'))
  cycle.stop(says('F1: needed, high — yes'))
  cycle.prompt('pick F1')
  cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F2', 'low', { inScope: false })] })
  cycle.stop(ready, 't2')
  const run: Run = {
    ...cycle.state.run!,
    review: { ...cycle.state.run!.review!, notReviewed: ['b.js', '.env', 'c.js'], leftOut: ['.env'] },
    unsent: ['c.js'],
  }
  return { cycle, run }
}
/** With a review that could not be made. */
export const owing = () => {
  const cycle = new Cycle()
  cycle.reviews.push({ cannot: 'rate-limited', until: '14:00' })
  cycle.stop(ready, 't1')
  return cycle
}
