import { describe, expect, it } from 'vitest'
import { keyMasker } from '../../../../src/core/text/secrets/key-blocks.ts'
import { filled } from '../../../support/secrets/shape.ts'

const masked = (text: string) => text.split('\n').map(keyMasker()).join('\n')
const line = filled('{64b}').text
const [begin, end] = ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----']

describe('a private key', () => {
  it('is masked from its first line to its last, with marks and indentation kept', () =>
    expect(masked(`a\n+  ${begin}\n+  ${line}\n+  abcd=\n+  ${end}\nb`)).toBe(
      `a\n+  ${begin}\n+  [masked]\n+  [masked]\n+  ${end}\nb`,
    ))

  it('keeps its headers and its empty lines', () => {
    const headers = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n'
    expect(masked(`${begin}\n${headers}\n${line}\n${end}`)).toBe(`${begin}\n${headers}\n[masked]\n${end}`)
  })

  it.each([
    [`k = "${begin}\\n${line}\\n${end}"`, `k = "${begin}[masked]${end}"`],
    [`"${begin}\\nMIIE\\n${end}\\n"`, `"${begin}[masked]${end}\\n"`],
    [`${begin}${line}`, `${begin}[masked]`],
    [`"${begin}\\n${line}\\n`, `"${begin}\\n[masked]`],
    [`${line}${end}`, `[masked]${end}`],
    [`"abc", "${line}\\n${end}"`, `"abc", "[masked]${end}"`],
    [`abcd${end}`, `abcd${end}`],
    [`${begin}...${end}`, `${begin}...${end}`],
    [`${begin}\${key}${end}`, `${begin}\${key}${end}`],
    [`x.startsWith('${begin}') && x.endsWith('${end}')`, `x.startsWith('${begin}') && x.endsWith('${end}')`],
    [`a ${begin} b`, `a ${begin} b`],
  ])('on one line: %s', (text, shown) => {
    expect(masked(text)).toBe(shown)
    expect(masked(shown)).toBe(shown)
  })

  it('that was masked before stays so', () => {
    const shown = `${begin}\n[masked]\n[masked]\n${end}`
    expect(masked(shown)).toBe(shown)
    expect(masked(`${begin}[masked]\n${line}`)).toBe(`${begin}[masked]\n[masked]`)
  })

  it('ends with the first line that is no part of one', () =>
    expect(masked(`${begin}\n${line}\nif (x) {\nreturn\n`)).toBe(`${begin}\n[masked]\nif (x) {\nreturn\n`))

  it('that is only spoken of hides nothing', () => {
    const text = `// ${begin} begins a key\nreturn\n${begin}\n...\nx\n}`
    expect(masked(text)).toBe(`// ${begin} begins a key\nreturn\n${begin}\n...\nx\n}`)
  })
})

describe('a key without its first line', () => {
  it.each([64, 70, 72, 76])('is known by lines of %i characters', length => {
    const { text } = filled(`{${length}b}\n{${length}b}\n{20b}==\nend`)
    expect(masked(text)).toBe('[masked]\n[masked]\n[masked]\nend')
  })

  it.each([
    ['lines of another length', filled('{60b}\n{60b}').text],
    ['a hash', filled('{64x}').text],
    ['words', 'a'.repeat(64)],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${line}\n${line}\n-----END CERTIFICATE-----`],
    ['a certificate with headers', `-----BEGIN PGP SIGNATURE-----\nVersion: 1\n\n${line}\n-----END PGP SIGNATURE-----`],
    ['a picture', `<image href="data:image/png;base64,\n${line}\n${line}"/>`],
  ])('and no more than that: %s', (_, text) => expect(masked(text)).toBe(text))

  it('also behind a mark that begins and ends on one line', () =>
    expect(masked(`-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----\n${line}`)).toMatch(/\n\[masked\]$/))

  it('also behind a certificate that other text has ended', () =>
    expect(masked(`-----BEGIN CERTIFICATE-----\nx y\n${line}`)).toBe('-----BEGIN CERTIFICATE-----\nx y\n[masked]'))

  it('ends with a line that is no base64', () => expect(masked(`${line}\nword\n}`)).toBe('[masked]\nword\n}'))
})

describe('a PuTTY key', () => {
  const key = (after: string) => `Public-Lines: 1\n${line}\nPrivate-Lines: 2\n${line}\n${after}`
  it('is masked by the count of its lines, and its public part is not', () =>
    expect(masked(key(`abcd\nabcd`))).toBe(`Public-Lines: 1\n${line}\nPrivate-Lines: 2\n[masked]\n[masked]\nabcd`))
  it('ends early with what is no part of it', () =>
    expect(masked(key('x y\nabcd'))).toBe(`Public-Lines: 1\n${line}\nPrivate-Lines: 2\n[masked]\nx y\nabcd`))
})
