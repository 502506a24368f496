import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signed } from '../../../src/core/cycle/step.ts'
import { raise } from '../../../src/core/ledger/finding-reducer.ts'
import { addedBeyond, beyondInWords, leftOver } from '../../../src/core/ledger/kept.ts'
import { openFindings, openRun } from '../../../src/core/ledger/state.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import { statusText } from '../../../src/core/report/status.ts'
import { findingsText } from '../../../src/core/report/text.ts'
import type { HookReply } from '../../../src/model/hook-reply.ts'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { finding, says } from '../../support/cycle/cycle.ts'
import { type Files, type Reviewer, TreeWorld } from '../../support/cycle/tree-world.ts'

// Whatever happens between two stops, what was raised as critical is not signed over before the user has seen it.

const base: Files = { 'a.js': 'const first = 1\nconst last = 2', 'b.js': 'const other = 3' }

type Move =
  | { do: 'edit'; file: string; danger: string | null; note: string | null }
  | { do: 'move'; from: string; to: string }
  | { do: 'take-back' | 'stash' | 'pop' | 'switch' | 'answer' | 'concede' | 'pick' }
  | { do: 'stop'; says: string }
  | { do: 'reviewer'; is: Reviewer }
  | { do: 'prompt'; text: string }
  | { do: 'session'; name: string }

const file = fc.constantFrom('a.js', 'b.js', 'n.js')
const ready = says('self-review: ready', 'Checked.')
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ do: fc.constant('edit' as const), file },
      danger: fc.constantFrom(null, null, 'danger(one, two)', 'danger(three, four)'),
      note: fc.constantFrom(null, '// a note', '// another note'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), from: file, to: file }) },
  {
    weight: 5,
    arbitrary: fc
      .constantFrom('take-back', 'stash', 'pop', 'switch', 'answer', 'concede', 'pick')
      .map(name => ({ do: name }) as Move),
  },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('stop' as const), says: fc.constantFrom(ready, ready, 'Done.') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('reviewer' as const),
      is: fc.constantFrom<Reviewer>('raises', 'approves', 'approves', 'crashes', 'breaks-off'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('prompt' as const), text: fc.constantFrom('go on', 'go on', 'pick none') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('session' as const), name: fc.constantFrom('s1', 's2') }) },
)

function perform(world: TreeWorld, stashes: Files[], next: Move): void {
  const { work } = world
  switch (next.do) {
    case 'edit': {
      const lines = [base[next.file] ?? 'const fresh = 0', next.danger, next.note].filter(line => line !== null)
      world.work = { ...work, [next.file]: lines.join('\n') }
      return
    }
    case 'move': {
      const { [next.from]: text, ...rest } = work
      world.work = text === undefined ? work : { ...rest, [next.to]: text }
      return
    }
    case 'take-back':
      world.work = { ...base }
      return
    case 'stash':
      stashes.push(work)
      world.work = { ...base }
      return
    case 'pop':
      world.work = { ...work, ...stashes.pop() }
      return
    case 'switch':
      stashes.unshift(work)
      world.work = stashes.pop()!
      return
    case 'answer':
    case 'concede': {
      const run = openRun(world.state)
      const word = next.do === 'answer' ? 'needed, critical — it is so' : 'not needed, low — b.js:1 `const other = 3`'
      const open = run ? openFindings(run) : []
      world.stopHere(open.length > 0 ? says(...open.map(({ id }) => `${id}: ${word}`)) : 'Done.')
      return
    }
    case 'pick':
      world.prompt(`pick ${world.state.run?.findings.at(-1)?.id ?? 'F1'}`)
      return
    case 'stop':
      world.stopHere(next.says)
      return
    case 'reviewer':
      world.codex = next.is
      return
    case 'prompt':
      world.prompt(next.text)
      return
    case 'session':
      world.session = next.name
  }
}

const stands = (tree: string, { line }: { line: string }): boolean =>
  (JSON.parse(tree) as [string, string][]).some(([, text]) => text.split('\n').includes(line))

