// The change that a rehearsal makes in any repository: one text file, which no compiler and no test runner looks at. Both
// models say that its first weakness needs a fix, and agree in the debate that the second does not.

export const firstLine = 'Countersign was rehearsed here.'
export const weakLine = 'This line ends without a full stop'
export const fixedLine = `${weakLine}.`
export const needlessLine = 'This line says that it is the last one.'

export const changeText = `${firstLine}
${weakLine}
${needlessLine}
`

/** Number of the line that `quote` is. 1-based. */
export const changeLine = (quote: string): number => changeText.split('\n').indexOf(quote) + 1

export const changePrompt = 'This is a rehearsal: add a note that says so.'
export const continuePrompt = 'This is a rehearsal: continue as if the tests were green.'
