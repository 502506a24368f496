import type { RepoFacts, RepoView } from '../model/setup/repo-facts.ts'
import type { Ecosystem } from './ecosystem.ts'
import { asText, parseJson, parseToml, tableAt } from './parsed.ts'
import { cutAtWord, listed } from './phrases.ts'
import { baseOf, dirOf, named, within } from './view.ts'

const maxDirs = 14

/** The top directories and what is in them: a package's description where it has one, else counted files. */
export function layoutOf(view: RepoView, ecosystems: Ecosystem[]): RepoFacts['layout'] {
  const languages = new Map(
    [otherLanguages, ...ecosystems.map(ecosystem => ecosystem.languages)].flatMap(Object.entries<string>),
  )
  const entry = (dir: string) => ({
    path: `${dir}/`,
    holds: [nameIn(view, dir), descriptionIn(view, dir, ecosystems) ?? contents(view, dir, languages)]
      .filter(Boolean)
      .join(', '),
  })
  const tops = [
    ...new Set(
      view.files
        .filter(file => file.includes('/') && !file.endsWith('/pyvenv.cfg'))
        .map(file => file.slice(0, file.indexOf('/'))),
    ),
  ]
  return tops
    .filter(dir => !dir.startsWith('.'))
    .slice(0, maxDirs)
    .flatMap(dir => {
      const packages = packagesIn(view, dir, ecosystems)
      return packages.length > 0 ? packages.map(entry) : [entry(dir)]
    })
}

/** `packages/`, `crates/`, `apps/` …: of a directory whose own directories are packages, these packages. */
function packagesIn(view: RepoView, dir: string, ecosystems: Ecosystem[]): string[] {
  const isManifest = named(ecosystems.flatMap(({ manifests, packageManifests = manifests }) => packageManifests))
  const manifests = view.files.filter(
    file => file.startsWith(`${dir}/`) && file.split('/').length === 3 && isManifest(file),
  )
  return [...new Set(manifests.map(dirOf))].slice(0, maxDirs)
}

/** The name that a package has elsewhere than in its path, as the tools of a workspace want it. */
function nameIn(view: RepoView, dir: string): string {
  const name =
    asText(parseJson(view.read(`${dir}/package.json`))?.name) ??
    asText(tableAt(parseToml(view.read(`${dir}/Cargo.toml`)), 'package').name) ??
    asText(tableAt(parseToml(view.read(`${dir}/pyproject.toml`)), 'project').name)
  return name && name !== baseOf(dir) ? `\`${cutAtWord(name, 80)}\`` : ''
}

/** The description that the package in a directory gives. */
function descriptionIn(view: RepoView, dir: string, ecosystems: Ecosystem[]): string | undefined {
  const project = within(view, dir)
  for (const { descriptionOf } of ecosystems) {
    const description = descriptionOf?.(project)
    if (description !== undefined) return description.trim() ? cutAtWord(description, 100) : undefined
  }
  return undefined
}

/** Languages of files that belong to no ecosystem, by extension. */
const otherLanguages: Record<string, string> = {
  sh: 'shell',
  sql: 'SQL',
  md: 'Markdown',
  html: 'HTML',
  css: 'CSS',
  scss: 'CSS',
  json: 'JSON',
  yaml: 'YAML',
  yml: 'YAML',
  proto: 'Protobuf',
}

/** "TypeScript, in `api/` and `core/`": what stays true when the next file comes. */
function contents(view: RepoView, dir: string, languages: Map<string, string>): string {
  const inside = view.files.filter(file => file.startsWith(`${dir}/`)).map(file => file.slice(dir.length + 1))
  const counts = new Map<string, number>()
  for (const file of inside) {
    const language = languages.get(/\.(\w+)$/.exec(file)?.[1]?.toLowerCase() ?? '')
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  const main = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'other files'
  const dirs = [...new Set(inside.filter(file => file.includes('/')).map(file => file.slice(0, file.indexOf('/'))))]
  const shown = dirs.slice(0, 8).map(name => `\`${name}/\``)
  if (dirs.length > 8) shown.push(`${dirs.length - 8} more`)
  return shown.length > 0 ? `${main}, in ${listed(shown)}` : main
}
