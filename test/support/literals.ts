export type Literal = { line: number; text: string }

/**
 * The string and template literals of a TypeScript source, each with its first line. Comments and regular expressions are
 * passed over; what stands in `${…}` is read as code, and as … in the text around it.
 */
export function literals(source: string): Literal[] {
  const found: Literal[] = []
  const add = (at: number, text: string) => found.push({ line: source.slice(0, at).split('\n').length, text })

  /** Reads code up to its closing brace, or to the end; returns where that is. */
  function code(from: number): number {
    let depth = 0
    for (let at = from; at < source.length; at += 1) {
      const rest = source.slice(at, at + 2)
      const char = source[at]!
      if (rest === '//') at = end(source.indexOf('\n', at))
      else if (rest === '/*') at = end(source.indexOf('*/', at)) + 1
      else if (char === '/' && /(?:^|[(,=:[!&|?{};+~<>\n]|\breturn)\s*$/.test(source.slice(Math.max(0, at - 40), at)))
        at = regex(at)
      else if (char === "'" || char === '"') at = quoted(at, char)
      else if (char === '`') at = template(at)
      else if (char === '{') depth += 1
      else if (char === '}' && --depth < 0) return at
    }
    return source.length
  }

  function quoted(from: number, quote: string): number {
    const at = close(from + 1, quote)
    add(from, source.slice(from + 1, at))
    return at
  }

  function template(from: number): number {
    let text = ''
    for (let at = from + 1; at < source.length; at += 1) {
      if (source[at] === '\\') text += source[++at]
      else if (source[at] === '`') {
        add(from, text)
        return at
      } else if (source.startsWith('${', at)) {
        text += '…'
        at = code(at + 2)
      } else text += source[at]
    }
    return source.length
  }

  function regex(from: number): number {
    let inClass = false
    for (let at = from + 1; at < source.length; at += 1) {
      if (source[at] === '\\') at += 1
      else if (source[at] === '[') inClass = true
      else if (source[at] === ']') inClass = false
      else if (source[at] === '/' && !inClass) return at
    }
    return source.length
  }

  function close(from: number, quote: string): number {
    let at = from
    while (at < source.length && source[at] !== quote) at += source[at] === '\\' ? 2 : 1
    return at
  }

  const end = (at: number): number => (at < 0 ? source.length : at)

  code(0)
  return found
}
