import { describe, expect, it } from 'vitest'
import { citationsIn } from '../../../src/core/review/citations.ts'

const cited = (reason: string) =>
  citationsIn(reason).map(({ file, line, quote }) => `${file}:${line ?? ''} ${quote}`.replace(/^: /, ''))

describe('the quotes of a reason', () => {
  it.each([
    [
      'follow their place',
      'both check: src/api.js:12 `if (!xs.length) return`',
      ['src/api.js:12 if (!xs.length) return'],
    ],
    ['or a place in backticks', '`src/api.js:12` has `if (!xs.length)`', ['src/api.js:12 if (!xs.length)']],
    ['or a range of lines', 'a.js:3-5 `x / y`', ['a.js:3 x / y']],
    ['in brackets, too', '(a.js:3) `x / y`', ['a.js:3 x / y']],
    ['with full-width signs', '见 src/a.js：3，`x / y`', ['src/a.js:3 x / y']],
    ['as a link', '[src/a.js:3](src/a.js#L3) `x / y`', ['src/a.js:3 x / y']],
    ['with the sign of a forge', 'src/a.js#L3-L5 `x / y`', ['src/a.js:3 x / y']],
    ['in bold', '**src/a.js:3** `x / y`', ['src/a.js:3 x / y']],
    ['with a column', 'src/a.js:3:7 `x / y`', ['src/a.js:3 x / y']],
    ['with words between', 'src/cli.js:30 does pass it: `mean(argv)`', ['src/cli.js:30 mean(argv)']],
    ['each its own', 'a.js:1 `one` and b.js:2 `two`', ['a.js:1 one', 'b.js:2 two']],
    ['without a place, from the request perhaps', 'it was asked for: `in whole cents`', ['in whole cents']],
    ['only one for a place', 'a.js:1 `one`, and so `two`', ['a.js:1 one', 'two']],
    ['with backticks in them', 'a.js:1 ``a `b` c``', ['a.js:1 a `b` c']],
    ['and no others: a time, an address', 'at 12:30 `see` http://x.y:80/z', ['see']],
    ['a place alone is none', 'README.md:8 plans it', []],
    ['nor is an empty quote', 'a.js:1 ` `', []],
    ['a place far away is not its place', `\`a.js:1\` ${'so '.repeat(20)} \`that\``, ['that']],
  ])('%s: %s', (_, reason, expected) => expect(cited(reason)).toEqual(expected))

  it('are twenty at the most, from the first six thousand characters', () => {
    expect(cited('a.js:1 `quote` '.repeat(40))).toHaveLength(20)
    expect(cited(`${'x'.repeat(6000)} a.js:1 \`quote\``)).toEqual([])
  })
  it('are found in time however the text is made', () => {
    const started = performance.now()
    for (const odd of ['`'.repeat(6000), '`a'.repeat(3000), '``a'.repeat(2000), 'a:'.repeat(3000), ':1'.repeat(3000)])
      citationsIn(odd)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
