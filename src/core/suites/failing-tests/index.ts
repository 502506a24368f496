import { plainLines, unprefixed } from '../plain-lines.ts'
import { cargo } from './cargo.ts'
import { ctest, dotnet, swift } from './compiled.ts'
import { go } from './go.ts'
import { ava, bun, deno, playwright } from './javascript.ts'
import { jest } from './jest.ts'
import { gradle, maven, scalatest } from './jvm.ts'
import { mocha } from './mocha.ts'
import { nodeSpec } from './node-spec.ts'
import { pytest } from './pytest.ts'
import { minitest, rspec, testUnit } from './ruby.ts'
import { dart, exunit, pest, phpunit } from './scripting.ts'
import { tap } from './tap.ts'
import { unittest } from './unittest.ts'
import { vitest } from './vitest.ts'

const readers = [
  ...[vitest, jest, mocha, nodeSpec, tap, ava, bun, deno, playwright],
  ...[pytest, unittest, go, cargo, ctest, dotnet, swift, maven, gradle, scalatest],
  ...[rspec, minitest, testUnit, phpunit, pest, exunit, dart],
]

/**
 * The failing tests that a run printed, each as `name — message`, once and in order; a command may have called several
 * runners. Empty where no runner we know has named one: then only the output itself can tell.
 *
 * @param output Plain text; see `plainText`.
 */
export function failingTests(output: string): string[] {
  const lines = plainLines(output)
  const asPrinted = readers.flatMap(read => read(lines))
  // A workspace puts the package before each line.
  const failures = asPrinted.length > 0 ? asPrinted : readers.flatMap(read => read(unprefixed(lines)))
  const once = new Map(failures.map(({ name, message }) => [name, message ? `${name} — ${message}` : name]))
  return [...once.values()]
}