it('no countersignature is given over what was raised as critical, stands in the tree and was never shown', () => {
  let signatures = 0
  let shownInAll = 0
  fc.assert(
    fc.property(fc.array(move, { minLength: 4, maxLength: 60 }), moves => {
      const world = new TreeWorld(base, { limits: { cycles: 2, codexCalls: 8 } })
      const stashes: Files[] = []
      const shown = new Set<string>()
      for (const next of moves) {
        const from = world.entries.length
        // What the user types now is about what was shown before.
        const before = new Set(world.raised.keys())
        world.last = null
        perform(world, stashes, next)
        const reply = world.last as HookReply
        const text = reply?.context ?? ''
        for (const entry of world.entries.slice(from))
          if (entry.kind === 'countersigned') {
            signatures++
            const unseen = [...world.raised].filter(([title, where]) => stands(entry.tree, where) && !shown.has(title))
            expect(unseen).toEqual([])
          }
        if (/^Countersign · choice/.test(text)) for (const title of before) if (text.includes(title)) shown.add(title)
      }
      shownInAll += shown.size
    }),
    { numRuns: Number(process.env.COUNTERSIGN_FUZZ ?? 3000) / 2 },
  )
  expect([signatures > 20, shownInAll > 20]).toEqual([true, true])
}, 120_000)

const danger = 'danger(one, two)'
const withDanger: Files = { ...base, 'a.js': `${base['a.js']}\n${danger}` }

/** A world in which that line was raised as critical, and the debate over it is open. */
function raisedThere(config: object = {}): TreeWorld {
  const world = new TreeWorld(base, config)
  world.work = withDanger
  world.stopHere(ready)
  world.codex = 'approves'
  return world
}
const told = (world: TreeWorld, from: number) => outcomeMessage(world.entries.slice(from), world.state) ?? ''

describe('what was raised as critical and put away', () => {
  it('is named by the line that signs another change, once, and is open again with its code', () => {
    const world = raisedThere()
    world.work = base
    world.stopHere()
    world.work = { ...base, 'n.js': 'const fresh = 0' }
    let from = world.entries.length
    world.stopHere(ready)
    expect(told(world, from)).toMatch(
      /✓ countersigned .* raised before, not found in this tree: critical “danger.*” \(a\.js:3\)$/,
    )
    expect(statusText(world.state)).toMatch(/Elsewhere critical “danger/)
    expect(findingsText(world.state.run)).toMatch(/Raised before · not found in this tree \(1\)\n {2}critical “danger/)
    world.work = { ...world.work, 'b.js': 'const other = 4' }
    from = world.entries.length
    world.stopHere(ready)
    expect(told(world, from)).toMatch(/✓ countersigned/)
    expect(told(world, from)).not.toMatch(/danger/)
    world.work = { ...world.work, ...withDanger }
    from = world.entries.length
    expect(world.stopHere(ready)).toBe('context debate')
    expect(told(world, from)).toMatch(
      /raised before and open again, since the code is here: critical “danger.*\n.*0 of 1 earlier finding resolved/,
    )
    expect(world.state.run).toMatchObject({ findings: [{ id: 'F1', outcome: 'open', fate: 'pending' }], kept: [] })
  })

  it('is taken along by a run that is put away itself before any review', () => {
    const world = raisedThere()
    world.work = base
    world.stopHere()
    world.work = { ...base, 'n.js': 'const fresh = 0' }
    world.stopHere()
    world.work = base
    const from = world.entries.length
    world.stopHere()
    expect(told(world, from)).toMatch(/nothing is left to review$/)
    world.work = withDanger
    world.stopHere(ready)
    expect(openFindings(world.state.run!)).toMatchObject([{ title: `${danger} in a.js` }])
  })

  it('is not asked for twice by one that raises it again', () => {
    const world = raisedThere()
    world.work = base
    world.stopHere()
    world.work = { ...withDanger, 'b.js': 'const other = 4' }
    world.codex = 'raises'
    world.stopHere(ready)
    expect(openFindings(world.state.run!)).toHaveLength(1)
    world.work = base
    world.stopHere()
    world.work = { ...base, 'n.js': 'const fresh = 0' }
    world.stopHere()
    expect(world.state.run!.kept).toMatchObject([{ id: 'K1', title: `${danger} in a.js`, resolved: false }])
  })
})

