import type { Ignored } from '../../../shell/git/git-ignores.ts'

/** The lines that make git take files it ignores, each once, with the file each belongs into. */
export function linesToAdd(ignored: Ignored[]): { file: string; line: string }[] {
  const all = ignored.flatMap(({ file, lines }) => lines.map(line => ({ file, line })))
  return all.filter((one, index) => all.findIndex(({ file, line }) => file === one.file && line === one.line) === index)
}
