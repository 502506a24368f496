import { type Failure, messageAt, type Reader, uncaughtAbove } from './failure.ts'

/**
 * The `spec` reporter of node:test prints a tree, and after it the failures again with their places:
 * ```
 * ▶ cart
 *   ✖ adds prices (1.2ms)
 * ✖ cart (6.3ms)
 * ✖ failing tests:
 *
 * test at test/cart.test.js:8:5
 * ✖ adds prices (1.2ms)
 *   Error: …
 * ```
 * The tree knows the suites, the list knows the file; the time ties one to the other. A file that does not load is a
 * test named for it. A failing suite is not in the list.
 */
export const nodeSpec: Reader = lines => {
  const start = lines.indexOf('✖ failing tests:')
  if (start < 0) return []
  const suites = suitesOf(lines.slice(0, start))
  return lines.flatMap((line, i): Failure[] => {
    const file = i > start && /^test at (.+?):\d+:\d+$/.exec(line)?.[1]
    const [, timed = '', name = ''] = /^✖ ((.*) \([\d.]+ms\))$/.exec(lines[i + 1] ?? '') ?? []
    if (!file || !name) return []
    if (name.endsWith(file)) return [{ name: file, message: uncaughtAbove(lines, lines.indexOf(`✖ ${timed}`)) }]
    return [{ name: [file, ...(suites.get(timed) ?? []), name].join(' > '), message: messageAt(lines, i + 2) }]
  })
}

/** The suites around each failure in the tree, by its name with its time. */
function suitesOf(tree: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const open: string[] = []
  for (const line of tree) {
    const [, indent = '', mark, text = ''] = /^( *)([▶✖]) (.+)$/.exec(line) ?? []
    if (!mark) continue
    open.length = Math.min(open.length, indent.length / 2)
    if (mark === '▶') open[indent.length / 2] = text
    else found.set(text, [...open])
  }
  return found
}
