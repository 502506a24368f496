import { type Failure, messageAt, type Reader, short } from './failure.ts'

/**
 * ```
 *      Running unittests src/lib.rs (target/debug/deps/shop-507999230d6984fa)
 * test tests::nested::adds ... FAILED
 * ---- tests::nested::adds stdout ----
 * thread 'tests::nested::adds' panicked at src/lib.rs:23:13:
 * assertion `left == right` failed: adds every price
 * ```
 * Unit tests are named for their crate, others for their file; a crate that does not compile is named itself.
 */
export const cargo: Reader = lines => {
  let target = ''
  return lines.flatMap((line, i): Failure[] => {
    const [, file, binary] = /^ +Running (?:unittests )?(\S+) \(.*?([^/\\]+)-[0-9a-f]+(?:\.exe)?\)$/.exec(line) ?? []
    if (file && binary) target = line.includes('Running unittests') ? `${binary} > ` : `${file} > `
    if (/^ +Doc-tests /.test(line)) target = ''
    const crate = /^error: could not compile `[^`]+` \(.+?\)/.exec(line)?.[0]
    if (crate) return [{ name: crate.replace(/^error: /, ''), message: compileError(lines) }]
    const test = /^test (.+?)(?: - should panic)? \.\.\. FAILED$/.exec(line)?.[1]
    return test ? [{ name: target + test, message: said(lines, i, test) }] : []
  })
}

function said(lines: string[], from: number, test: string): string | undefined {
  const start = lines.findIndex((line, i) => i > from && line === `---- ${test} stdout ----`)
  if (start < 0) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => /^(---- .* stdout ----|failures:)$/.test(line))
  const block = rest.slice(0, end)
  const panic = block.findIndex(line => /^thread '.*' (\(\d+\) )?panicked at /.test(line))
  const values = block.filter(line => /^ *(left|right): /.test(line)).map(line => line.trim())
  const message = messageAt(block, panic + 1)
  return message && short([message, ...values].join(' '))
}

function compileError(lines: string[]): string | undefined {
  const at = lines.findIndex(line => /^error(\[E\d+\])?: (?!could not compile)/.test(line))
  if (at < 0) return undefined
  const place = /^ *--> (.+)$/.exec(lines[at + 1] ?? '')?.[1]
  return short(place ? `${lines[at]} (${place})` : lines[at]!)
}
