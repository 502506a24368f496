/**
 * Parses JSON in which no object has a key twice: of two values JSON.parse takes the last, and a reader the first.
 *
 * @throws {SyntaxError}
 */
export function parseOnce(text: string): unknown {
  const value: unknown = JSON.parse(text)
  const twice = keyTwice(text)
  if (twice !== null) throw new SyntaxError(`the key ${twice} stands twice in one object`)
  return value
}

/** Of a text that is JSON: the first key that its object has already, as it stands there. */
function keyTwice(text: string): string | null {
  const open: Set<string>[] = []
  for (const [token, key, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (key !== undefined && colon !== undefined) {
      const name: string = JSON.parse(key)
      if (open.at(-1)?.has(name)) return key
      open.at(-1)?.add(name)
    }
  }
  return null
}
