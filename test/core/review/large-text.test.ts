import { describe, expect, it } from 'vitest'
import { searchable } from '../../../src/core/review/quote-place.ts'
import { pathsOf, repositoryPath } from '../../../src/core/review/repository-path.ts'

// What a repository holds and a model writes can be large, and laid out to take time. Nothing here needs more than linear time.

describe('a quote is looked for in 16 MB within seconds', () => {
  const size = 16 * 1024 * 1024
  it.each([
    ['one line without end', 'a'.repeat(size), 'a'.repeat(9999)],
    ['a quote that differs by its first sign', 'a'.repeat(size), `b${'a'.repeat(9999)}`],
    ['a quote that differs by its last sign', 'a'.repeat(size), `${'a'.repeat(9999)}b`],
    ['a quote that differs in the middle', 'a'.repeat(size), `${'a'.repeat(120)}b${'a'.repeat(120)}`],
    ['lines without end', 'ab c\n'.repeat(size / 5), 'ab c '.repeat(2000)],
    ['nothing but lines', '\n'.repeat(size), '\n'.repeat(9999)],
    ['line numbers alone', '1 | \n'.repeat(size / 5), '1 | \n'.repeat(2000)],
    ['signs of a diff alone', '+\n-\n'.repeat(size / 4), '+\n-\n'.repeat(2500)],
  ])(
    '%s',
    (_, text, quote) => {
      const started = performance.now()
      searchable(text)(quote)
      expect(performance.now() - started).toBeLessThan(8000)
    },
    60_000,
  )
})

it('400 paths are found among 100,000 files within two seconds', () => {
  const paths = pathsOf(Array.from({ length: 100_000 }, (_, i) => `src/folder${i % 100}/file${i}.ts`))
  const started = performance.now()
  for (let i = 0; i < 400; i++) expect(repositoryPath(`b\\SRC/folder${i % 100}/file${i}.ts:3`, paths)).not.toBeNull()
  expect(performance.now() - started).toBeLessThan(2000)
})
