import { plainText } from './plain-text.ts'
import { withoutSecrets } from './secrets.ts'

const mostCharacters = 6000

/**
 * What a model, a user or a program has said, fit to be kept and shown: no control or direction marks, no secrets, and
 * where it is long beyond use, a note of how much is missing.
 */
export function foreign(text: string, most = mostCharacters): string {
  const plain = withoutSecrets(plainText(text.slice(0, most * 4)))
  const missing = Math.max(0, text.length - most)
  return missing > 0 && plain.length > most ? `${plain.slice(0, most)} … (${missing} characters left out)` : plain
}

/** The same for every string in a value made of plain objects and lists. */
export function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return foreign(value) as Value
  if (Array.isArray(value)) return value.map(cleaned) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)])) as Value
}
