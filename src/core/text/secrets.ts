// What must not travel: not to the reviewer, not into the ledger, not into a report. Every pattern is bounded, because
// the texts are foreign and can be long.

export { isSecretFile } from './secrets/secret-files.ts'

const masked = '[masked]'

/** Tokens that are known by their own form. */
const tokens = new RegExp(
  [
    String.raw`\b(?:AKIA|ASIA|AGPA|AIDA|AROA)[0-9A-Z]{16}\b`,
    String.raw`\bgh[pousr]_[A-Za-z0-9]{20,255}`,
    String.raw`\bgithub_pat_[A-Za-z0-9_]{20,255}`,
    String.raw`\bglpat-[A-Za-z0-9_-]{20,100}`,
    String.raw`\bxox[abeoprs]-[A-Za-z0-9-]{10,250}`,
    String.raw`\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,100}`,
    String.raw`\bsk-[A-Za-z0-9_-]{20,250}`,
    String.raw`\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}`,
    String.raw`\bAIza[0-9A-Za-z_-]{35}`,
    String.raw`\bnpm_[A-Za-z0-9]{36}`,
    String.raw`\beyJ[A-Za-z0-9_-]{8,600}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,2000}`,
  ].join('|'),
  'g',
)
const bearer = /\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{16,4000}/g
/** `scheme://user:password@host`. */
const connection = /(:\/\/[^\s:@/]{0,100}:)[^\s@/]{1,200}(?=@)/g

const name = '(?:passw(?:or)?d|pwd|passphrase|secret|token|credentials?|(?:api|access|private|auth|account)[_-]?key)'
const assigned = String.raw`${name}[\w.-]{0,20}["']?\s{0,3}(?::=|=>|=|:)\s{0,3}`
/** A literal in quotes; what is filled in at run time (`$…`, `{…`, `<…`) is no secret. */
const quoted = new RegExp(String.raw`(${assigned}(["'\`]))(?![$\{<%])[^"'\`\n]{4,400}(?=\2)`, 'gi')
/** Without quotes it takes a digit: `token = parse(text)` and `password: string` are code. */
const unquoted = new RegExp(
  String.raw`(${assigned})(?=[^\s"'\`,;]{0,200}\d)[^\s"'\`,;(){}<>[\]$]{6,400}(?![\w(.[])`,
  'gi',
)

const keyBegins = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/
const keyEnds = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/

/**
 * Returns a function that takes a text line by line and gives each line back without the secrets in it: keys of the
 * usual services, tokens, passwords in URLs, what is assigned to a name that says it is secret, and private keys, which
 * it remembers from line to line.
 */
export function lineMasker(): (line: string) => string {
  let inKey = false
  return line => {
    const ends = keyEnds.test(line)
    if (inKey) {
      inKey = !ends
      return ends ? line : masked
    }
    inKey = keyBegins.test(line) && !ends
    return line
      .replace(new RegExp(`(${keyBegins.source}).*(?=${keyEnds.source})`), `$1${masked}`)
      .replace(tokens, masked)
      .replace(bearer, `$1 ${masked}`)
      .replace(connection, `$1${masked}`)
      .replace(quoted, `$1${masked}`)
      .replace(unquoted, `$1${masked}`)
  }
}

/** The text without the secrets in it. */
export const withoutSecrets = (text: string): string => text.split('\n').map(lineMasker()).join('\n')
