/** No name is longer, and no pattern takes long on a line of this length, whatever stands in it. */
const longestLine = 2000

/** What a runner of several packages puts before each line: turbo, pnpm, yarn, concurrently, Maven and sbt, compose. */
const prefix =
  /^(?:@?[\w./-]+:[\w.:-]*test[\w.:-]*: ?|@?[\w./-]+ [\w.:-]*test[\w.:-]*: |\[[^\]\s]+\]:? |(?!ok |FAILED )[\w.-]+ +\| )/

/** The lines of a run, each cut where nobody reads on. */
export const plainLines = (output: string): string[] => output.split('\n').map(line => line.slice(0, longestLine))

/** The same as each package's own runner printed them. */
export const unprefixed = (lines: string[]): string[] => lines.map(line => line.replace(prefix, ''))
