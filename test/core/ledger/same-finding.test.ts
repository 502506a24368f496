import { describe, expect, it } from 'vitest'
import { isSameFinding, merged, onceEach } from '../../../src/core/ledger/same-finding.ts'
import type { Finding } from '../../../src/model/finding.ts'
import { finding } from '../../support/cycle/cycle.ts'

const anchor = 'return sum / xs.length'
const first = finding('F1', 'low', { title: 'Name is vague', body: 'Rename it.', anchor })

describe('two findings are the same', () => {
  it.each([
    ['at the same code, under other titles', first, { title: 'SQL injection', priority: 'critical' }, true],
    [
      'not at the same code, where they say other things and ask for other fixes',
      first,
      { title: 'SQL injection', fix: 'Use a parameter.' },
      false,
    ],
    [
      'at the same code, where the titles share half their words',
      first,
      { title: 'The name is vague', fix: 'Call it total.' },
      true,
    ],
    [
      'at the same code, both urgent, under one title',
      { ...first, priority: 'high' },
      { title: 'name is  vague', priority: 'critical' },
      true,
    ],
    [
      'not where both are urgent, under other titles',
      { ...first, priority: 'high' },
      { title: 'Race', priority: 'high' },
      false,
    ],
    ['not at other code', first, { anchor: 'return x' }, false],
    ['not where one has no code', first, { anchor: undefined }, false],
    ['not of another kind', first, { kind: 'excess' }, false],
    ['not in another file', first, { file: 'b.js' }, false],
    ['by their words where neither has code', { ...first, anchor: undefined }, { anchor: undefined }, true],
    [
      'not by other words where neither has code',
      { ...first, anchor: undefined },
      { anchor: undefined, title: 'B' },
      false,
    ],
    [
      'not at other lines where neither has code',
      { ...first, anchor: undefined },
      { anchor: undefined, lineStart: 9 },
      false,
    ],
    [
      'not by another quote where neither has code',
      { ...first, anchor: undefined },
      { anchor: undefined, quote: 'z' },
      false,
    ],
  ] as [string, Finding, Partial<Finding>, boolean][])('%s', (_, one, more, same) =>
    expect(isSameFinding(one, { ...first, id: 'F2', ...more })).toBe(same),
  )
})

describe('two as one', () => {
  const urgent = finding('F2', 'critical', { title: 'SQL injection', body: 'Anybody can.', anchor })
  it('say what the more urgent one says, and name the other', () =>
    expect([merged(first, urgent), merged(urgent, first)]).toMatchObject(
      Array.from({ length: 2 }, () => ({
        ...{ title: 'SQL injection', priority: 'critical' },
        body: 'Anybody can.\n\nAlso: Name is vague\nRename it.',
      })),
    ))
  it('say the same once', () => expect(merged(first, { ...first, id: 'F2' }).body).toBe('Rename it.'))
  it('keep the id of the first, and its place in the order', () =>
    expect(onceEach([first, finding('F3', 'low', { file: 'b.js' }), { ...urgent, inScope: false }])).toMatchObject([
      { id: 'F1', title: 'SQL injection', inScope: true },
      { id: 'F3' },
    ]))
  it('are in scope where one of them is', () =>
    expect(onceEach([{ ...first, inScope: false }, urgent])).toMatchObject([{ id: 'F1', inScope: true }]))
})
