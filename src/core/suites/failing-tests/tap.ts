import { type Failure, messageAt, type Reader, uncaughtAbove } from './failure.ts'

/**
 * TAP, which node:test prints by default when nobody watches (before Node 23), and other runners too:
 * ```
 * # Subtest: cart
 *     not ok 1 - adds prices
 *       ---
 *       location: '/repo/test/cart.test.js:8:5'
 *       error: |-
 *         Expected values to be strictly deep-equal:
 * not ok 1 - cart
 * ```
 * A suite stands below its tests and says `subtestsFailed`; `# TODO` and `# SKIP` are no failures.
 * @see https://testanything.org/tap-version-14-specification.html
 */
export const tap: Reader = lines => {
  if (!lines.some(line => /^(TAP version \d+|1\.\.\d+)/.test(line))) return []
  const open: string[] = []
  return lines.flatMap((line, i): Failure[] => {
    const [, indent = '', subtest, failed] = /^( *)(?:# Subtest: (.*)|not ok \d+(?: -)? (.*))$/.exec(line) ?? []
    const depth = indent.length / 4
    if (subtest) {
      open.length = Math.min(open.length, depth)
      open[depth] = subtest
    }
    if (!failed || / # (TODO|SKIP)\b/i.test(failed)) return []
    const { location, failureType, error } = details(lines, i + 1)
    if (failureType === 'subtestsFailed') return []
    const file = location?.replace(/:\d+:\d+$/, '')
    if (file === failed) return [{ name: file, message: uncaughtAbove(lines, i) }]
    const path = [...open.slice(0, depth), failed].map(name => name.replace(/\\([#\\])/g, '$1'))
    return [{ name: [...(file ? [file] : []), ...path].join(' > '), message: error }]
  })
}

type Details = { location?: string; failureType?: string; error?: string }

/** The few fields we use from the YAML block that begins at `lines[from]`. */
function details(lines: string[], from: number): Details {
  if (lines[from]?.trim() !== '---') return {}
  const end = lines.findIndex((line, i) => i > from && line.trim() === '...')
  const found: Details = {}
  for (let i = from + 1; i < end; i++) {
    const [, key, value = ''] = /^ *(location|failureType|error): (.*)$/.exec(lines[i]!) ?? []
    if (!key) continue
    const text = /^[|>]-?$/.test(value) ? messageAt(lines, i + 1) : value.replace(/^'(.*)'$/, '$1')
    found[key as keyof Details] = text
  }
  return found
}
