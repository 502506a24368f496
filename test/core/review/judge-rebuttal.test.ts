import { describe, expect, it } from 'vitest'
import { judgeRebuttal } from '../../../src/core/review/judge-review.ts'
import { Cycle, finding, ready } from '../../support/cycle/cycle.ts'

describe('a rebuttal', () => {
  const debating = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1'), finding('F2')] })
    cycle.stop(ready, 't1')
    return cycle.state.run!
  }
  const position = (id: string) => ({ id, needed: false, priority: 'low' as const, reason: 'r', concession: ' ' })
  it('keeps the priority and the reason of what is still held', () =>
    expect(
      judgeRebuttal(
        {
          positions: [
            { ...position('F1'), needed: true, concession: null },
            { ...position('F2'), concession: ' line 4 ' },
          ],
        },
        debating(),
      ),
    ).toEqual({
      positions: [
        { id: 'F1', by: 'codex', round: 1, needed: true, priority: 'low', reason: 'r', concession: null },
        { id: 'F2', by: 'codex', round: 1, needed: false, priority: null, reason: 'r', concession: 'line 4' },
      ],
    }))
  it('that speaks to every open finding is taken; an empty concession is none', () =>
    expect(judgeRebuttal({ positions: [position('F2'), position('f1')] }, debating())).toMatchObject({
      positions: [
        { id: 'F1', concession: null, priority: null },
        { id: 'F2', concession: null },
      ],
    }))
  it('that leaves one out is no answer', () =>
    expect(judgeRebuttal({ positions: [position('F1')] }, debating())).toMatchObject({ unreviewed: 'malformed' }))
})
