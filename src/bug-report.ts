/** Which program met the bug. */
export type Running = { version: string; platform: string; node: string; command: string }

/** Returns what links a bug to a new issue; see `bugReportUrl`. */
export const linkToReport =
  (running: Running) =>
  (bug: unknown): string =>
    bugReportUrl({ ...running, summary: kindOf(bug) })

/** A link to a new issue, with the form in .github/ISSUE_TEMPLATE/bug.yml filled in as far as we can. */
export function bugReportUrl({ version, platform, node, command, summary }: Running & { summary: string }): string {
  const fields = {
    template: 'bug.yml',
    title: `${summary} in countersign ${command}`,
    version,
    platform: `${platform}, Node ${node}`,
    command: `countersign ${command}`,
  }
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(short(value))}`)
  return `https://github.com/countersign-dev/countersign/issues/new?${query.join('&')}`
}

/** What was thrown, without its message, which can hold paths. */
export function kindOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `Thrown ${typeof thrown}`
  const { name, code } = thrown as Error & { code?: unknown }
  return [name, code].filter(word => typeof word === 'string' && /^\w{1,40}$/.test(word)).join(' ') || 'Error'
}

/** Browsers and servers take some 2,000 characters of a link. */
const short = (value: string): string =>
  value
    .replace(/[^ -~]/g, '?')
    .trim()
    .slice(0, 100)
