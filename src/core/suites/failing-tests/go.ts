import { type Failure, messageAt, type Reader, short } from './failure.ts'

/**
 * ```
 * --- FAIL: TestTotal (0.00s)
 *     --- FAIL: TestTotal/one_price (0.00s)
 *         price_test.go:19: got -1, want 1
 * FAIL	example.org/shop/price	0.005s
 * ```
 * The package is named after its tests. A test with failing subtests only stands for them. With `-v` the message comes
 * before the verdict, below `=== RUN`. A package that does not build, or dies of something else, is named itself.
 */
export const go: Reader = lines => {
  const failures: Failure[] = []
  let tests: string[] = []
  let dying: string | undefined
  for (const [i, line] of lines.entries()) {
    const test = /^ *--- FAIL: (\S+) \([\d.]+s\)$/.exec(line)?.[1]
    if (test) tests.push(test)
    dying ??= /^(panic: .+?)(?: \[recovered\])?$/.exec(line)?.[1]
    const [, name, note] = /^FAIL\t(\S+)(?:\t[\d.]+s| (\[.+\]))$/.exec(line) ?? []
    if (!name && !/^ok {2}\t/.test(line)) continue
    if (note) failures.push({ name: `${name} ${note}`, message: buildError(lines, name!) })
    else if (name && tests.length === 0) failures.push({ name, message: dying })
    else if (name) failures.push(...ofPackage(name, tests, lines.slice(0, i), dying))
    tests = []
    dying = undefined
  }
  return failures
}

function ofPackage(name: string, tests: string[], lines: string[], dying?: string): Failure[] {
  const leaves = tests.filter(test => !tests.some(other => other.startsWith(`${test}/`)))
  return leaves.map(test => ({
    name: `${name}.${test}`,
    // Whatever dies takes the rest of its package with it, so that it is the last one.
    message: said(lines, test) ?? (test === tests.at(-1) ? dying : undefined),
  }))
}

/** The first `file.go:line: text` that follows a line naming this test. */
function said(lines: string[], test: string): string | undefined {
  for (const [i, line] of lines.entries()) {
    const named = /^ *(?:=== (?:RUN|CONT|NAME) +|--- FAIL: )(\S+)/.exec(line)?.[1]
    const text = named === test && /^\s+\S+\.go:\d+: (.+)$/.exec(lines[i + 1] ?? '')?.[1]
    if (text) return short(text)
  }
  return undefined
}

function buildError(lines: string[], name: string): string | undefined {
  const at = lines.findIndex(line => line === `# ${name}` || line.startsWith(`# ${name} [`))
  return at < 0 ? undefined : messageAt(lines, at + 1)
}
