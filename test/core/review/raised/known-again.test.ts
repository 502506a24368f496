import { describe, expect, it } from 'vitest'
import { raise } from '../../../../src/core/ledger/finding-reducer.ts'
import type { DebatedFinding } from '../../../../src/core/ledger/state.ts'
import { finding } from '../../../support/cycle/cycle.ts'
import { story } from '../../../support/cycle/debate.ts'
import { earlier, raisedIn, said, type Told } from './reviewed-file.ts'

const before = 'function mean(xs) {\n  return sum / xs.length\n}\nfunction half(x) {\n  return x\n}\n'
/** Two lines further down, and edited elsewhere. */
const after = `// One\n// Two\n${before}// Three\n`
const edited: [number, number][] = [
  [1, 2],
  [9, 9],
]
type More = Parameters<typeof said>[0]
type Fate = Partial<DebatedFinding>
const left: Fate = { fate: 'left', outcome: 'agreed' }
const dismissed: Fate = { fate: 'dismissed', outcome: 'disputed' }
const withdrawn: Fate = { fate: 'pending', outcome: 'not-needed' }
const bothGone: Fate = { fate: 'left', outcome: 'disputed', positions: story('codex:high claude:no codex:no') }
const open: Fate = { fate: 'picked', outcome: 'agreed' }
const unresolved = [{ id: 'F1', resolved: false, reason: 'r' }]
const fixed = [{ id: 'F1', resolved: true, reason: 'r' }]

/** One finding raised before and one now, both high unless said otherwise. */
const again = (fate: Fate, more: More = {}, told: Told = {}, first: More = {}) => {
  const [raised] = raisedIn({ now: before }, said({ priority: 'high', ...first }))
  const known = earlier(raised!, fate)
  const [found] = raisedIn(
    { now: after, changed: edited, earlier: [known], ...told },
    said({ priority: 'high', ...more }),
  )
  return { inScope: found!.inScope, again: found!.again }
}

