import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openFindings } from '../../src/core/state.ts'
import { Cycle, finding, ready, says } from '../support/cycle.ts'

const messages = [
  'hm',
  ready,
  says('self-review: not ready'),
  says('F1: needed, high — yes'),
  says('all: not needed — no'),
  says('all: needed, low — conceded: x'),
]
const stop = fc.record({
  tree: fc.constantFrom('base', 't1', 't2', 't3', 'as it is', 'as it is'),
  message: fc.constantFrom(...messages),
  /** What Codex does when it is asked. */
  codex: fc.constantFrom('crashed', 'rate-limited', 'missing', 'raises', 'raises', 'approves', 'approves'),
  concedes: fc.boolean(),
})
const happening = fc.oneof(
  { weight: 6, arbitrary: stop },
  { weight: 1, arbitrary: fc.constantFrom('go on', 'pick F1', 'pick none', 'pick all') },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 13 }) },
)

function answers(cycle: Cycle, { codex, concedes }: { codex: string; concedes: boolean }): void {
  const known = cycle.state.run?.findings ?? []
  const fails = codex === 'crashed' || codex === 'rate-limited' || codex === 'missing'
  const resolved = Object.fromEntries(known.map(({ id }) => [id, codex === 'approves']))
  const findings = codex === 'raises' ? [finding(`F${known.length + 1}`)] : []
  const concession = concedes ? 'the caller checks' : null
  const positions = Object.fromEntries(known.map(({ id }) => [id, { needed: !concedes, concession }]))
  cycle.reviews = [fails ? { cannot: codex, until: '2026-01-05T12:00:00.000Z' } : { findings, resolved }]
  cycle.rebuttals = [fails ? { cannot: codex } : positions]
}

it('whatever happens in whatever order, only what is green, reviewed and settled is signed, and nothing is reviewed twice', () => {
  let signatures = 0
  fc.assert(
    fc.property(fc.array(happening, { minLength: 5, maxLength: 25 }), course => {
      const cycle = new Cycle()
      cycle.red.add('t3')
      for (const next of course) {
        const before = cycle.entries.length
        if (typeof next === 'string') cycle.prompt(next)
        else if (typeof next === 'number') cycle.now = `2026-01-05T${next}:00:00.000Z`
        else {
          answers(cycle, next)
          cycle.stop(next.message, next.tree === 'as it is' ? cycle.tree : next.tree)
        }
        const fresh = cycle.entries.slice(before)
        const signed = fresh.find(entry => entry.kind === 'countersigned')
        if (!signed) continue
        signatures++
        const run = cycle.state.run!
        expect([run.reviewedTree, run.tests.get(signed.tree)?.result]).toEqual([signed.tree, 'green'])
        expect([openFindings(run), run.owed, fresh.some(({ kind }) => kind === 'could-not-review')]).toEqual([
          [],
          null,
          false,
        ])
        expect(run.findings.filter(({ fate, outcome }) => fate === 'pending' && outcome !== 'not-needed')).toEqual([])
      }
      const { run } = cycle.state
      expect(new Set(run?.reviewedTrees).size).toBe(run?.reviewedTrees.length ?? 0)
      expect(new Set(run?.findings.map(({ id }) => id)).size).toBe(run?.findings.length ?? 0)
    }),
    { numRuns: 300 },
  )
  expect(signatures).toBeGreaterThan(0)
})
