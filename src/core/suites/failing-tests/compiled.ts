import { type Failure, messageAt, type Reader, short } from './failure.ts'

/** Below `The following tests FAILED:` a line each: `	  2 - b (Failed)`. */
export const ctest: Reader = lines => {
  const start = lines.indexOf('The following tests FAILED:')
  if (start < 0) return []
  return lines.slice(start).flatMap((line): Failure[] => {
    const [, name, how] = /^\s+\d+ - (.+) \(([^()]+)\)/.exec(line) ?? []
    return name ? [{ name, message: how }] : []
  })
}

/**
 * ```
 *   Failed Shop.CartTests.Adds [1 ms]
 *   Error Message:
 *    Assert.Equal() Failure: Values differ
 * ```
 */
export const dotnet: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const name = /^ {2}Failed (\S.*?) \[(?:< )?\d.*\]$/.exec(line)?.[1]
    return name && lines[i + 1]?.trim() === 'Error Message:' ? [{ name, message: messageAt(lines, i + 2) }] : []
  })

/** XCTest: `/repo/CartTests.swift:5: error: CartTests.testB : XCTAssertEqual failed: …`; Swift Testing has words for it. */
export const swift: Reader = lines =>
  lines.flatMap((line): Failure[] => {
    const [, test, said] = /^.+\.swift:\d+: error: (-\[.+?\]|\w+\.\w+) : (.+)$/.exec(line) ?? []
    if (test) return [{ name: test, message: short(said!) }]
    const [, name, issue] = /^. Test (\S.*?) recorded an issue at \S+?:\d+:\d+: (.+)$/u.exec(line) ?? []
    return name ? [{ name, message: short(issue!) }] : []
  })