describe('what was raised before is known again at the code it was raised at', () => {
  const reworded = { title: 'Other words', body: 'Other.', line_start: 77, quote: '+  sum / xs.length' }
  it.each([
    ['what the user left', left, {}, false],
    ['what the user left, below high, in other words', left, { ...reworded, priority: 'medium' }, false],
    ['what the user left, in much the same words', left, { ...reworded, title: 'Divides by zero here' }, false],
    ['what the user left, as less urgent', left, { priority: 'low' }, false],
    ['what the user dismissed', dismissed, {}, false],
    [
      'what the user left, below high, by other code in the same line',
      left,
      { priority: 'medium', quote: 'return' },
      false,
    ],
    ['what both withdrew, below high', { ...withdrawn, priority: 'medium' }, { priority: 'medium' }, false],
  ] as [string, Fate, More, boolean][])('%s stays out', (_, fate, more, inScope) =>
    expect(again(fate, more, {}, fate.priority ? { priority: fate.priority } : {})).toEqual({ inScope }),
  )
  it('what the user left does not silence something urgent in other words at the same code: it may be another fault', () =>
    expect(again(left, reworded)).toEqual({ inScope: true, again: 'F1' }))

  it.each([
    ['as more urgent than the user saw it', left, { priority: 'critical' }, {}],
    ['dismissed, as more urgent than the user saw it', dismissed, { priority: 'critical' }, {}],
    ['withdrawn by both, and urgent', withdrawn, {}, {}],
    ['left after both had called it not needed', bothGone, {}, {}],
    ['left, where nothing says what was edited', left, {}, { changed: null }],
    ['left, where its own line was edited', left, {}, { changed: [[4, 4]] }],
    ['not decided yet, and not checked in this review', open, {}, {}],
  ] as [string, Fate, More, Told][])('it comes back, as the earlier one again: %s', (_, fate, more, told) =>
    expect(again(fate, more, told)).toEqual({ inScope: true, again: 'F1' }),
  )

  it.each([
    ['fixed before', { fate: 'resolved', outcome: 'agreed' }, {}, {}],
    ['just found to be fixed', open, {}, { resolved: fixed }],
    ['left, and of another kind', left, { kind: 'gap' }, {}],
    ['left, at another place, with the same title', left, { quote: 'function half(x)' }, {}],
    ['left, where its code stands no more', left, { quote: 'sum / xs.size' }, { now: after.replace('length', 'size') }],
    ['left, where its code stands twice by now', left, {}, { now: `${after}${before}` }],
    ['left, and urgent for other code in the same line', left, { quote: 'return sum' }, {}, { quote: 'xs.length' }],
    [
      'left, and another wish of the same request',
      left,
      { kind: 'gap', quote: 'for an empty list', priority: 'medium' },
      { changed: [[1, 1]] },
      { kind: 'gap', quote: 'Please return null', priority: 'medium' },
    ],
    ['left, and the new one stands nowhere', left, { quote: 'gone' }, {}],
    ['left, and the file is deleted', left, {}, { now: null, base: before }],
  ] as [string, Fate, More, Told, More?][])('it is new: %s', (_, fate, more, told, first) =>
    expect(again(fate, more, told, first)).toEqual({ inScope: true, again: undefined }),
  )

  it('what this review finds unresolved is debated under its own id, unless it has become more urgent', () => {
    expect(again(open, {}, { resolved: unresolved })).toEqual({ inScope: false, again: undefined })
    expect(again(open, { priority: 'critical' }, { resolved: unresolved })).toEqual({ inScope: true, again: 'F1' })
    expect(again({ ...open, inScope: false }, {}, { resolved: unresolved })).toEqual({ inScope: true, again: 'F1' })
  })

  it('what the user saw is the most urgent that either model held it', () => {
    const critical = {
      by: 'codex' as const,
      round: 0,
      needed: true,
      priority: 'critical' as const,
      reason: 'r',
      concession: null,
    }
    const low = { ...critical, by: 'claude' as const, round: 1, priority: 'low' as const }
    const none = { ...low, needed: false, priority: null }
    const seen = { ...left, priority: 'low' as const, history: [critical], positions: [none, low] }
    expect(again(seen, { priority: 'critical' })).toEqual({ inScope: false, again: undefined })
    expect(again({ ...seen, history: [] }, { priority: 'critical' })).toEqual({ inScope: true, again: 'F1' })
  })

  it('one of several that settles it is enough, and the last of those that do not is named', () => {
    const [raised] = raisedIn({ now: before }, said({ priority: 'high' }))
    const twins = (...fates: Fate[]) => fates.map((fate, at) => earlier(raised!, { ...fate, id: `F${at + 1}` }))
    const judged = (known: DebatedFinding[]) =>
      raisedIn({ now: after, changed: edited, earlier: known }, said({ priority: 'high' }))[0]
    expect(judged(twins(left, withdrawn))).toMatchObject({ inScope: false })
    expect(judged(twins(withdrawn, withdrawn))).toMatchObject({ inScope: true, again: 'F2' })
  })

  it('a line that only begins alike is another', () => {
    const now = 'const a = b\nconst a = b + c\n'
    const [raised] = raisedIn({ now: 'const a = b\nx\n' }, said({ quote: 'const a = b', priority: 'high' }))
    const known = earlier(raised!, left)
    const [same, other] = raisedIn(
      { now, changed: [], earlier: [known] },
      said({ quote: 'const a = b', line_start: 1, priority: 'high' }),
      said({ quote: 'a = b + c', title: 'Other', priority: 'high' }),
    )
    expect([same?.inScope, other?.inScope]).toEqual([false, true])
  })
})

