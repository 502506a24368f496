import { baseOf } from './view.ts'

/** At most `limit` characters of one line, cut at a word. */
export function cutAtWord(text: string, limit: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= limit) return line
  const cut = line.slice(0, limit)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), limit - 20)).replace(/[\s,;:–-]+$/, '')} …`
}

/** `a, b and c` */
export const listed = (items: string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Where test files live and how they are named: ` in `test/` (`*.test.ts`)`; empty when no file matches. */
export function whereTestsLive(files: string[], pattern: RegExp): string {
  const named = files.flatMap(file => (pattern.test(baseOf(file)) ? [file] : []))
  if (named.length === 0) return ''
  const dirs = mostCommon(named.map(file => (file.includes('/') ? `${file.split('/')[0]}/` : './')))
  const shapes = mostCommon(named.map(file => shapeOf(baseOf(file))))
  return ` in ${listed(dirs.map(dir => `\`${dir}\``))} (${listed(shapes.map(shape => `\`${shape}\``))})`
}

/** `cart.test.ts` → `*.test.ts`, `test_cart.py` → `test_*.py`, `CartTest.kt` → `*Test.kt`; a name without another part, like `tests.py`, is kept. */
function shapeOf(name: string): string {
  const camel = /^\w+?(Tests?|Spec)(\.\w+)$/.exec(name)
  if (camel) return `*${camel[1]}${camel[2]}`
  const shape = name.replace(/^(test[_-])?.*?([._-](test|spec)s?)?(\.\w+)$/, '$1*$2$4')
  return /test|spec/.test(shape) ? shape : name
}

/** The up to three most frequent values, most frequent first. */
function mostCommon(values: string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3)
    .map(([value]) => value)
}

/** The source of a pattern that matches exactly this text. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
