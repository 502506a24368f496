import { describe, expect, it } from 'vitest'
import {
  changesMind,
  hasShown,
  isAboveLine,
  isCited,
  isUrgent,
  outcome,
  standing,
  wasAboveLine,
} from '../../../src/core/ledger/debate.ts'
import { isOver, raise, withPositions } from '../../../src/core/ledger/finding-reducer.ts'
import type { DebatedFinding } from '../../../src/core/ledger/state.ts'
import type { Position } from '../../../src/model/finding.ts'
import { finding } from '../../support/cycle/cycle.ts'
import { story } from '../../support/cycle/debate.ts'

// All that two models can say of a finding in up to five rounds, over a small alphabet: needed above or below the line, or not
// needed, each with and without a quote that was found.

const words = ['high', 'high!', 'medium', 'medium!', 'no', 'no!']
const openings = ['critical', 'medium']
const rounds = 5

type Debate = { said: string[]; finding: DebatedFinding }
const opened = (priority: string, more: object = {}): Debate => ({
  said: [`codex:${priority}`],
  finding: raise(finding('F1', priority as 'critical', more)),
})
const next = ({ said, finding: before }: Debate, by: 'claude' | 'codex', word: string, last: boolean): Debate => {
  const all = [...said, `${by}:${word}`]
  const position = { id: 'F1', ...story(all.join(' ')).at(-1)! }
  const over = by === 'codex' ? isOver(last) : () => false
  return { said: all, finding: withPositions([before], [position], { over, across: 'ask' })[0]! }
}

/** Every debate as the gate would lead it: who has settled a finding is not asked again. */
function* debates(more: object = {}): Iterable<Debate> {
  function* from(debate: Debate, round: number): Iterable<Debate> {
    for (const claude of words) {
      const answered = next(debate, 'claude', claude, false)
      if (answered.finding.outcome !== 'open') yield answered
      else
        for (const codex of words) {
          const rebutted = next(answered, 'codex', codex, round === rounds)
          if (rebutted.finding.outcome === 'open') yield* from(rebutted, round + 1)
          else yield rebutted
        }
    }
  }
  for (const opening of openings) yield* from(opened(opening, more), 1)
}

/** Every sequence of positions whatsoever, up to so many. */
function* sequences(length: number): Iterable<Position[]> {
  const speakers = ['claude', 'codex'] as const
  function* more(said: string[]): Iterable<Position[]> {
    yield story(said.join(' '))
    if (said.length === length) return
    const by = speakers[said.length % 2 === 1 ? 0 : 1]
    for (const word of words) yield* more([...said, `${by}:${word}`])
  }
  for (const opening of openings) yield* more([`codex:${opening}`])
}

const end = (positions: Position[], more: object = {}) =>
  outcome({ ...finding('F1', 'high', more), history: [], positions }, true)
/** Without those that change the speaker's mind and show nothing. */
const withoutTalk = (positions: Position[]): Position[] =>
  positions.reduce<Position[]>((kept, position) => {
    const before = standing(kept, position.by)
    return before && changesMind(before, position) && !isCited(position) ? kept : kept.concat(position)
  }, [])
const above = (positions: Position[]) => wasAboveLine({ history: [], positions })

describe('whatever two models say in up to five rounds', () => {
  it('nothing urgent ends as agreed not needed, and the debate ends', () => {
    let count = 0
    for (const { finding: now, said } of debates()) {
      count += 1
      if (isUrgent(now) && now.outcome === 'not-needed') expect(said).toEqual('disputed')
      if (now.outcome === 'open') expect(said).toEqual('an end')
    }
    expect(count).toBeGreaterThan(1_000)
  })

  it('an uncited change of mind changes no outcome, but that it can make a finding urgent', () => {
    for (const said of sequences(6)) {
      const bare = withoutTalk(said)
      if (above(bare) !== above(said)) continue
      if (end(said).outcome !== end(bare).outcome) expect(said).toEqual(bare)
      if (end(said).priority !== end(bare).priority) expect(said).toEqual(bare)
    }
  })

  it('without the last word of either, nothing urgent is lost from the list that is on it with that word', () => {
    const isListed = (positions: Position[]) => ['agreed', 'disputed'].includes(end(positions).outcome)
    for (const said of sequences(6)) {
      if (!above(said) || !isListed(said)) continue
      for (const by of ['claude', 'codex'] as const) {
        const at = said.findLastIndex(position => position.by === by)
        const others = said.filter((_, index) => index !== at)
        if (at > 0 && above(others) && !isListed(others)) expect(said).toEqual(others)
      }
    }
  })

  it('no uncited word moves an urgent finding across the high | medium line', () => {
    for (const said of sequences(6)) {
      const last = said.at(-1)!
      const before = said.slice(0, -1)
      const [was, is] = [end(before), end(said)]
      if (isCited(last) || was.outcome !== 'agreed' || is.outcome !== 'agreed') continue
      if (isAboveLine(was.priority) !== isAboveLine(is.priority)) expect(said).toEqual(before)
    }
  })

  it('what stands nowhere and was called critical is settled by two that show why alone', () => {
    for (const { finding: now, said } of debates({ verified: false })) {
      if (now.outcome !== 'not-needed' || !wasAboveLine(now)) continue
      const shown = (['claude', 'codex'] as const).every(by => hasShown(now.positions, by))
      if (!shown) expect(said).toEqual('disputed')
    }
  })
})
