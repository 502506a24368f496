import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { surroundedHint, surroundedKinds, tokenKinds } from '../../../../src/core/text/secrets/kinds.ts'
import { withoutSecrets } from '../../../../src/core/text/secrets.ts'
import { filled } from '../../../support/secrets/shape.ts'

/** The ways a secret stands in what is reviewed. */
const ways: [name: string, around: (text: string) => string][] = [
  ['alone', text => text],
  ['an added line', text => `+    ${text}`],
  ['a removed line', text => `-${text}`],
  ['YAML', text => `  note: ${text}`],
  ['JSON', text => `{"note": "${text}", "n": 1}`],
  ['a variable', text => `NOTE=${text}`],
  ['code', text => `const note = '${text}';`],
  ['an escaped text', text => `"a\\n${text}\\n"`],
]
const wholeLine = new Set(['line of a .pgpass', 'PuTTY key check', 'htpasswd -b', 'password in SQL'])

const left = (text: string, secrets: string[]) => secrets.filter(secret => secret.length > 3 && text.includes(secret))

describe.each([...tokenKinds, ...surroundedKinds].map(kind => [kind.name, kind] as const))('%s', (name, kind) => {
  it('is documented, and its example is a shape', () => {
    expect(kind.page).toMatch(/^https:\/\//)
    expect(kind.example).toMatch(/\{(?:uuid|\d+[xdAalbup]?)\}/)
    expect(kind.pattern.flags).toMatch(/^i?$/)
  })

  it('is found by its own pattern, which keeps nothing of the secret', () => {
    const { text, secrets } = filled(kind.example, 2)
    expect(left(text.replace(kind.pattern, '$1').replace('$1', ''), secrets)).toEqual([])
  })

  it.each(wholeLine.has(name) ? ways.slice(0, 3) : ways)('is masked: %s', (_, around) => {
    const { text, secrets } = filled(kind.example, 3)
    const shown = withoutSecrets(around(text))
    expect(left(shown, secrets)).toEqual([])
    expect(shown).toContain('[masked]')
  })
})

describe('all kinds', () => {
  const kinds = [...tokenKinds, ...surroundedKinds]

  it('have names of their own', () => expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length))

  it('that need something around them are let through by the hint', () =>
    expect(surroundedKinds.filter(({ example }) => !surroundedHint.test(example)).map(({ name }) => name)).toEqual([]))

  it('with any letters: nothing of a secret is left, lines stay lines, and a second time changes nothing', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1 }), fc.constantFrom('', '+', '-', ' ')), {
          minLength: 1,
          maxLength: 6,
        }),
        picked => {
          const all = picked.map(([{ example }, seed, mark]) => ({ ...filled(example, seed), mark }))
          const text = all.map(one => one.mark + one.text).join('\n')
          const shown = withoutSecrets(text)
          const secrets = all.flatMap(one => one.secrets)
          expect(left(shown, secrets)).toEqual([])
          expect(shown.split('\n').length).toBe(text.split('\n').length)
          expect(withoutSecrets(shown)).toBe(shown)
        },
      ),
      { numRuns: 300 },
    ))
})
