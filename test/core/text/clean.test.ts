import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanDecisions, cleanEntries } from '../../../src/core/text/clean.ts'
import { type Happening, happenings, isWhole } from '../../../src/model/ledger/ledger-entry.ts'
import { object, type Shape } from '../../../src/model/ledger/shape.ts'

const token = `ghp_${'a1'.repeat(20)}`
const dirt = [`token=${token}`, `\u202e`, `\x1b[31m`, `\x00`, `\u2028`, 'x'.repeat(5000)]
const foreign = fc
  .array(fc.oneof(fc.constantFrom(...dirt), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 6 })
  .map(parts => parts.join(' '))

/** Whatever fits a shape: foreign texts as bad as can be, all else plain. */
function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.is) {
    case 'text':
      return fc.stringMatching(/^[0-9a-f]{8}$/)
    case 'foreign':
      return foreign
    case 'number':
      return fc.nat()
    case 'flag':
      return fc.boolean()
    case 'one-of':
      return fc.constantFrom(...shape.words)
    case 'list':
      return fc.array(anyOf(shape.of), { maxLength: 3 })
    case 'by-name':
      return fc.dictionary(fc.stringMatching(/^[a-z.]{3}$/), anyOf(shape.of), { maxKeys: 3 })
    case 'nullable':
      return fc.option(anyOf(shape.of))
    case 'optional':
      return fc.option(anyOf(shape.of), { nil: undefined })
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(shape.fields).map(([name, of]) => [name, anyOf(of)])))
  }
}

/** The same value with every foreign text as `put` has it. */
function replaced(shape: Shape, value: unknown, put: (text: string, most: number) => unknown): unknown {
  if (value === null || value === undefined) return value
  if (shape.is === 'foreign') return put(value as string, shape.most)
  if (shape.is === 'nullable' || shape.is === 'optional') return replaced(shape.of, value, put)
  if (shape.is === 'list') return (value as unknown[]).map(one => replaced(shape.of, one, put))
  if (shape.is !== 'object' && shape.is !== 'by-name') return value
  const shapeOf = (name: string) => (shape.is === 'object' ? shape.fields[name] : shape.of)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const of = shapeOf(name)
      return [name, of ? replaced(of, inner, put) : inner]
    }),
  )
}

describe('on its way into the ledger', () => {
  it.each(Object.keys(happenings) as Happening['kind'][])(
    'what others have said is cleaned in %s, and nothing else is touched',
    kind => {
      const shape = object(happenings[kind])
      fc.assert(
        fc.property(anyOf(shape), fields => {
          const entry = { ...(fields as object), kind } as Happening
          const [clean] = cleanEntries([entry])
          expect(isWhole(clean!)).toBe(true)
          expect(JSON.stringify(clean)).not.toMatch(/ghp_|\u202e|\u2028|\\u001b|\\u0000/)
          replaced(shape, clean, (text, most) => expect(text.length).toBeLessThan(most + 2000))
          expect(replaced(shape, clean, () => '')).toEqual(replaced(shape, entry, () => ''))
          expect(cleanEntries([clean!])).toEqual([clean])
        }),
        { numRuns: 30 },
      )
    },
  )
  it('each text is cut at its own length', () => {
    const long = 'x'.repeat(7000)
    const [prompted, dismissed] = cleanEntries([
      { kind: 'prompted', session: 's1', text: long },
      { kind: 'dismissed', ids: ['F1'], reason: long },
    ])
    expect(prompted).toMatchObject({ text: `${'x'.repeat(4000)} … (3000 characters left out)` })
    expect(dismissed).toMatchObject({ reason: `${'x'.repeat(6000)} … (1000 characters left out)` })
  })
  it('a field that no line has is left out', () =>
    expect(cleanEntries([{ kind: 'paused', why: token } as Happening])).toEqual([{ kind: 'paused' }]))
})

it('decisions are cleaned like what the ledger says of them', () =>
  expect(cleanDecisions([{ title: 'T\u202e', file: 'a.js', kind: 'gap', reason: `by\ndesign, ${token}` }])).toEqual([
    { title: 'T', file: 'a.js', kind: 'gap', reason: 'by\ndesign, [masked]' },
  ]))
