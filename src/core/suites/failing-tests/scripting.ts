import { type Failure, messageAt, type Reader, short } from './failure.ts'

/** Below `There was 1 failure:`, `1) CartTest::testAdds` and what was said; skipped and risky tests are listed alike. */
export const phpunit: Reader = lines => {
  let counts = false
  return lines.flatMap((line, i): Failure[] => {
    const kind = /^There (?:was|were) \d+ (.+):$/.exec(line)?.[1]
    if (kind) counts = /^(failure|error)s?$/.test(kind)
    const name = counts && /^\d+\) (\S+::\S.*)$/.exec(line)?.[1]
    return name ? [{ name, message: messageAt(lines, i + 1) }] : []
  })
}

/** `   FAILED  Tests\Unit\CartTest > it adds      ExpectationFailedException`, and below it what was said. */
export const pest: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const name = /^ {2,3}FAILED {2}(\S+ > .+?)(?: {2,}\S+)?$/.exec(line)?.[1]
    return name ? [{ name, message: messageAt(lines, i + 1) }] : []
  })

/**
 * ```
 *   1) test adds (CartTest)
 *      test/cart_test.exs:4
 *      Assertion with == failed
 *      left:  1
 * ```
 */
export const exunit: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const [, test, module] = /^ +\d+\) (.+) \(([A-Z][\w.]*)\)$/.exec(line) ?? []
    if (!test || !/^ +\S+\.exs:\d+$/.test(lines[i + 1] ?? '')) return []
    const values = lines.slice(i + 3, i + 7).filter(one => /^ +(code|left|right): /.test(one))
    const message = messageAt(lines, i + 2)
    return [
      { name: `${module}: ${test}`, message: message && short([message, ...values.map(one => one.trim())].join(' ')) },
    ]
  })

/** `00:01 +3 -1: test/cart_test.dart: adds [E]`, and below it what was said. */
export const dart: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const name = /^\d\d:\d\d \+\d+(?: ~\d+)? -\d+: (.+) \[E\]$/.exec(line)?.[1]
    return name ? [{ name, message: messageAt(lines, i + 1) }] : []
  })
