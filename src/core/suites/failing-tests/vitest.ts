import { type Failure, messageAt, type Reader } from './failure.ts'

/**
 * ```
 * ⎯⎯⎯ Failed Tests 1 ⎯⎯⎯
 *
 *  FAIL  test/cart.test.js > cart > total > adds prices
 * AssertionError: expected -3 to deeply equal 3
 * ```
 * Tests that fail alike stand above one message together; a suite that does not load has its file again in brackets.
 */
export const vitest: Reader = lines => {
  const start = lines.findIndex(line => /^⎯+ Failed (Suites|Tests) \d+ ⎯+$/.test(line))
  if (start < 0) return []
  return lines.flatMap((line, i): Failure[] => {
    const name = i > start && /^ FAIL {2}(.+?)(?: \[ [^[\]]+ \])?$/.exec(line)?.[1]
    if (!name) return []
    const end = lines.findIndex((other, j) => j > i && !other.startsWith(' FAIL  '))
    return [{ name, message: messageAt(lines, end) }]
  })
}
