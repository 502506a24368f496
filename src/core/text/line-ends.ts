/** A text as it is compared and merged: LF line ends, no byte order mark. */
export const bare = (text: string): string => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')

/**
 * Gives a bare text the line ends and the byte order mark of the file it replaces. Where that file mixes line ends, each
 * line that stays keeps its own, and a new one gets what most lines have.
 */
export function dressedAs(text: string, model: string): string {
  const mark = model.startsWith('\uFEFF') ? '\uFEFF' : ''
  const crlf = model.split('\r\n').length - 1
  const lf = model.split('\n').length - 1 - crlf
  if (crlf === 0) return mark + text
  if (lf === 0) return mark + text.replaceAll('\n', '\r\n')
  const usual = crlf > lf ? '\r\n' : '\n'
  const [lines, models] = [text.split('\n'), model.slice(mark.length).split('\n')]
  const keeps = alignment(
    lines,
    models.map(line => line.replace(/\r$/, '')),
  )
  const last = lines.length - 1
  const ended = lines.map((line, index) => {
    if (index === last) return line
    const kept = keeps[index]
    const end = kept === undefined || kept === models.length - 1 ? usual : models[kept]?.endsWith('\r') ? '\r\n' : '\n'
    return line + end
  })
  return mark + ended.join('')
}

/** For each line of `lines` the line of `models` it stays, by longest common subsequence; undefined for a new one. */
function alignment(lines: string[], models: string[]): (number | undefined)[] {
  const width = models.length + 1
  const longest = new Uint32Array((lines.length + 1) * width)
  for (let i = lines.length - 1; i >= 0; i--) {
    for (let j = models.length - 1; j >= 0; j--) {
      longest[i * width + j] =
        lines[i] === models[j]
          ? 1 + longest[(i + 1) * width + j + 1]!
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
    }
  }
  const result: (number | undefined)[] = []
  for (let i = 0, j = 0; i < lines.length; ) {
    if (j < models.length && lines[i] === models[j]) {
      result.push(j)
      i++
      j++
    } else if (j < models.length && longest[i * width + j + 1]! >= longest[(i + 1) * width + j]!) j++
    else {
      result.push(undefined)
      i++
    }
  }
  return result
}
