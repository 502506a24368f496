/** What shells do themselves, and words behind which the program is not simply the next one. */
const shellWords = new Set(
  '. : [ [[ ( { ! alias break case cd command do done echo elif else env esac eval exec exit export fi for function if read return set shift source test then time trap true false type ulimit umask unset until wait while'.split(
    ' ',
  ),
)

/**
 * The programs that a shell would look for to run a command line, as far as they can be told without a shell: names to
 * be found on PATH, and paths that begin at the repository's root. What is built at run time or behind `cd` is left out.
 */
export function programsOf(command: string): string[] {
  const found: string[] = []
  let moved = false
  for (const part of withTextMasked(command).split(/&&|\|\||[;|\n]/)) {
    const words = part.trim().split(/\s+/)
    const word = words.find(text => !/^[A-Za-z_]\w*=/.test(text)) ?? ''
    const name = word.replace(/^(["'])(.*)\1$/, '$2')
    if (/^\(*cd$/.test(name)) moved = true
    if (!/^[\w./@+-]+$/.test(name) || shellWords.has(name)) continue
    if (name.includes('/') && moved) continue
    found.push(name)
  }
  return [...new Set(found)]
}

const closedBy: Record<string, string> = { "'": "'", '"': '"', '`': '`', '$(': ')', '(': ')' }

/**
 * A command line without its comments, and with `?` for each blank and separator that a shell reads as text: escaped, in
 * quotes, or in a command line of its own such as `$(…)`.
 */
function withTextMasked(command: string): string {
  const open: string[] = []
  const signs = Array.from(command.matchAll(/\\[\s\S]|\$\(|[\s\S]/g), ([sign]) => {
    const closing = open.at(-1)
    const closes = closing === "'" ? sign.endsWith("'") : sign === closing
    if (closes) open.pop()
    else if (opens(sign, closing)) open.push(closedBy[sign]!)
    return closing || sign.startsWith('\\') ? sign.replace(/[\s;&|]/, '?') : sign
  })
  return signs.join('').replace(/(^|\s)#.*/g, '')
}

function opens(sign: string, closing: string | undefined): boolean {
  if (closing === "'" || !closedBy[sign]) return false
  if (sign === "'") return closing !== '"'
  return sign !== '(' || closing === ')'
}
