import { describe, expect, it } from 'vitest'
import { raise } from '../../../src/core/ledger/finding-reducer.ts'
import type { DebatedFinding } from '../../../src/core/ledger/state.ts'
import { isSettled, silences } from '../../../src/core/review/silences.ts'
import { finding } from '../../support/cycle/cycle.ts'
import { story } from '../../support/cycle/debate.ts'

const raised = { kind: 'defect', priority: 'medium', verified: true, changed: false } as const
const earlier = (more: Partial<DebatedFinding>): DebatedFinding => ({ ...raise(finding('F1', 'medium')), ...more })

describe('the same finding raised by a later cycle is silenced by one that', () => {
  const left = earlier({ outcome: 'agreed', fate: 'left' })
  const withdrawn = earlier({ outcome: 'not-needed', positions: story('codex:medium claude:no codex:no!') })
  const both = earlier({ outcome: 'disputed', fate: 'left', positions: story('codex:high claude:no codex:no!') })
  it.each([
    ['is still on the list', earlier({ outcome: 'disputed' }), { priority: 'critical' }, true],
    ['the user left', left, {}, true],
    ['the user left, if it is no more urgent', left, { priority: 'high' }, false],
    ['the user left, if its code is as it was', left, { changed: true }, false],
    ['the user left, of whom nobody remembers a priority', earlier({ fate: 'left', positions: [] }), {}, true],
    ['the user dismissed', earlier({ outcome: 'not-needed', fate: 'dismissed' }), {}, true],
    ['the user dismissed, if it is no more urgent', earlier({ fate: 'dismissed' }), { priority: 'high' }, false],
    ['both withdrew', withdrawn, {}, true],
    ['both withdrew, even if its code has changed', withdrawn, { changed: true }, true],
    ['both withdrew, but not if it is urgent now', withdrawn, { priority: 'high' }, false],
    ['both withdrew, where the quote is nowhere', withdrawn, { priority: 'high', verified: false }, true],
    ['both withdrew, where it is an excess', withdrawn, { priority: 'high', kind: 'excess' }, true],
    ['both withdrew and the user left', both, { priority: 'high' }, false],
  ] as const)('%s', (_, before, more, expected) => expect(silences(before, { ...raised, ...more })).toBe(expected))

  it('what was settled before is raised again, not twice', () =>
    expect([left, withdrawn, both, earlier({}), earlier({ outcome: 'disputed' })].map(isSettled)).toEqual([
      ...[true, true, true],
      ...[false, false],
    ]))
})
