import { type Counter, firstOf, notice, perList } from './count.ts'

/** `=== 1 failed, 3 passed, 1 skipped in 0.05s ===`, without the frame under `-q`. */
const pytest = perList(
  /^(?:=+ )?(\d+ (?:passed|failed|error|skipped|xfailed|xpassed|deselected|warning)\w*(?:, .*)?) in [\d.]+s\b/,
  /^(deselected|warning|rerun|error|subtest)/,
)

const pytestNone = notice(/^(?:=+ )?no tests (ran|collected) in [\d.]+s\b/)

/** `Ran 5 tests in 0.001s`, and below it `OK (skipped=1, expected failures=1)`; the sum has the skipped ones in it. */
const unittest: Counter = lines => {
  const all = lines.flatMap(line => /^Ran (\d+) tests? in [\d.]+s$/.exec(line)?.[1] ?? [])
  if (all.length === 0) return null
  const skipped = lines.flatMap(line => /^(?:OK|FAILED|NO TESTS RAN) \(.*?\bskipped=(\d+)/.exec(line)?.[1] ?? [])
  const sum = (numbers: string[]) => numbers.reduce((total, number) => total + Number(number), 0)
  return { ran: Math.max(0, sum(all) - sum(skipped)), skipped: sum(skipped), unit: 'tests' }
}

export const python: Counter[] = [firstOf(pytest, pytestNone), unittest]
