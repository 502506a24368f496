import { type Failure, messageAt, type Reader, short } from './failure.ts'

/**
 * ```
 *   1) cart adds
 *      Failure/Error: expect(1).to eq(2)
 *
 *        expected: 2
 * Failed examples:
 *
 * rspec ./spec/cart_spec.rb:3 # cart adds
 * ```
 */
export const rspec: Reader = lines => {
  const loading = lines.flatMap(line => /^An error occurred while loading (\S+?)\.?$/.exec(line)?.[1] ?? [])
  const start = lines.indexOf('Failed examples:')
  const failed = (start < 0 ? [] : lines.slice(start)).flatMap((line): Failure[] => {
    const [, file, test] = /^rspec (\S+?)(?::\d+|\[[\d:]+\]) # (.+)$/.exec(line) ?? []
    return test ? [{ name: `${file} > ${test}`, message: saidBelow(lines, test) }] : []
  })
  return [...loading.map(name => ({ name })), ...failed]
}

function saidBelow(lines: string[], test: string): string | undefined {
  const head = lines.findIndex(line => /^ +\d+\) /.test(line) && line.endsWith(`) ${test}`))
  const at = lines.findIndex((line, i) => i > head && /^ +Failure\/Error: /.test(line))
  const blank = lines.findIndex((line, i) => i > at && line.trim() === '')
  return head < 0 || at < 0 || blank < 0 ? undefined : messageAt(lines, blank)
}

/** `  1) Failure:`, then `CartTest#test_adds [test/cart_test.rb:4]:`, then what was said; Rails leaves the number out. */
export const minitest: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    if (!/^(?: +\d+\) )?(?:Failure|Error):$/.test(line)) return []
    const name = /^(\S+#\S.*?)(?: \[.+:\d+\])?:$/.exec(lines[i + 1] ?? '')?.[1]
    return name ? [{ name, message: messageAt(lines, i + 2) }] : []
  })

/** `Failure: test_adds(CartTest): <1> expected but was`, below a double line. */
export const testUnit: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const [, test, said] = /^(?:Failure|Error): (\S+\([\w:]+\))(?:: (.+))?$/.exec(line) ?? []
    return test && /^=+$/.test(lines[i - 1] ?? '') ? [{ name: test, ...(said && { message: short(said) }) }] : []
  })
