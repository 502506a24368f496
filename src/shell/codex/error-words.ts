/** Lines that say nothing to a person: warnings before the error, the picture of the line that is wrong, the program's own stack. */
const noise = /^(?:WARNING\b.*|\d*\s*\|.*|\^+|\d+: .*)?$/

/**
 * What is wrong, out of what Codex has printed, in one line: `/home/me/.codex/config.toml:2:18: string values must be quoted`.
 * Its last error with what it says caused it, else its last line.
 */
export function errorIn(stderr: string): string {
  const [before = ''] = stderr.split(/^Stack backtrace:/m)
  const lines = before
    .split('\n')
    .map(line => line.trim())
    .filter(line => !noise.test(line))
  const from = lines.findLastIndex(line => /^error\b/i.test(line))
  return (from < 0 ? lines.slice(-1) : lines.slice(from))
    .join(' ')
    .replace(/^Error loading config\.toml: (?=\S+:\d+:\d+: )/, 'broken configuration: ')
    .replace(/^Error: .*? Caused by: /, '')
    .slice(0, 400)
}
