const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const small = capitals.toLowerCase()
const digits = '0123456789'
const alphabets: Record<string, string> = {
  '': capitals + small + digits,
  x: `${digits}abcdef`,
  d: digits,
  A: capitals + digits,
  a: small + digits,
  l: small,
  b: `${capitals + small + digits}+/`,
  u: `${capitals + small + digits}-_`,
  p: `${capitals + small + digits}!#^*~.`,
}
/** One of each group of an alphabet: what a random body of some length has anyway. */
const groups = [/[a-z]/, /[A-Z]/, /\d/]

/**
 * Fills an example's shape with a made-up secret, so that no source holds one that looks real. `seed` picks the letters.
 * Braces without a length, `${…}`, stay.
 */
export function filled(shape: string, seed = 1): { text: string; secrets: string[] } {
  const secrets: string[] = []
  const next = numbers(seed)
  const text = shape.replace(
    /\{(?:(uuid)|(\d+)([xdAalbupB]?))\}/g,
    (_, uuid?: string, size?: string, kind?: string) => {
      const body = uuid
        ? [8, 4, 4, 4, 12].map(length => bodyOf('x', length, next)).join('-')
        : kind === 'B'
          ? Buffer.from(`app:${bodyOf('', Number(size), next)}`).toString('base64')
          : bodyOf(kind ?? '', Number(size), next)
      secrets.push(body)
      return body
    },
  )
  return { text, secrets }
}

function bodyOf(kind: string, size: number, next: () => number): string {
  const alphabet = alphabets[kind]!
  const wanted = size < 5 ? [] : groups.filter(group => group.test(alphabet))
  for (;;) {
    const body = Array.from({ length: size }, () => alphabet[next() % alphabet.length]!).join('')
    if (wanted.every(group => group.test(body)) && /^[\w]/.test(body)) return body
  }
}

/** Numbers from a seed, the same on every machine (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
