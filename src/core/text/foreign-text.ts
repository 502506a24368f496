import { plainText } from './plain-text.ts'
import { withoutSecrets } from './secrets.ts'
import { counted } from './wording.ts'

/** What stands where something was left out here; it does not count, so that cleaning what is clean changes nothing. */
const marks = / … \(\d+ characters? left out\)|\[masked\]/g

/**
 * What a model, a user or a program has said, fit to be kept and shown: no control or direction marks, no secrets, and
 * where it is long beyond use, a note of how much is missing.
 */
export function foreign(text: string, most: number): string {
  const plain = plainText(text)
  // Masked before it is cut, or half a secret would be left that no pattern knows; and no more of it than may be of use.
  const read = plain.slice(0, most * 4)
  const masked = withoutSecrets(read)
  const missing = Math.max(0, masked.length - most) + plain.length - read.length
  // What only the mask has made longer stays whole.
  if (missing === 0 || (read === plain && plain.replace(marks, '').length <= most)) return masked
  return `${masked.slice(0, most)} … (${counted(missing, 'character')} left out)`
}
