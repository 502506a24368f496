import { describe, expect, it } from 'vitest'
import { outcome } from '../../../src/core/ledger/debate.ts'
import type { Position } from '../../../src/model/finding.ts'
import type { Priority } from '../../../src/model/priority.ts'

/** `codex:high`, `claude:no`, `codex:no!` (with a concession), in the order they were said. */
const story = (text: string): Position[] =>
  text.split(' ').map((said, round) => {
    const [by, claim] = said.split(':') as ['claude' | 'codex', string]
    const needed = !claim.startsWith('no')
    const priority = needed ? (claim.replace('!', '') as Priority) : null
    return { by, round, needed, priority, reason: 'because', concession: claim.endsWith('!') ? 'line 12' : null }
  })

describe('two models’ positions on one finding', () => {
  it.each([
    ['codex:high', 'open'],
    ['codex:high claude:high', 'agreed high'],
    ['codex:high claude:medium', 'agreed medium'],
    ['codex:low claude:critical', 'agreed low'],
    ['codex:high claude:no', 'open'],
    ['codex:high claude:no codex:no!', 'not-needed'],
    ['codex:high claude:no codex:no', 'open'],
    ['codex:high claude:no codex:medium', 'open'],
    ['codex:high claude:no codex:medium claude:low!', 'agreed low'],
    ['codex:high claude:no codex:low claude:high!', 'agreed low'],
    ['codex:high claude:no codex:high claude:low', 'open'],
    ['codex:no', 'open'],
    ['claude:no', 'open'],
    ['claude:high', 'open'],
    ['codex:high claude:no codex:no! claude:high!', 'open'],
  ])('%s → %s', (said, expected) => {
    const result = outcome(story(said), false)
    expect(result.outcome === 'agreed' ? `agreed ${result.priority}` : result.outcome).toBe(expected)
  })

  it.each([
    ['claude:high', null],
    ['codex:low claude:no', 'low'],
    ['codex:low claude:no codex:medium', 'medium'],
  ])('what is open stands at the reviewer’s latest priority: %s → %s', (said, priority) =>
    expect(outcome(story(said), false)).toEqual({ outcome: 'open', priority }),
  )

  it.each([
    ['codex:high claude:no codex:high claude:no codex:high', 'disputed'],
    ['codex:high claude:no codex:no', 'disputed'],
    ['codex:high', 'disputed'],
    ['codex:high claude:low', 'agreed'],
    ['codex:high claude:no codex:no!', 'not-needed'],
  ])('when the rounds are spent: %s → %s', (said, expected) =>
    expect(outcome(story(said), true).outcome).toBe(expected),
  )
})
