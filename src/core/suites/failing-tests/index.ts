import { cargo } from './cargo.ts'
import { go } from './go.ts'
import { jest } from './jest.ts'
import { mocha } from './mocha.ts'
import { nodeSpec } from './node-spec.ts'
import { pytest } from './pytest.ts'
import { tap } from './tap.ts'
import { unittest } from './unittest.ts'
import { vitest } from './vitest.ts'

/** No name is longer, and no pattern takes long on a line of this length, whatever stands in it. */
const longestLine = 2000

const readers = [vitest, jest, mocha, nodeSpec, tap, pytest, unittest, go, cargo]

/**
 * The failing tests that a run printed, each as `name — message`, once and in order; a command may have called several
 * runners. Empty where no runner we know has named one: then only the output itself can tell.
 *
 * @param output Plain text; see `plainText`.
 */
export function failingTests(output: string): string[] {
  const lines = output.split('\n').map(line => line.slice(0, longestLine))
  const failures = readers.flatMap(read => read(lines))
  const once = new Map(failures.map(({ name, message }) => [name, message ? `${name} — ${message}` : name]))
  return [...once.values()]
}
