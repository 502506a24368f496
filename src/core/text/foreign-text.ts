import { plainText } from './plain-text.ts'
import { withoutSecrets } from './secrets.ts'
import { counted } from './wording.ts'

const mostCharacters = 6000

/**
 * What a model, a user or a program has said, fit to be kept and shown: no control or direction marks, no secrets, and
 * where it is long beyond use, a note of how much is missing.
 */
export function foreign(text: string, most = mostCharacters): string {
  const plain = plainText(text)
  // Masked before it is cut, or half a secret would be left that no pattern knows; and no more of it than may be of use.
  const read = plain.slice(0, most * 4)
  const masked = withoutSecrets(read)
  const missing = Math.max(0, masked.length - most) + plain.length - read.length
  // What only the mask has made longer stays whole.
  if (missing === 0 || plain.length <= most) return masked
  return `${masked.slice(0, most)} … (${counted(missing, 'character')} left out)`
}

/** The same for every string in a value made of plain objects and lists. */
export function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return foreign(value) as Value
  if (Array.isArray(value)) return value.map(cleaned) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)])) as Value
}
