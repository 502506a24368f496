import { parse as parseTomlText } from 'smol-toml'
import { parse as parseYamlText } from 'yaml'

export type Table = Record<string, unknown>

export const asTable = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

/** Parses JSON with comments and trailing commas, as tsconfig files have them. Undefined when the text is not that. */
export function parseJson(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  const strings = /"(?:\\.|[^"\\])*"/.source
  const bare = text.replace(/^\uFEFF/, '')
  const plain = bare.replace(new RegExp(`(${strings})|//[^\\n]*|/\\*[\\s\\S]*?\\*/`, 'g'), (_, kept) => kept ?? '')
  const strict = plain.replace(new RegExp(`(${strings})|,(?=\\s*[}\\]])`, 'g'), (_, kept) => kept ?? '')
  try {
    return asTable(JSON.parse(strict))
  } catch {
    return undefined
  }
}

/** Undefined when the text is not TOML. */
export function parseToml(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  try {
    return parseTomlText(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

/** Undefined when the text is not YAML. */
export function parseYaml(text: string | undefined): Table | undefined {
  if (text === undefined) return undefined
  try {
    return asTable(parseYamlText(text, { logLevel: 'silent' }))
  } catch {
    return undefined
  }
}

/** Walks tables by key; an absent or wrong step gives an empty table. */
export const tableAt = (table: Table | undefined, ...keys: string[]): Table =>
  keys.reduce<Table>((at, key) => asTable(at[key]), table ?? {})