describe('what was raised as critical', () => {
  it('and seen gone is open again when an edit brings it back, even to a tree that was reviewed', () => {
    const world = raisedThere()
    world.work = { ...base, 'a.js': `${base['a.js']}\nsafe()` }
    let from = world.entries.length
    world.stopHere(ready)
    expect(told(world, from)).toMatch(/1 of 1 earlier finding resolved \(F1 critical “danger/)
    world.work = withDanger
    from = world.entries.length
    world.stopHere(ready)
    expect(told(world, from)).toMatch(/✓ tests green.*\nraised before and open again/)
    expect(openFindings(world.state.run!)).toMatchObject([{ id: 'F1' }])
  })

  it('in a run that a limit has ended is open in the next one', () => {
    const world = raisedThere({ limits: { codexCalls: 1 } })
    world.stopHere(says('F1: not needed, low — b.js:1 `const other = 3`'))
    expect(world.state.run).toMatchObject({ status: 'over', stage: 'debate' })
    world.prompt('go on')
    world.work = { ...withDanger, 'n.js': 'const fresh = 0' }
    world.stopHere(ready)
    expect(world.state.run).toMatchObject({ status: 'on', stage: 'debate', findings: [{ id: 'F1' }] })
  })

  it('and left by the user is not kept', () => {
    const world = raisedThere()
    world.stopHere(says('F1: needed, critical — it is so'))
    world.prompt('pick none')
    expect(leftOver(world.state.run)).toEqual([])
    expect([leftOver(null), statusText(world.state)]).toEqual([[], expect.stringMatching(/^Picked +none$/m)])
  })

  it('by a part of a review outlives an edit, and is in that part again when the edit is taken back', () => {
    const world = new TreeWorld(base)
    world.codex = 'breaks-off'
    world.work = withDanger
    world.stopHere(ready)
    expect(world.state.run).toMatchObject({ stage: 'review', parts: [{ part: 1 }], findings: [] })
    world.work = { ...withDanger, 'n.js': 'const fresh = 0' }
    world.stopHere()
    expect(world.state.run).toMatchObject({ parts: [], findings: [{ id: 'F1', outcome: 'open' }] })
    world.work = withDanger
    world.stopHere()
    expect(world.state.run).toMatchObject({ parts: [{ part: 1 }], findings: [] })
    world.work = { ...withDanger, 'n.js': 'const fresh = 1' }
    world.codex = 'approves'
    world.stopHere(ready)
    world.stopHere(ready)
    expect(openFindings(world.state.run!)).toMatchObject([{ id: 'F1', title: `${danger} in a.js` }])
  })

  it('is remembered a hundred times after a review has seen it gone, and for ever while it is open', () => {
    const gone = (at: number) => ({
      ...raise(finding(`F${at}`, 'high', { stood: 'file', anchor: `line ${at} of it` })),
      fate: at > 3 ? ('resolved' as const) : ('pending' as const),
    })
    const { run } = raisedThere().state
    const kept = leftOver({ ...run!, findings: Array.from({ length: 120 }, (_, at) => gone(at + 1)) })
    expect([kept.length, kept.filter(({ resolved }) => !resolved).length, kept[3]!.title]).toEqual([
      ...[103, 3, 'title of F21'],
    ])
  })
})

describe('findings beyond what one review may raise', () => {
  const world = () => raisedThere()
  const signedWith = (beyond: Record<string, number>) => {
    const run = world().state.run!
    return signed({ ...run, reviews: { ...run.reviews, beyond } }, 'c0')
  }
  it('keep a change from being signed where one of them is critical or high', () =>
    expect(['critical', 'high', 'medium'].map(priority => signedWith({ [priority]: 3 }))).toMatchObject([
      { kind: 'let-go', why: 'left-out' },
      { kind: 'let-go', why: 'left-out' },
      { kind: 'countersigned', beyond: { medium: 3 } },
    ]))
  it('add up over reviews', () =>
    expect([addedBeyond({ low: 1 }, { low: 2, high: 1 }), beyondInWords({ low: 3, high: 1 })]).toEqual([
      { high: 1, low: 3 },
      '1 high, 3 low',
    ]))
  it('go with a change that is put away, and are in the list', () => {
    const cycle = world()
    const reviewed = cycle.entries.findIndex(({ kind }) => kind === 'reviewed')
    cycle.entries[reviewed] = { ...cycle.entries[reviewed]!, beyond: { critical: 2 } } as LedgerEntry
    expect(findingsText(cycle.state.run)).toMatch(/Left out, since one review .*: 2 critical/)
    cycle.work = base
    cycle.stopHere()
    cycle.work = { ...base, 'n.js': 'const fresh = 0' }
    const from = cycle.entries.length
    cycle.stopHere(ready)
    expect(cycle.state.run).toMatchObject({ status: 'over', reviews: { beyond: { critical: 2 } } })
    expect(told(cycle, from)).toMatch(/! 2 critical left out, .* This change is not countersigned/)
    cycle.work = { ...base, 'n.js': 'const fresh = 1' }
    cycle.prompt('go on')
    cycle.stopHere(ready)
    expect(cycle.state.run).toMatchObject({ stage: 'countersigned', reviews: { beyond: {} } })
  })
})
