/** The lines of one `.gitattributes`, and the folder that it stands in; empty for the root. */
export type Attributes = { folder: string; text: string }

/**
 * The paths that are marked `linguist-generated`. Of several patterns that fit the last counts, of several files the nearest.
 *
 * @see https://git-scm.com/docs/gitattributes
 */
export function generatedOf(paths: string[], files: Attributes[]): Set<string> {
  const rules = [...files].sort((a, b) => a.folder.length - b.folder.length).flatMap(rulesIn)
  return new Set(paths.filter(path => rules.findLast(rule => rule.fits(path))?.generated ?? false))
}

type Rule = { fits: (path: string) => boolean; generated: boolean }

const marks = /^(-|!)?linguist-generated(?:=(.*))?$/

function rulesIn({ folder, text }: Attributes): Rule[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [, quoted, bare, said = ''] = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"#]\S*))\s+(.*)$/.exec(line) ?? []
    const pattern = quoted?.replace(/\\(.)/g, '$1') ?? bare
    const mark = said.split(/\s+/).flatMap(one => marks.exec(one) ?? []) as (string | undefined)[]
    if (pattern === undefined || mark.length === 0 || pattern.endsWith('/')) return []
    const generated = mark[1] === undefined && mark[2] !== 'false'
    const fits = fitting(pattern)
    const start = folder === '' ? '' : `${folder}/`
    return [{ generated, fits: path => path.startsWith(start) && fits(path.slice(start.length)) }]
  })
}

/** Without a slash a pattern is about a name in any folder, with one about a path. */
function fitting(pattern: string): (path: string) => boolean {
  const steps = pattern.replace(/^\//, '')
  const isName = !pattern.includes('/')
  return path => fits(steps, isName ? path.slice(path.lastIndexOf('/') + 1) : path)
}

/** Matches without going back over more than the last star of each kind, so that no pattern takes long. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('/')
  const names = text.split('/')
  let [at, name, star, from] = [0, 0, -1, 0]
  while (name < names.length) {
    if (parts[at] === '**') [star, from, at] = [at, name, at + 1]
    else if (at < parts.length && fitsName(parts[at]!, names[name]!)) [at, name] = [at + 1, name + 1]
    else if (star >= 0) [from, name, at] = [from + 1, from + 1, star + 1]
    else return false
  }
  return parts.slice(at).every(part => part === '**')
}

function fitsName(pattern: string, name: string): boolean {
  const tokens = pattern.match(/\[!?\]?[^\]]*\]|\\.|[^\\]/gsu) ?? []
  const signs = [...name]
  let [at, sign, star, from] = [0, 0, -1, 0]
  while (sign < signs.length) {
    if (tokens[at] === '*') [star, from, at] = [at, sign, at + 1]
    else if (at < tokens.length && fitsSign(tokens[at]!, signs[sign]!)) [at, sign] = [at + 1, sign + 1]
    else if (star >= 0) [from, sign, at] = [from + 1, from + 1, star + 1]
    else return false
  }
  return tokens.slice(at).every(token => token === '*')
}

function fitsSign(token: string, sign: string): boolean {
  if (token === '?') return true
  if (token.length === 2 && token.startsWith('\\')) return token[1] === sign
  if (!token.startsWith('[') || token.length < 3) return token === sign
  const inner = token.slice(1, -1).replace(/^[!^]/, '')
  const ranges = [...inner.matchAll(/(.)-(.)|(.)/gsu)]
  const isIn = ranges.some(([, first, last, one]) => one === sign || (first! <= sign && sign <= last!))
  return isIn !== /^\[[!^]/.test(token)
}
