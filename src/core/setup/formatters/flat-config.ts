/** Where a list of ESLint's configurations begins: the bracket, or the parenthesis of a call that takes them one by one. */
const starts = [
  /^export default (?:defineConfig\(|tseslint\.config\(|ts\.config\()?\[/m,
  /^module\.exports = (?:defineConfig\(|tseslint\.config\()?\[/m,
  /^export default (?:defineConfig|tseslint\.config|ts\.config)\(/m,
  /^module\.exports = (?:defineConfig|tseslint\.config)\(/m,
]

/**
 * Adds what ESLint leaves out to its flat configuration, in the file's own indentation and quotes.
 *
 * @returns Null where the file has a shape that only its author can add to.
 */
export function addToFlatConfig(text: string, items: string[]): string | null {
  const at = startOf(text)
  if (at === null) return null
  const entry = entryOf(text, items)
  const [, newline, indent] = /^(\r?\n)([ \t]*)(?=\S)/.exec(text.slice(at)) ?? []
  if (newline) return `${text.slice(0, at)}${newline}${indent}${entry},${text.slice(at)}`
  const isEmpty = /^\s*[\])]/.test(text.slice(at))
  return `${text.slice(0, at)}${entry}${isEmpty ? '' : ', '}${text.slice(at)}`
}

/** Removes it where somebody has laid the file out anew since; the same text where it is not found. */
export function removeFromFlatConfig(text: string, items: string[]): string {
  const list = items.map(item => `['"]${item.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]`)
  const entry = new RegExp(
    `[ \\t]*\\{\\s*ignores:\\s*\\[\\s*${list.join(',\\s*')},?\\s*\\],?\\s*\\},?[ \\t]*(\\r?\\n)?`,
  )
  return text.replace(entry, '')
}

/** What to add, as the user would write it. */
export function entryOf(text: string, items: string[]): string {
  const quote = text.split('"').length > text.split("'").length ? '"' : "'"
  return `{ ignores: [${items.map(item => quote + item + quote).join(', ')}] }`
}

function startOf(text: string): number | null {
  const direct = starts.map(start => start.exec(text)).find(Boolean)
  if (direct) return direct.index + direct[0].length
  const [, name] = /^(?:export default|module\.exports =) ([A-Za-z_$][\w$]*);?[ \t]*$/m.exec(text) ?? []
  const list =
    name && new RegExp(`^(?:const|let|var) ${name.replaceAll('$', '\\$')}(?:: [^=\\n]+)? = \\[`, 'm').exec(text)
  return list ? list.index + list[0].length : null
}
