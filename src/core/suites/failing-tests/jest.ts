import { type Failure, messageAt, type Reader, short } from './failure.ts'

/**
 * ```
 * FAIL test/cart.test.js (5.1 s)
 *   ● cart › total › adds prices
 *
 *     expect(received).toEqual(expected) // deep equality
 * ```
 * Under `● Test suite failed to run` no test has run; `● Console` only heads what the tests printed.
 */
export const jest: Reader = lines => {
  let file = ''
  return lines.flatMap((line, i): Failure[] => {
    file = /^ ?FAIL {1,2}(\S.*?)(?: \([\d.]+ m?s\))?$/.exec(line)?.[1] ?? file
    const test = /^ {2}● (\S.*)$/.exec(line)?.[1]
    if (!file || !test || test === 'Console') return []
    return [{ name: test === 'Test suite failed to run' ? file : `${file} › ${test}`, message: saidAt(lines, i + 1) }]
  })
}

/** An assertion's first line is the same for every value: what was expected and received tells more. */
function saidAt(lines: string[], from: number): string | undefined {
  const message = messageAt(lines, from)
  const values = lines.slice(from, from + 8).filter(line => /^ {4}(Expected|Received)\b[^:]*: /.test(line))
  return message && values.length > 0 ? short([message, ...values.map(line => line.trim())].join(' ')) : message
}