describe('what earlier versions have written, without its lines,', () => {
  const old = (more: Fate) => ({
    ...raise(finding('F1', 'high', { file: 'src/mean.js', quote: 'return sum / xs.length' })),
    ...left,
    ...more,
  })
  const known = (more: Fate, told: Told = {}, now: More = {}) => {
    const [found] = raisedIn(
      { now: after, changed: [], earlier: [old(more)], ...told },
      said({ priority: 'high', title: 'title of F1', ...now }),
    )
    return !found!.inScope
  }
  it.each([
    ['is known by a quote that stands once', {}, {}, {}, true],
    ['is not known by a quote that stands twice', {}, { now: before + before }, {}, false],
    ['is not known by a short quote', { quote: 'return x' }, {}, { quote: 'return x' }, false],
    ['is not known by a quote that was never proven', { verified: false }, {}, {}, false],
    ['is known by what the change took out', {}, { now: '', base: before }, {}, true],
    ['is not known where that was taken out anew', {}, { now: '', base: before, last: before }, {}, false],
    [
      'is known by what was asked for',
      { kind: 'gap', quote: 'return null for an empty list' },
      {},
      { kind: 'gap', quote: 'null for an empty list' },
      true,
    ],
    [
      'is not known by what was asked for in a file that changed',
      { kind: 'gap', quote: 'return null for an empty list' },
      { changed: [[9, 9]] },
      { kind: 'gap', quote: 'null for an empty list' },
      false,
    ],
    [
      'is not known by what stands on something else',
      { kind: 'gap' },
      {},
      { kind: 'gap', quote: 'null for an empty list' },
      false,
    ],
  ] as [string, Fate, Told, More, boolean][])('%s', (_, more, told, now, is) => expect(known(more, told, now)).toBe(is))
})

it('a secret in the lines of an earlier finding keeps it from nothing', () => {
  const now = 'function f() {\n  connect({ password: "hunter2!x9" })\n}\n'
  const [raised] = raisedIn({ now }, said({ quote: 'password: "hunter2!x9"', priority: 'high' }))
  const known = earlier(raised!, left)
  expect(known.anchor).not.toContain('hunter2')
  expect(
    raisedIn({ now, changed: [], earlier: [known] }, said({ quote: '{ password: "hunter2!x9" }', priority: 'high' })),
  ).toMatchObject([{ inScope: false }])
})
it('a file is the same under the name that the ledger has for it', () => {
  const file = 'src/mean.js\u200b'
  const [raised] = raisedIn({ now: before }, said({ file, priority: 'high' }))
  const known = earlier(raised!, left)
  expect(known.file).toBe('src/mean.js')
  expect(raisedIn({ now: before, changed: [], earlier: [known] }, said({ file, priority: 'high' }))).toMatchObject([
    { inScope: false },
  ])
})

describe('what stands nowhere is known again by its words', () => {
  const nowhere = { quote: 'return median(xs)', priority: 'critical' } as const
  const asItWas: Told = { now: before, changed: [] }
  it.each([
    ['stays out where the user left it and the file is as it was', left, {}, asItWas, false],
    ['stays out where the user dismissed it', dismissed, {}, asItWas, false],
    ['comes back where the user has not decided it', { fate: 'pending' }, {}, asItWas, true],
    ['comes back where the file was edited', left, {}, {}, true],
    ['comes back where nothing says what was edited', left, {}, { ...asItWas, changed: null }, true],
    ['comes back under another title', left, { title: 'Other' }, asItWas, true],
    ['comes back with another quote', left, { quote: 'return mode(xs)' }, asItWas, true],
    ['comes back as another kind', left, { kind: 'excess' }, asItWas, true],
  ] as [string, Fate, More, Told, boolean][])('%s', (_, fate, more, told, inScope) =>
    expect(again(fate, { ...nowhere, ...more }, told, nowhere)).toEqual({ inScope }),
  )
  it('and comes back as more urgent than the user saw it', () =>
    expect(again(left, nowhere, asItWas, { ...nowhere, priority: 'high' })).toEqual({ inScope: true }))
})
