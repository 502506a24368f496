import type { RepoFacts, RepoView } from '../model/setup/repo-facts.ts'
import { asText, parseJson, parseToml, tableAt } from './parsed.ts'
import { cutAtWord, listed } from './phrases.ts'

const maxDirs = 14

/** The top directories and what is in them: a package's description where it has one, else counted files. */
export function layoutOf(view: RepoView): RepoFacts['layout'] {
  const tops = [...new Set(view.files.filter(file => file.includes('/')).map(file => file.slice(0, file.indexOf('/'))))]
  return tops
    .filter(dir => !dir.startsWith('.'))
    .slice(0, maxDirs)
    .flatMap(dir => {
      const children = packagesIn(view, dir)
      return children.length > 0 ? children : [{ path: `${dir}/`, holds: describe(view, dir) ?? contents(view, dir) }]
    })
}

/** `packages/`, `crates/`, `apps/` …: a directory whose own directories are packages is listed package by package. */
function packagesIn(view: RepoView, dir: string): RepoFacts['layout'] {
  const manifests = view.files.filter(
    file =>
      file.startsWith(`${dir}/`) &&
      /^[^/]+\/[^/]+\/(package\.json|deno\.jsonc?|pyproject\.toml|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(\.kts)?|[^/]+\.[cf]sproj|composer\.json|[^/]+\.gemspec|mix\.exs|Package\.swift)$/.test(
        file,
      ),
  )
  const dirs = [...new Set(manifests.map(file => file.slice(0, file.lastIndexOf('/'))))]
  return dirs.slice(0, maxDirs).map(path => ({ path: `${path}/`, holds: describe(view, path) ?? contents(view, path) }))
}

/** The description that the package in a directory gives. */
function describe(view: RepoView, dir: string): string | undefined {
  const says =
    asText(parseJson(view.read(`${dir}/package.json`))?.description) ??
    asText(tableAt(parseToml(view.read(`${dir}/pyproject.toml`)), 'project').description) ??
    asText(tableAt(parseToml(view.read(`${dir}/Cargo.toml`)), 'package').description) ??
    asText(parseJson(view.read(`${dir}/composer.json`))?.description)
  return says?.trim() ? cutAtWord(says, 100) : undefined
}

const kinds: Record<string, string> = {
  ts: 'TypeScript',
  tsx: 'TypeScript',
  mts: 'TypeScript',
  cts: 'TypeScript',
  js: 'JavaScript',
  jsx: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  py: 'Python',
  go: 'Go',
  rs: 'Rust',
  java: 'Java',
  kt: 'Kotlin',
  rb: 'Ruby',
  php: 'PHP',
  cs: 'C#',
  fs: 'F#',
  scala: 'Scala',
  groovy: 'Groovy',
  ex: 'Elixir',
  exs: 'Elixir',
  cc: 'C++',
  cxx: 'C++',
  hh: 'C++',
  c: 'C',
  h: 'C',
  cpp: 'C++',
  hpp: 'C++',
  swift: 'Swift',
  sh: 'shell',
  sql: 'SQL',
  md: 'Markdown',
  html: 'HTML',
  css: 'CSS',
  scss: 'CSS',
  vue: 'Vue',
  svelte: 'Svelte',
  json: 'JSON',
  yaml: 'YAML',
  yml: 'YAML',
  proto: 'Protobuf',
}

/** "12 TypeScript files in `api/` and `core/`". */
function contents(view: RepoView, dir: string): string {
  const inside = view.files.filter(file => file.startsWith(`${dir}/`)).map(file => file.slice(dir.length + 1))
  const counts = new Map<string, number>()
  for (const file of inside) {
    const kind = kinds[/\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'other'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const named = [...counts].filter(([kind]) => kind !== 'other').sort((a, b) => b[1] - a[1])
  const [kind, count] = named[0] ?? ['', inside.length]
  const main = `${count} ${kind ? `${kind} ` : ''}${count === 1 ? 'file' : 'files'}`
  const dirs = [...new Set(inside.filter(file => file.includes('/')).map(file => file.slice(0, file.indexOf('/'))))]
  const shown = dirs.slice(0, 8).map(name => `\`${name}/\``)
  if (dirs.length > 8) shown.push(`${dirs.length - 8} more`)
  return shown.length > 0 ? `${main}, in ${listed(shown)}` : main
}
