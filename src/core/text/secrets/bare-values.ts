import { literalAt, type Span, stricter } from './literals.ts'
import type { Care } from './names.ts'
import { isRandom, isSecretValue, isWord } from './values.ts'

/** Where a line comes from: code, in which what is without quotes is no text; a file of settings; or neither is known. */
export type Source = 'code' | 'settings' | 'unknown'

/** A secret name in a line: from `from` to `end`, and how a value of it is judged. */
export type Named = { line: string; name: string; from: number; end: number; care: Care; source: Source }

/** Characters of a value that are read before it is judged. */
const most = 200
const bare = /[^\s"'`,;(){}<>[\]|\\]{4,200}/y
const restOfBare = /[^\s"'`,;(){}<>[\]|\\]*/y
const word = /[^\s"'`]{4,200}/y
const restOfWord = /[^\s"'`]*/y
/** The start of a line, up to a setting's name. */
const lineStart =
  /^[+\- ]?\s{0,60}(?:- {1,4})?(?:(?:export|set|setx|env|arg|setenv|local|readonly|declare|typeset)\s{1,4}|\$env:|-e\s{1,4})?["']?$/i
/** Words that give a variable its value. */
const variable = /(?:\bsetx|\bsetenv|\bSetEnv|\bENV|\bARG)\s{1,4}$/
/** Words after which a name and its value are parted by a space. */
const spaced =
  /\b(?:set|setx|setenv|ENV|ARG|define|export|header|proxy_set_header|add_header|configure set|config set)\s{1,4}:?["']?$|\/\/[\w./-]{1,80}:$/i
/** Words for a password, where nothing says that this is a file of settings. */
const passphrase = /(?:passw(?:or)?d|passphrase): (?:[a-z]+\s){2,5}[a-z]+$/i
const connection =
  /\b(?:server|data source|host|user ?id|uid|database|initial catalog|accountname|endpoint|addr(?:ess)?)\s{0,2}=/i
const afterFlag = new Set(
  'is to the for or and flag option argument parameter value values prompt should must may can will not if when in on from with required optional instead file stdin given provided using via here below above does has was are use used set needs'.split(
    ' ',
  ),
)

/** `--password x`, `ENV DB_PASSWORD x`, `#define SECRET "x"`; `password "x"` and `password x` where that is all of a line. */
export function spacedValue({ line, name, from, care }: Named, at: number): Span | undefined {
  const before = line.slice(Math.max(0, from - 100), from)
  const flag = /^--?[a-z][\w.-]*$/i.test(name) || variable.test(before)
  if (!flag && !spaced.test(before)) return lineStart.test(before) ? onlyValue(line, name, at, care) : undefined
  const literal = literalAt(line, at, care)
  if (literal) return literal
  word.lastIndex = at
  const found = word.exec(line)?.[0].replace(/[).,;]+$/, '')
  if (!found || afterFlag.has(found.toLowerCase()) || /^[-[(<{|&>\\]|^[A-Z_]+$/.test(found)) return undefined
  const isWord = /^[A-Za-z-]+$/.test(found) && (found.length < 6 || !flag)
  return isSecretValue(found, isWord ? stricter(care) : care) ? extended(line, at, found.length, restOfWord) : undefined
}

/** A literal, or the word behind the `password` of a .netrc, with nothing after it. */
function onlyValue(line: string, name: string, at: number, care: Care): Span | undefined {
  const literal = literalAt(line, at, care)
  if (literal) return /^["'`][\s;,)]*$/.test(line.slice(literal.to, literal.to + 20)) ? literal : undefined
  word.lastIndex = at
  const found = /^passw(?:or)?d$/.test(name) && word.exec(line)?.[0]
  const isLast = found && line.length - at - found.length < 4 && /^\s*$/.test(line.slice(at + found.length))
  return isLast && isSecretValue(found, 'likely') ? { from: at, to: at + found.length } : undefined
}

/** A value without quotes. */
export function bareValue(named: Named, at: number, operator: string): Span | undefined {
  const { line, from, care, name, source } = named
  const before = line.slice(Math.max(0, from - 300), from)
  const setting = settingValue(named, at, operator, before)
  if (setting) return setting === 'none' ? undefined : setting
  bare.lastIndex = at
  const run = bare.exec(line)?.[0]
  // What is called or looked into is code.
  if (!run || /[([{]/.test(line[bare.lastIndex] ?? '')) return undefined
  const inAddress = /[?&]$/.test(before)
  const found = inAddress ? run.replace(/[&#].*$/, '') : run
  const span = () => (inAddress ? { from: at, to: at + found.length } : extended(line, at, found.length, restOfBare))
  const inConnection =
    /[;"']\s{0,2}$/.test(before) && (connection.test(before) || connection.test(line.slice(at, at + 300)))
  // `JWT_SECRET=x` in a command line, and `"JWT_SECRET=x"` in code.
  const inCommand = operator === '=' && isConstant(name) && (source !== 'code' || /["'`]$/.test(before))
  if (inConnection || inCommand || name.startsWith('-')) return isSecretValue(found, care) ? span() : undefined
  if (isCode(found)) return undefined
  if (source === 'code' && !inAddress)
    return /^[\w+/-]{16,}={0,2}$/.test(found) && isRandom(found) && isSecretValue(found, care) ? span() : undefined
  const isLikely = isSecretValue(found, stricter(care)) || (/\d/.test(found) && isSecretValue(found, care))
  return isLikely && found.length >= 6 ? span() : undefined
}

/** What was judged by its beginning, to its end. */
function extended(line: string, from: number, length: number, rest: RegExp): Span {
  if (length < most) return { from, to: from + length }
  rest.lastIndex = from + length
  rest.test(line)
  return { from, to: rest.lastIndex }
}

/** All of a setting's value, in a line that is one setting and no code; 'none' when that is no secret. */
function settingValue(
  { line, name, from, care, source }: Named,
  at: number,
  operator: string,
  before: string,
): Span | 'none' | undefined {
  if (source === 'code' || from > 120 || !lineStart.test(before) || !/^[=:]$/.test(operator)) return undefined
  const rest = line
    .slice(at, at + 4000)
    .trimEnd()
    .replace(/\s[#;].*$|[,;]$/, '')
  if (rest === '') return 'none'
  const isUnknown = source === 'unknown' && !isConstant(name)
  if (/\s/.test(rest) && (operator === '=' || (source === 'unknown' && !passphrase.test(`${name}: ${rest}`)))) return
  if (isUnknown && /["'`([{]|^[|>&*!\d.]+$|^\d+(?:\.\d+)*$/.test(rest)) return undefined
  if (/^[\w$]+(?:\.|->|::)?[\w.$]*\(|^[({[`]|^[\w$]+\[/.test(rest)) return 'none'
  if (isUnknown && (isCode(rest) || (/^[A-Za-z]+$/.test(rest) && (rest.length < 6 || /[A-Z]/.test(rest)))))
    return 'none'
  if (!isSecretValue(rest, care)) return 'none'
  return { from: at, to: rest.length === 4000 ? line.trimEnd().length : at + rest.length }
}

const isConstant = (name: string): boolean => /^[A-Z][A-Z0-9_]+$/.test(name)

const member = /^[A-Za-z_$][\w$]*[!?]?(?:(?:\?\.|\.|::|->)[A-Za-z_$][\w$]*[!?]?)+$/

/** A member, a version, an algorithm, a variable: nothing that somebody chose as a secret. */
const isCode = (value: string): boolean =>
  (member.test(value) && value.split(/\W+/).every(name => name.length < 4 || isWord(name.replaceAll('_', '')))) ||
  /^v?\d+(?:[.:/-]\d+)*[a-z%]{0,3}$/.test(value) ||
  /^(?:sha|md|utf-?|aes-?|rsa|hs|rs|es|base|int|uint|i|u|f|float|oauth|http|ipv)\d+$/i.test(value) ||
  /^\$\w/.test(value)
