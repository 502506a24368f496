import type { Care } from './names.ts'

const set = (words: string) => new Set(words.split(/\s+/).filter(Boolean))

/** A value made of nothing but these is no secret: `changeme`, `my-secret-token`, `string`. */
const placeholderWords = set(`
  a an the my your our this that some any here in with for of and or as to is it be not new old
  password passwords passwd passphrase pass pwd secret secrets token tokens key keys api apikey credential credentials cred
  auth access private public client user username admin administrator root guest account login
  changeit changeme change me config application replace insert enter put set add fill todo fixme tbd xxx foo bar baz qux quux hello world dummy fake mock
  test tests testing tested example examples sample samples demo placeholder default defaults none null nil undefined empty
  blank missing unknown unset invalid wrong bad valid good correct value values val string str text number integer int float
  boolean bool bytes byte char object array any void never unknown optional required redacted masked hidden removed censored
  write read true false yes no on off enabled disabled bearer basic digest jwt oauth oauth2 oidc saml include omit same origin inherit
  very super top long strong secure safe random generated goes db database app application service server env environment
  variable var name input field type plain hash hashed encrypted base64 hex json yaml uuid file http https localhost local
  prod production dev development staging stage nothing something anything whatever self param params arg args data content
  keyword punctuation operator comment identifier function number literal whitespace newline colon comma
  postgres mysql redis mongo mongodb rabbitmq minio sa system sys
`)
const joined =
  /^(?:my|your|the|test|fake|dummy|mock|some|super|new|old|user|admin|db|app|api|jwt|auth|client|access|current|wrong|bad|invalid|default|secret|private|example|change|replace|top|not|this|is|very|long)*(?:password|passwd|passphrase|secret|token|key|pass|me|here|word)$/
const names = /passw|passphrase|secret|token|credential|\bkey|[_-]key|apikey|auth|login|user/i
const version =
  /^(?:npm:|workspace:)?[~^<>=v\s]{0,4}\d+(?:\.[\dx*]+)+(?:[-+.][\w.-]+)?$|^[a-z][\w.]*(?:-[a-z]+)*-\d+\.\d+\.\d+$/
