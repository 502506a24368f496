// The change that a rehearsal makes in whatever repository it is: one text file, which no compiler and no test runner
// looks at, with one weakness that both models hold needed and one that they come to agree is not.

export const weakLine = 'This line ends without a full stop'
export const mendedLine = `${weakLine}.`
export const needlessLine = 'This line says that it is the last one.'

export const changeText = `Countersign was rehearsed here.
${weakLine}
${needlessLine}
`

/** Number of the line that `quote` is. 1-based. */
export const changeLine = (quote: string): number => changeText.split('\n').indexOf(quote) + 1

export const changePrompt = 'This is a rehearsal: add a note that says so.'
export const goOnPrompt = 'This is a rehearsal: go on as if the tests were green.'
