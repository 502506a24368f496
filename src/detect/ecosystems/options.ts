/** Values that only CI knows: a line that needs one cannot be taken over. */
const unknown = /\$/

/**
 * The options that CI gives a tool when it runs all its tests.
 *
 * @param whole Matches a line that runs all tests; the options of others are those of a part.
 * @param kept The options that matter to the result, each with its value, as they may be on any machine.
 * @returns Those that switch on everything, else none where one line of CI does without: then none is needed.
 */
export function optionsOfCi(ci: string[], whole: RegExp, kept: RegExp): string {
  const lines = ci
    .map(line => line.replace(/\s\+\$\{\{[^}]*\}\}/, ''))
    .filter(line => whole.test(line) && !unknown.test(line))
  const options = lines.map(line => [...line.matchAll(kept)].map(([option]) => ` ${option.trim()}`).join(''))
  const all = options.find(option => /--all-features\b/.test(option))
  if (all !== undefined) return all
  return options.includes('') ? '' : (options[0] ?? '')
}
