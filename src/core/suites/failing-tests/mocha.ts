import { type Failure, messageAt, type Reader } from './failure.ts'

/**
 * ```
 *   1 failing
 *
 *   1) cart
 *        total
 *          adds prices:
 *
 *       AssertionError [ERR_ASSERTION]: …
 * ```
 * A file that does not load ends the whole run with one line and no list.
 */
export const mocha: Reader = lines => {
  const fatal = lines.map(line => /^ ?Exception during run: (.+)$/.exec(line)?.[1]).find(Boolean)
  if (fatal) return [{ name: 'Exception during run', message: messageAt([fatal], 0) }]
  const start = lines.findIndex(line => /^ {2}\d+ failing$/.test(line))
  if (start < 0) return []
  return lines.flatMap((line, i): Failure[] => {
    const first = i > start && /^ {2}\d+\) (.+)$/.exec(line)?.[1]
    if (!first) return []
    const names = [first]
    for (let j = i + 1; !names.at(-1)!.endsWith(':') && lines[j]?.startsWith('       '); j++)
      names.push(lines[j]!.trim())
    const message = messageAt(lines, i + names.length)
    return [{ name: names.join(' > ').replace(/:$/, ''), message }]
  })
}
