/**
 * Text for a terminal: paragraphs are broken at spaces. A line that begins with two spaces is a command or the like, and is
 * never broken.
 *
 * @param indent What every line but the first begins with.
 */
export function wrap(text: string, indent = '', width = 80): string {
  const lines = text.split('\n').flatMap(line => (line.startsWith('  ') ? [line] : broken(line, width - indent.length)))
  return lines.join(`\n${indent}`)
}

function broken(line: string, width: number): string[] {
  const lines: string[] = []
  let now = ''
  for (const word of line.split(' ')) {
    if (now !== '' && now.length + 1 + word.length > width) {
      lines.push(now)
      now = word
    } else now += (now === '' ? '' : ' ') + word
  }
  return [...lines, now]
}

/** A shell command over as many lines as it takes, each a line that may be copied with the rest. */
export function commandLines(command: string, args: string[], width = 74): string {
  const lines = ['']
  for (const part of [command, ...args]) {
    const last = lines.at(-1) as string
    if (last !== '' && last.length + part.length + 3 > width) lines.push(`  ${part}`)
    else lines[lines.length - 1] = last === '' ? part : `${last} ${part}`
  }
  return lines.map(line => `  ${line}`).join(' \\\n')
}
