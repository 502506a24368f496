import { careOf } from './names.ts'
import { isSecretValue, withoutEnd } from './values.ts'

/** `<password>x</password>`, with a name for an element. */
const element = /(<([A-Za-z][\w.:-]{1,60})(?:\s[^<>]{0,200})?>)([^<>\n]{4,20000})(?=<\/)/g
/** `<property name="db.password">x</property>`, with the value in an element of its own or not. */
const byAttribute =
  /(<[A-Za-z][\w.:-]{0,60}\s(?:[^<>]{0,100}\s)?(?:name|key|id)=["']([\w.:-]{2,80})["'][^<>]{0,100}>(?:<(?:value|string)>)?)([^<>\n]{4,20000})(?=<\/)/g
/** `variable "db_password" {`, with `default = "x"` in one of the lines up to its end. */
const variable = /^[+\- ]?\s*variable\s{1,4}"([\w-]{2,80})"\s{0,4}\{/
const variableDefault = /^([+\- ]?\s*default\s{0,8}=\s{0,4}")([^"\n]{4,20000})(?=")/
/** `name="DB_PASSWORD" value="x"`, `{"name": "DB_PASSWORD", "value": "x"}`, `<input type="password" value="x">`. */
const named =
  /(\b(?:name|key|id|type|Name|Key|ParameterKey)["']?\s{0,4}[:=]\s{0,4}["']?([\w.:-]{2,80})["']?[\s,;]{1,8}(?:[\w-]{1,20}=["'][^"']{0,40}["']\s{1,4})?["']?(?:value|Value|ParameterValue|content)["']?\s{0,4}[:=]\s{0,4}["'])([^"'\n]{4,20000})(?=["'])/g
/** `<key>API_KEY</key><string>x</string>`, on one line or on two. */
const plistKey = /<key>([^<>\n]{2,80})<\/key>/
const plistString = /(<string>)([^<>\n]{4,20000})(?=<\/string>)/
/** `name: DB_PASSWORD`, and `value: x` on the next line. */
const nameAlone =
  /^[+\- ]?\s*(?:- +)?["']?(?:name|key|Name|Key|ParameterKey)["']?\s{0,4}[:=]\s{0,4}["']?([\w.:-]{2,80})["']?[\s,]*$/
const valueAlone =
  /^([+\- ]?\s*["']?(?:value|Value|ParameterValue)["']?\s{0,4}[:=]\s{0,4}["']?)([^\s"'][^"'\n]*["']?[\s,]*)$/

const isSecret = (name: string, value: string): boolean => {
  const care = careOf(name)
  return care !== undefined && isSecretValue(value.trim(), care)
}

const withoutNamed = (all: string, kept: string, name: string, value: string): string =>
  isSecret(name, value) ? `${kept}[masked]` : all

/**
 * Returns a function that masks, line by line, what is given to a secret name by an element or by a second attribute or
 * key, also when that is on the next line.
 */
export function markupMasker(): (line: string) => string {
  let above: string | undefined
  let within: string | undefined
  return line => {
    // Most lines: no element, no name, and nothing begun.
    if (above === undefined && within === undefined && !/[<:=]|variable/.test(line)) return line
    within = variable.exec(line)?.[1] ?? (/^[+\- ]?[}@]/.test(line) ? undefined : within)
    const before = above
    above = nameAlone.exec(line)?.[1] ?? plistKey.exec(line)?.[1]
    const own = [element, byAttribute, named]
      .reduce((text, pattern) => text.replace(pattern, withoutNamed), line)
      .replace(variableDefault, (all, kept: string, value: string) => withoutNamed(all, kept, within ?? '', value))
    const name = above ?? before
    if (name === undefined) return own
    return own
      .replace(plistString, (all, kept: string, value: string) => withoutNamed(all, kept, name, value))
      .replace(valueAlone, (all: string, kept: string, rest: string) => {
        const value = withoutEnd(rest)
        return isSecret(name, value) ? `${kept}[masked]${rest.slice(value.length)}` : all
      })
  }
}
