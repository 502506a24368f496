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
  for (const part of command.split(/&&|\|\||[;|\n]/)) {
    const words = part.trim().split(/\s+/)
    const word = words.find(text => !/^[A-Za-z_]\w*=/.test(text)) ?? ''
    const name = word.replace(/^(["'])(.*)\1$/, '$2')
    if (name === 'cd') moved = true
    if (!/^[\w./@+-]+$/.test(name) || shellWords.has(name)) continue
    if (name.includes('/') && moved) continue
    found.push(name)
  }
  return [...new Set(found)]
}