/** What is filled in when the program runs, and what says that it lies elsewhere. */
const filledIn =
  /^[<[({]|^\$[\w{(]+$|^%\w+%$|^@\w+@$|^[*&!]{1,3}\w|\$\{|\$\(|\{\{|#\{|<%|%[sdvq@]|%\(|\{[\w.:-]{0,40}\}|\\\(|["']\s{0,3}[+.]/
const elsewhere =
  /^(?:arn:|vault:|op:\/\/|env[:.(]|ssm:|ref\+|secretref:|keyvault|kms:|file:|data:|sha\d{3}[-:=]|process\.env|os\.environ|ENC\[|\{cipher\}|\$ANSIBLE_VAULT|urn:|oauth:|https?:\/\/|projects\/)/i
const fileName =
  /^[\w-]+\.(?:pem|key|crt|cer|json|ya?ml|txt|conf|env|properties|xml|jks|p12|js|ts|py|rb|php|go|sh|html?|css)$/i
const path = /^(?:~|\.{1,2}|[A-Za-z]:)?[/\\](?:[\w.@{}$-]+[/\\]){0,20}[\w.@{}$-]*$/
const small = set(`
  your the is are must to and or not for please with of you was has have can cannot enter invalid forgot reset new change
  required missing at least should will this that use used using in on from an be don't do no does when if
`)

/** A value that a program or a reader fills in: `${VAR}`, `<password>`, `%s`. */
export const isFilledIn = (value: string): boolean =>
  filledIn.test(value) || /^(.)\1*$|^\D*[xX]{4}\D*$|\*{3}|\.{3}|…|•{2}|_{4}|-{4}/.test(value)

/** A value that only stands for a secret, says where it is, or is filled in at run time. */
export function isPlaceholder(value: string): boolean {
  if (isFilledIn(value) || elsewhere.test(value) || version.test(value) || /0{8}/.test(value)) return true
  const words = value
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  if (words.length === 0) return true
  if (words.every(word => placeholderWords.has(word) || /^\d$/.test(word) || (word.length <= 40 && joined.test(word))))
    return true
  return /^(?:your|insert|enter|replace|example|fake|dummy|put|add|some|todo)[-_ .]/i.test(value) && !isRandom(value)
}

/** A name of something, by its form: `db-password`, `auth.token.invalid`, `DB_PASSWORD`, `config.secret`. */
const isReference = (value: string): boolean =>
  (/^[A-Za-z]\w*(?:[-./:]+\w+)+$|^[A-Za-z]+(?:_+[A-Za-z]+)+$|^[a-z]+(?:[A-Z][a-z]+)+$/.test(value) &&
    names.test(value) &&
    value.split(/[^A-Za-z0-9]+/).every(isWord)) ||
  fileName.test(value) ||
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) ||
  (path.test(value) && !isRandom(value))

/** Words for a reader: a label, a message, a question. */
function isProse(value: string): boolean {
  if (/[^\x00-\x7f]/.test(value) && !/\d/.test(value)) return true
  const words = value.trim().split(/\s+/)
  if (words.length === 1) return /^[A-Z][a-z]+[.:?!]?$/.test(value)
  return (
    words.some(word => small.has(word.toLowerCase())) ||
    (names.test(value) && !/\d/.test(value)) ||
    /[a-z][.:?!…]$/.test(value) ||
    (/^[A-Z][a-z]+$/.test(words[0]!) && /^[a-z]+$/.test(words[1]!)) ||
    words.length > 8
  )
}

const looksChosen = (value: string): boolean =>
  value.length >= 6 &&
  !/\s/.test(value) &&
  ((/\d/.test(value) && /[A-Za-z]/.test(value)) ||
    /^\d{6,}$/.test(value) ||
    (/[a-z]/.test(value) && /[A-Z]/.test(value) && /[^\w.:/-]/.test(value)))

/** Long, in one piece, and of many different characters. */
export function isRandom(value: string): boolean {
  if (value.length < 16 || /:.*:/.test(value) || !/^[\w+/=.~:%!#^*|-]+$/.test(value) || !/[A-Za-z]/.test(value))
    return false
  const digits = value.replace(/\D/g, '').length
  const pieces = value.split(/[^A-Za-z0-9]+/)
  const longest = Math.max(...pieces.map(piece => piece.length))
  const mixed = /[a-z]/.test(value) && /[A-Z]/.test(value)
  return digits >= 2 && longest >= (mixed ? 8 : 12) && !pieces.every(isWord) && entropy(value) >= 3
}

/** A word, or several in one, with a number at the end: `limitMessage2`. */
export function isWord(piece: string): boolean {
  const letters = piece.replace(/\d{1,4}$/, '')
  const words = letters.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []
  return /^[A-Za-z]*$/.test(letters) && letters.length >= words.length * 3
}

/** Bits a character, by Shannon. */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0)
}

/** Characters of a value that are looked at; a longer one is judged by its beginning. */
const judged = 100

/** Whether a text that is given to a secret name, in quotes or as all of a setting's value, is a secret. */
export function isSecretValue(all: string, care: Care): boolean {
  // What is masked in part is judged by the rest.
  const value = all.slice(0, judged).replaceAll('[masked]', '')
  // What begins like the rest of a statement stands behind a text and not in one.
  if (value.length < 4 || /^[),;}\]]|^\s*[+.]\s*[\w$]+[.([]/.test(value) || isPlaceholder(value)) return false
  if (care === 'words') return value.trim().split(/\s+/).length >= 12 || isRandom(value)
  if (care === 'random') return isRandom(value) || isBasicCredentials(value)
  if (isReference(value) || isProse(value)) return false
  if (care === 'unnamed') return !/^[a-z]+(?:-[a-z]+){1,2}$/.test(value)
  return care === 'any' || looksChosen(value)
}

/** A value at the end of a line, without the quote and the comma behind it. */
export const withoutEnd = (rest: string): string => rest.trimEnd().replace(/["']?,?$/, '')

/** What base64 says, when that is plain text; undefined for anything else. */
export function decodedText(value: string): string | undefined {
  if (value.length < 8 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined
  const text = Buffer.from(value.slice(0, 4000), 'base64').toString('latin1')
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : undefined
}

/** `user:password` in base64, as Docker and npm keep it. */
const isBasicCredentials = (value: string): boolean => /^[^:]+:.+$/.test(decodedText(value) ?? '')
