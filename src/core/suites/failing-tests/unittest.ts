import { type Failure, type Reader, short } from './failure.ts'

/**
 * ```
 * ======
 * FAIL: test_prices (test_cart.CartTest.test_prices) (price=1, cost=2)
 * ------
 * Traceback (most recent call last):
 *   …
 * AssertionError: 1 != 2
 * ```
 * Up to Python 3.10 the parentheses end with the class. The exception is the last line that looks like one.
 */
export const unittest: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const [, method = '', where, parameters = ''] = /^(?:FAIL|ERROR): (\S+) \(([^)]+)\)(.*)$/.exec(line) ?? []
    if (!where || !/^={70}$/.test(lines[i - 1] ?? '')) return []
    const test = where.endsWith(`.${method}`) ? where : `${where}.${method}`
    return [
      { name: test.replace(/^unittest\.loader\._FailedTest\./, '') + parameters, message: exception(lines, i + 1) },
    ]
  })

function exception(lines: string[], from: number): string | undefined {
  const end = lines.findIndex((line, i) => i >= from && /^(={70}|Std(out|err):|Ran \d+ tests? in .*)$/.test(line))
  const block = lines.slice(from, end < 0 ? undefined : end)
  const message = block.findLast(line => /^[A-Za-z_][\w.]*(: .*|(Error|Exception))$/.test(line))
  return message && short(message)
}
