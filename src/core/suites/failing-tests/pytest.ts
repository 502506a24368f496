import { type Failure, type Reader, short } from './failure.ts'

/**
 * ```
 * === short test summary info ===
 * FAILED tests/test_cart.py::test_name[x - y] - ValueError: bad name
 * ERROR tests/test_missing.py
 * ```
 * What a file that cannot be imported died of stands further up only, as the last `E` line under its own heading.
 */
export const pytest: Reader = lines => {
  const start = lines.findIndex(line => /^=+ short test summary info =+$/.test(line))
  if (start < 0) return []
  return lines.slice(start).flatMap((line): Failure[] => {
    // Parameters in brackets may hold the dash that parts the name from the message.
    const [, name, message] = /^(?:FAILED|ERROR) (\S.*?(?:\[.*?\])?)(?: - (.*))?$/.exec(line) ?? []
    return name ? [{ name, message: message ? short(message) : importError(lines, name) }] : []
  })
}

function importError(lines: string[], file: string): string | undefined {
  const start = lines.findIndex(line => line.includes(`_ ERROR collecting ${file} _`))
  if (start < 0) return undefined
  const rest = lines.slice(start + 1)
  const end = rest.findIndex(line => /^[_=]{3,} /.test(line))
  const error = rest.slice(0, end).findLast(line => line.startsWith('E   '))
  return error && short(error.slice(1).trim())
}
