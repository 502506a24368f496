import { type Agent, LOCKS } from 'package-manager-detector'
import type { CommandFact, EcosystemFacts, RepoView } from '../../../model/setup/repo-facts.ts'
import type { Ecosystem } from '../../ecosystem.ts'
import { asTable, asText, parseJson, type Table, tableAt } from '../../parsed.ts'
import { cutAtWord } from '../../phrases.ts'
import { firstOf, topFiles, within } from '../../view.ts'
import { nodeConventions } from './conventions.ts'
import { isConfigured, isPlaceholder, runnerSuite, scriptCommand, scriptSuite } from './tests.ts'
import { filterCommands, memberSuite, orchestratedSuite, workspaceMembers } from './workspaces.ts'

export const node: Ecosystem = {
  name: 'node',
  manifests: ['package.json'],
  languages: {
    ts: 'TypeScript',
    tsx: 'TypeScript',
    mts: 'TypeScript',
    cts: 'TypeScript',
    js: 'JavaScript',
    jsx: 'JavaScript',
    mjs: 'JavaScript',
    cjs: 'JavaScript',
    vue: 'Vue',
    svelte: 'Svelte',
  },
  descriptionOf: project => asText(parseJson(project.read('package.json'))?.description),
  runsTests:
    /\b(npm|pnpm|yarn|bun|npx|lerna|rushx?)\b.*\b(test|unit)|\b(vitest|jest|mocha|ava|nx|turbo)\b|\bnode\b.*\s--test\b/,
  usesTools: /\b(npm|pnpm|yarn|bun|npx|node|vitest|jest|mocha)\b/,
  // A package that is not a workspace member and has its own lockfile is a project of its own.
  leavesOut: (outer, inner) =>
    firstOf(within(outer, inner), ...lockfiles) !== undefined &&
    !workspaceMembers(parseJson(outer.read('package.json')) ?? {}, outer).includes(inner),
  factsOf(project, whole, ci) {
    const pkg = parseJson(project.read('package.json'))
    if (!pkg) return { ...unreadable, unsure: ['package.json is not valid JSON; nothing was read from it.'] }
    const agent = agentOf(pkg, project, whole)
    const found =
      scriptSuite(pkg, agent, project, ci) ??
      orchestratedSuite(pkg, agent, project, ci) ??
      (isConfigured(project) ? runnerSuite(pkg, agent, project) : undefined) ??
      memberSuite(pkg, agent, project) ??
      runnerSuite(pkg, agent, project) ??
      noSuites
    const typed = project.files.some(file => /\.[cm]?tsx?$/.test(file))
    return {
      language: typed ? 'TypeScript' : 'JavaScript',
      packageManager: agent.replace(/@.*/, ''),
      description: asText(pkg.description)?.trim() || null,
      suites: found.suites,
      commands: [...scriptCommands(pkg, agent), ...filterCommands(pkg, agent, project)],
      conventions: nodeConventions(pkg, project, whole),
      entries: entriesOf(pkg),
      ignore: ['**/node_modules/**', 'coverage/**'],
      unsure: found.unsure,
    }
  },
}

const noSuites = { suites: [], unsure: [] }
const lockfiles = Object.keys(LOCKS).filter(file => file !== 'pnpm-workspace.yaml')

const unreadable: EcosystemFacts = {
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

/** The package manager: the one package.json names, else the one whose lockfile is here or at the root, else npm. */
function agentOf(pkg: Table, project: RepoView, whole: RepoView): Agent {
  const named = asText(pkg.packageManager) ?? asText(tableAt(pkg, 'devEngines', 'packageManager').name)
  const [name, version] = named?.replace(/^\^/, '').split('@') ?? []
  const locks = Object.entries(LOCKS)
  const known = new Set<string>(locks.map(([, agent]) => agent))
  const locked = [project, whole].flatMap(view =>
    locks.filter(([file]) => topFiles(view).includes(file)).map(([, agent]) => agent),
  )
  const agent = name && known.has(name) ? (name as Agent) : (locked[0] ?? 'npm')
  const berry = agent === 'yarn' && (Number.parseInt(version ?? '', 10) > 1 || topFiles(whole).includes('.yarnrc.yml'))
  return berry ? 'yarn@berry' : agent
}

/** Scripts that npm runs by itself. */
const lifecycle = /^(pre|post|prepare$|install$|dependencies$|version$)/
/** Most wanted first; the others follow in the order package.json has them. */
const usualScripts = [
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
  const rank = (name: string) => (usualScripts.includes(name) ? usualScripts.indexOf(name) : usualScripts.length)
  return scripts
    .sort((a, b) => rank(a.name) - rank(b.name))
    .slice(0, 12)
    .map(({ name, body }) => ({ command: scriptCommand(agent, name), does: cutAtWord(body, 80) }))
}

function entriesOf(pkg: Table): string[] {
  const bins = typeof pkg.bin === 'string' ? [[asText(pkg.name) ?? 'bin', pkg.bin]] : Object.entries(asTable(pkg.bin))
  const main = asText(pkg.main) ?? asText(pkg.module)
  return [
    ...bins.slice(0, 5).map(([name, path]) => `\`${path}\`: the command \`${name}\``),
    ...(main ? [`\`${main}\`: the package's main module`] : []),
  ]
}
