/** A command of CI, in the directory that it runs in. */
export type CiLine = {
  command: string
  /** Relative to the root; empty for the root, and where the text does not show it. */
  dir: string
  /** Whether the file shows the directory; else the root stands for it. */
  placed: boolean
  /** The file of CI that it comes from. */
  file: string
  /** What the job starts beside it, e.g. `postgres`. */
  services: string[]
}

/** Longer lines are data, not commands, and every pattern would be tried on them. */
const maxLine = 2000

/** An installation, which runs no tests: `pip install pytest`. */
const installs =
  /\b(pip3?|pipx|uv|apt(-get)?|brew|gem|cargo|go|choco|npm|conda|dotnet)\s+(-\S+\s+|tool\s+|pip\s+)*install\b[^&|;]*/g

/** Lines without comments; lines joined by a backslash count as one. */
export const shellLines = (text: string): string[] =>
  text
    .replace(/\r/g, '')
    .replace(/[ \t]*\\\n[ \t]*/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .map(line => line.replace(installs, ''))
    .filter(line => line !== '' && line.length <= maxLine && !line.startsWith('#'))

/** `cd DIR`, alone or before a command. */
const changes = /^(?:cd|pushd)\s+["']?([\w./-]+)["']?\s*(?:(?:&&|;)\s*(.*))?$/
/** A directory that only CI knows, or that is not in the repository. */
const leaves = /^(?:cd|pushd)\s+["']?[^\s"';&|]*[$~]/
/** A command for a service of a Compose file; in the service it is the project's own. */
const inService = /^docker[ -]compose\s+(?:exec|run)\s+(?:-\S+\s+)*[\w-]+\s+(?:env\s+(?:\w+=\S+\s+)+)?/
/** Options by which a tool changes its directory itself. */
const toolChanges: RegExp[] = [
  /^(make|just|go|pnpm|yarn)(\s+)-C[ =]?["']?([\w./-]+)["']?\s+/,
  /^(npm|pnpm|yarn|bun)(\s+)(?:--prefix|--dir|--cwd)[ =]["']?([\w./-]+)["']?\s+/,
  /^(uv|poetry)(\s+)(?:--directory|--project)[ =]["']?([\w./-]+)["']?\s+/,
]

/** Commands of one shell, each with the directory that the `cd` before it leads to. */
export function placed(commands: string[], start: string): { command: string; dir: string }[] {
  let at: string | undefined = start
  return commands.flatMap(given => {
    const line = given.replace(inService, '')
    if (leaves.test(line)) at = undefined
    const moved = changes.exec(line)
    if (at === undefined) return []
    if (moved) at = joined(at, moved[1] ?? '')
    const rest = moved ? moved[2] : line
    if (!rest) return []
    const own = toolChanges.map(pattern => pattern.exec(rest)).find(Boolean)
    if (!own) return [{ command: rest, dir: at }]
    return [{ command: `${own[1]} ${rest.slice(own[0].length)}`, dir: joined(at, own[3] ?? '') }]
  })
}

/** `web` and `../api` → `api`; what leads out of the repository is its root. */
export function joined(dir: string, path: string): string {
  const steps = path.startsWith('/') ? [] : dir.split('/').filter(Boolean)
  for (const step of path.split('/').filter(Boolean)) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}
