import { bareValue, type Named, type Source, spacedValue } from './bare-values.ts'
import { isQuoted, literalAt, type Span, stricter } from './literals.ts'
import { type Care, careOf } from './names.ts'

/** Lines without any of these are not looked at twice. */
const hint =
  /pass|pwd|pw\b|psk|secret|token|key|cred|auth|salt|pepper|sess|sid\b|cookie|dsn|hmac|csrf|xsrf|jwt|otp|mnemonic|phrase|seed|contrasena|pat\b|pin\b/i
/** What may be a service's key under the name of the service alone. */
const longPiece = /[A-Za-z0-9-]{20}/
const names = /(?<![\w$.-])[\w$.-]{2,100}/g
/** `API key: x`, in two words. */
const twoWords = /\b(?:api|access|secret|auth|private|account|license)\s$/i
/** What stands between a name and its value: what ends the name, a sign or a word, and spaces. */
const between =
  /(\\{0,3}["'`]?[\])]?[!?]?(?:\[\d{0,4}\])?[ \t]{0,20})(:[ \t]{0,4}[A-Za-z_][\w<>[\]|.?]{0,40}[ \t]{1,4}=(?![=>])|:=|:-|=>|[!=]==?|\?\?=|\|\|=|[?+]=|\|\||\?\?|\?:|or\b|is\b:?|[=:,(])?([ \t]{0,20})/y
/** Calls that take a value. */
const setter = /^(?:(?:set|with)\w{1,60}|[a-z]{1,30})$/i
/** Calls that take a name and its value. */
const given =
  /(?:define|set\w{0,20}|put\w{0,20}|add\w{0,20}|env|getenv|get|fetch|get_?or_?default|environ\.get|property|with\w{0,20}|append|store|setdefault|insert|option)\s{0,2}\(?\s{0,4}:?\\{0,3}["'`:]?$/i

/** How the value is judged that the next line begins with: that of a name whose line ended before it. */
export type Awaited = Care | undefined

/** The line without what it gives to secret names, and what the next line may begin with. */
export function withoutAssigned(line: string, source: Source, awaited: Awaited): { line: string; awaits: Awaited } {
  if (!awaited && !hint.test(line) && !longPiece.test(line)) return { line, awaits: undefined }
  const spans: Span[] = []
  const first = awaited && literalAt(line, /^[+\- ]?\s*/.exec(line)![0].length, awaited)
  if (first) spans.push(first)
  let awaits: Awaited
  names.lastIndex = first ? first.to : 0
  for (let named = nextNamed(line, source); named; named = nextNamed(line, source)) {
    const value = valueOfName(named)
    if (value === 'next line') awaits = named.care
    else if (value) {
      spans.push(value)
      names.lastIndex = value.to
    }
  }
  return { line: spans.reduceRight(withoutSpan, line), awaits }
}

const withoutSpan = (line: string, { from, to }: Span): string => `${line.slice(0, from)}[masked]${line.slice(to)}`

/** The next secret name of a line; `names` holds where the last one ended. */
function nextNamed(line: string, source: Source): Named | undefined {
  for (let found = names.exec(line); found; found = names.exec(line)) {
    const { 0: word, index } = found
    const two = /^key$/i.test(word) && twoWords.exec(line.slice(Math.max(0, index - 12), index))
    const care = careOf(two ? two[0] + word : word)
    // The mark of a removed line is no part of a name.
    const from = index === 0 && /^-[^-]/.test(word) ? 1 : index
    if (care) return { line, name: line.slice(from, names.lastIndex), from, end: names.lastIndex, care, source }
  }
  return undefined
}

function valueOfName(named: Named): Span | 'next line' | undefined {
  const { line, end, name, care } = named
  between.lastIndex = end
  // It matches anything, also nothing.
  const [all, closing, operator] = between.exec(line)!
  const at = end + all.length
  if (operator === undefined) return /[ \t]$/.test(all) ? spacedValue(named, at) : undefined
  if (at === line.length && /^(?::|=|:=|=>|:.*=)$/.test(operator)) return 'next line'
  if (operator === ',') return pairValue(named, at, closing!)
  if (operator === '(') return closing === '' && takesValue(name) ? literalAt(line, at, stricter(care)) : undefined
  // Compared with a literal.
  if (/^[!=]==?$/.test(operator)) return literalAt(line, at, stricter(care))
  // `"api_key" or "x"` names two things; `getenv("API_KEY") or "x"` has a second choice.
  if (operator === 'or' && /["'`]\s*$/.test(closing!)) return undefined
  if (isQuoted(line, at)) return literalAt(line, at, care)
  const isChoice = /^(?:\|\||\?\?|\?:|or)$/.test(operator)
  return isChoice || (operator.startsWith('is') && named.source === 'code') ? undefined : bareValue(named, at, operator)
}

/** `setPassword("x")`, `.password("x")`: a call whose own name is secret. */
function takesValue(name: string): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1)
  return setter.test(last) && careOf(last) !== undefined
}

/** `define('DB_PASSWORD', 'x')`, `getenv("JWT_SECRET", "x")`, `["--token", "x"]`: a name in quotes and a literal. */
function pairValue({ line, name, from, care }: Named, at: number, closing: string): Span | undefined {
  if (!/["'`]/.test(closing) && line[from - 1] !== ':') return undefined
  const isCall = name.startsWith('--') || given.test(line.slice(Math.max(0, from - 60), from))
  return literalAt(line, at, isCall ? care : 'random')
}
