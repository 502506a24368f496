/** What a field is that an object has twice, written in two ways. */
const twice = Symbol('twice')

/** Other words for a field that models use. */
const others: Record<string, string> = {
  severity: 'priority',
  path: 'file',
  filename: 'file',
  description: 'body',
  suggestion: 'fix',
  line: 'linestart',
  lineno: 'linestart',
}

/** The way a word is looked up: `line_start`, `lineStart` and `Line-Start` are one. */
export const plainWord = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * Returns a function that gives the fields of an object by name, however the names are written; undefined for one that is not
 * there. A field that is there in two spellings with two values is unreadable, and given as a symbol that no reader takes.
 */
export function fieldsOf(value: unknown): (name: string) => unknown {
  const found = new Map<string, unknown>()
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [key, given] of Object.entries(value)) {
      const name = plainWord(key)
      found.set(name, found.has(name) && found.get(name) !== given ? twice : given)
    }
  return name => {
    const wanted = plainWord(name)
    const own = found.get(wanted)
    const alias = Object.keys(others).find(other => others[other] === wanted && found.has(other))
    return own === undefined && alias !== undefined ? found.get(alias) : own
  }
}

/** A text; empty where there is none, undefined where it is something else. */
export function textIn(value: unknown): string | undefined {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const lines = Array.isArray(value) ? value.map(textIn) : [undefined]
  return lines.every(line => line !== undefined) ? lines.join('\n') : undefined
}

/** A line number: `12`, `"12"`, `"L12-14"`; null where there is none. */
export function lineIn(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  const digits = typeof value === 'string' ? /^\s*(?:lines?\s*|L)?(-?\d{1,9})(?!\d)/i.exec(value)?.[1] : undefined
  return digits === undefined ? null : Number(digits)
}

/** The second of two line numbers in one text: `"12-14"`. */
export const lastLineIn = (value: unknown): number | null =>
  typeof value === 'string' ? lineIn(/[-–,]\s*(L?\d+)\s*$/.exec(value)?.[1]) : null

const flags: Record<string, boolean> = { true: true, yes: true, false: false, no: false }

/** True or false; undefined where it is neither. */
export function flagIn(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return typeof value === 'string' ? flags[value.trim().toLowerCase()] : undefined
}

type Named<Word> = Map<string, Word>

const namesOf = <Word extends string>(words: readonly Word[], also: Record<string, Word>): Named<Word> =>
  new Map([...words.map(word => [plainWord(word), word] as const), ...Object.entries(also)])

/** One of these words or of its other names, and nothing beside it; undefined where it is none. */
export const wordIn = <Word extends string>(
  value: unknown,
  words: readonly Word[],
  also: Record<string, Word> = {},
): Word | undefined => (typeof value === 'string' ? namesOf(words, also).get(plainWord(value)) : undefined)

/** The same among others, as in “P1 (high)”; undefined where there are two of them, or something speaks against it. */
export function wordAmong<Word extends string>(
  value: unknown,
  words: readonly Word[],
  also: Record<string, Word> = {},
): Word | undefined {
  if (typeof value !== 'string' || value.length > 60) return undefined
  const named = namesOf(words, also)
  const parts = value.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  // “not high”, “lower than high”, “high or critical” are no priority.
  if (parts.some(part => unsure.includes(part))) return undefined
  const [only, ...more] = new Set(parts.flatMap(part => named.get(part) ?? []))
  return more.length === 0 ? only : undefined
}

const unsure = [
  ...['not', 'non', 'no', 'un', 'isn', 'isnt', 'cannot', 'can', 'never', 'neither', 'nor', 'or', 'maybe'],
  ...['below', 'above', 'lower', 'higher', 'under', 'over', 'less', 'more', 'than', 'if', 'was', 'unless'],
]

/** The id of a finding: `F1`, `f1`, `` `F1` ``, `Finding F1:`; undefined where it is none, or several. */
export function idIn(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 60) return undefined
  const [only, ...more] = [...value.matchAll(/(?<![\p{L}\p{N}])F(\d{1,6})(?![\p{L}\p{N}])/giu)]
  return only && more.length === 0 ? `F${Number(only[1])}` : undefined
}

/** A value as Codex is shown what it wrote. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'missing'
  if (typeof value === 'symbol') return 'there twice'
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ')
  return `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`
}
