import { describe, expect, it } from 'vitest'
import { base, first, type Profile, profiles, shipped, simulate } from '../../support/cycle/noisy-models.ts'

// What the shipped rule makes of models that err. The bars are in per cent: of what is truly critical or high, as much may be
// dropped in the debate; of what is false, no more may be agreed than by words alone, and one point.

const seeds = 10_000
const mayDrop: Record<string, number> = {
  ...{ typical: 1, yielding: 1, deferential: 1, stubborn: 1 },
  'stubborn and yielding': 2,
}

describe('over ten thousand findings', () => {
  it.each(Object.entries(profiles))('two models that are %s stay within the bars', (name, more) => {
    const profile: Profile = { ...base, ...more }
    const [now, words] = [simulate(shipped(2), profile, seeds), simulate(first(2), profile, seeds)]
    expect(now.urgentDropped).toBeLessThanOrEqual(mayDrop[name] ?? words.urgentDropped / 3)
    expect(now.falseAgreed).toBeLessThanOrEqual(words.falseAgreed + 1)
    expect(now.rounds).toBeLessThanOrEqual(words.rounds)
  })
  it('what the reviewer called critical or high is never dropped, by whatever models', () => {
    for (const more of Object.values(profiles)) {
      const ends = simulate(shipped(5), { ...base, ...more }, 2_000)
      expect(ends.raisedUrgentDropped).toBe(0)
    }
  })
})
