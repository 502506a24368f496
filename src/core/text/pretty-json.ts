/**
 * JSON as Prettier writes it by default, so that a repository that checks every file has nothing to say about ours: objects
 * over several lines, an array on one where it holds no object and fits.
 *
 * @param unit One step of indentation.
 * @param indent Of the line that the value begins on.
 * @param before How many characters stand before the value on its line, the indentation left out.
 */
export function prettyJson(value: unknown, unit = '  ', indent = '', before = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const deeper = indent + unit
  const lines = (open: string, parts: string[], close: string) =>
    `${open}\n${parts.map(part => deeper + part).join(',\n')}\n${indent}${close}`
  if (!Array.isArray(value)) {
    const members = Object.entries(value).map(([key, item]) => {
      const name = `${JSON.stringify(key)}: `
      return name + prettyJson(item, unit, deeper, name.length)
    })
    return members.length > 0 ? lines('{', members, '}') : '{}'
  }
  const items = value.map(item => prettyJson(item, unit, deeper))
  const line = `[${items.join(', ')}]`
  // The comma behind it has to fit as well.
  const fits = width(indent) + before + line.length < 80
  return (fits && !line.includes('\n')) || items.length === 0 ? line : lines('[', items, ']')
}

/** A tab is as wide as two spaces, as Prettier and Biome count. */
const width = (indent: string): number => indent.replaceAll('\t', '  ').length

/** What a JSON text says, however it is laid out; null where it is not JSON. */
export function jsonMeaning(text: string | null): string | null {
  try {
    return JSON.stringify(JSON.parse((text ?? '').replace(/^\uFEFF/, '')))
  } catch {
    return null
  }
}
