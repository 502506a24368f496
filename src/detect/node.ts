import { type Agent, LOCKS } from 'package-manager-detector'
import type { CommandFact, EcosystemFacts, RepoView, SuiteFact } from '../model/repo-facts.ts'
import { asTable, asText, asTexts, dirOf, type Ecosystem, oneLine, parseJson, type Table, tableAt } from './look.ts'
import { nodeConventions } from './node-conventions.ts'
import { isPlaceholder, packageSuite, scriptCommand } from './node-tests.ts'

export const node: Ecosystem = {
  name: 'node',
  manifests: ['package.json'],
  look(project, whole) {
    const pkg = parseJson(project.read('package.json'))
    if (!pkg) return { ...nothing, unsure: ['package.json is no valid JSON; nothing was read from it.'] }
    const agent = agentOf(pkg, project, whole)
    const own = packageSuite(pkg, agent, project)
    const found = own.suites.length > 0 ? own : { ...own, ...memberSuites(pkg, agent, project) }
    const typed = project.files.some(file => /\.[cm]?tsx?$/.test(file))
    return {
      language: typed ? 'TypeScript' : 'JavaScript',
      packageManager: agent.replace(/@.*/, ''),
      description: asText(pkg.description)?.trim() || null,
      suites: found.suites,
      commands: scriptCommands(pkg, agent),
      conventions: nodeConventions(pkg, project, whole),
      entries: entriesOf(pkg),
      ignore: ['**/node_modules/**', 'coverage/**'],
      unsure: found.unsure,
    }
  },
}

const nothing: EcosystemFacts = {
  language: 'JavaScript',
  packageManager: null,
  description: null,
  suites: [],
  commands: [],
  conventions: [],
  entries: [],
  ignore: ['**/node_modules/**'],
  unsure: [],
}

/** The package manager: what package.json names, else whose lockfile lies here or at the root, else npm. */
function agentOf(pkg: Table, project: RepoView, whole: RepoView): Agent {
  const named = asText(pkg.packageManager) ?? asText(tableAt(pkg, 'devEngines', 'packageManager').name)
  const [name, version] = named?.replace(/^\^/, '').split('@') ?? []
  const locks = Object.entries(LOCKS)
  const known = new Set<string>(locks.map(([, agent]) => agent))
  const locked = [project, whole].flatMap(view =>
    locks.filter(([file]) => view.files.includes(file)).map(([, agent]) => agent),
  )
  const agent = name && known.has(name) ? (name as Agent) : (locked[0] ?? 'npm')
  const berry = agent === 'yarn' && (Number.parseInt(version ?? '', 10) > 1 || whole.files.includes('.yarnrc.yml'))
  return berry ? 'yarn@berry' : agent
}

/** One suite over all workspaces, where the root has no test script of its own but its members do. */
function memberSuites(pkg: Table, agent: Agent, project: RepoView): { suites: SuiteFact[]; unsure?: string[] } {
  const members = workspaceMembers(pkg, project)
  const tested = members.filter(dir => {
    const script = asText(tableAt(parseJson(project.read(`${dir}/package.json`)), 'scripts').test)
    return script !== undefined && !isPlaceholder(script)
  })
  if (tested.length === 0) return { suites: [] }
  if (agent === 'yarn' && tested.length < members.length)
    return { suites: [], unsure: ['Yarn 1 runs a script in all workspaces or in none, and some have no `test`.'] }
  const commands: Partial<Record<Agent, string>> = {
    npm: 'npm test --workspaces --if-present',
    pnpm: 'pnpm -r test',
    yarn: 'yarn workspaces run test',
    'yarn@berry': 'yarn workspaces foreach -A run test',
    bun: 'bun run --filter "*" test',
  }
  const command = commands[agent]
  return command ? { suites: [{ name: 'node', command }] } : { suites: [] }
}

/** Directories of the workspace members that package.json or pnpm-workspace.yaml declares. */
function workspaceMembers(pkg: Table, project: RepoView): string[] {
  const declared = [...asTexts(pkg.workspaces), ...asTexts(asTable(pkg.workspaces).packages)]
  const pnpm = /^packages:[ \t]*\r?\n((?:[ \t]*(?:-.*|#.*)?(?:\r?\n|$))+)/m.exec(
    project.read('pnpm-workspace.yaml') ?? '',
  )
  const listed = [...(pnpm?.[1] ?? '').matchAll(/-[ \t]*['"]?([^'"#\s]+)/g)].map(match => match[1] ?? '')
  const patterns = [...declared, ...listed].filter(glob => !glob.startsWith('!')).map(dirPattern)
  const dirs = project.files.filter(file => file.endsWith('/package.json')).map(dirOf)
  return dirs.filter(dir => patterns.some(pattern => pattern.test(dir)))
}

function dirPattern(glob: string): RegExp {
  const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '')
  const steps = plain.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*|\*/g, star => (star === '*' ? '[^/]*' : '.*'))
  return new RegExp(`^${steps}$`)
}

/** Scripts that npm runs by itself. */
const lifecycle = /^(pre|post|prepare$|install$|dependencies$|version$)/
/** Most wanted first; the others follow in the order package.json has them. */
const wanted = [
  'test',
  'build',
  'typecheck',
  'type-check',
  'types',
  'lint',
  'format',
  'fmt',
  'check',
  'dev',
  'start',
  'serve',
]

function scriptCommands(pkg: Table, agent: Agent): CommandFact[] {
  const scripts = Object.entries(tableAt(pkg, 'scripts')).flatMap(([name, body]) =>
    typeof body === 'string' && !isPlaceholder(body) && !lifecycle.test(name) ? [{ name, body }] : [],
  )
  const rank = (name: string) => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length)
  return scripts
    .sort((a, b) => rank(a.name) - rank(b.name))
    .slice(0, 12)
    .map(({ name, body }) => ({ command: scriptCommand(agent, name), does: oneLine(body, 80) }))
}

function entriesOf(pkg: Table): string[] {
  const bins = typeof pkg.bin === 'string' ? [[asText(pkg.name) ?? 'bin', pkg.bin]] : Object.entries(asTable(pkg.bin))
  const main = asText(pkg.main) ?? asText(pkg.module)
  return [
    ...bins.slice(0, 5).map(([name, path]) => `\`${path}\`: the command \`${name}\``),
    ...(main ? [`\`${main}\`: what importing the package gives`] : []),
  ]
}
