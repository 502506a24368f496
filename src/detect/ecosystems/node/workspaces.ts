import type { Agent } from 'package-manager-detector'
import type { CommandFact, RepoView } from '../../../model/setup/repo-facts.ts'
import type { SuitesFound } from '../../ecosystem.ts'
import { asTable, asText, asTexts, parseJson, parseYaml, type Table, tableAt } from '../../parsed.ts'
import { dirOf } from '../../view.ts'
import { isPlaceholder, localPrefix } from './tests.ts'

/** Turborepo or Nx over all workspaces, where its configuration knows a `test`. */
export function orchestratedSuite(pkg: Table, agent: Agent, project: RepoView, ci: string[]): SuitesFound | undefined {
  const turbo = parseJson(project.read('turbo.json'))
  const tasks = { ...tableAt(turbo, 'pipeline'), ...tableAt(turbo, 'tasks') }
  const turboTest = Object.keys(tasks).some(name => /^(.*#)?test$/.test(name))
  if (turboTest && testedMembers(pkg, project).length > 0) return oneSuite(`${localPrefix(agent)} turbo run test`)
  if (!project.files.includes('nx.json')) return undefined
  const affected = ci.some(line => /\bnx\s+affected\b/.test(line))
  return oneSuite(
    `${localPrefix(agent)} nx run-many -t test`,
    affected ? ['CI tests only affected projects (`nx affected`); here every project is tested.'] : [],
  )
}

const oneSuite = (command: string, unsure: string[] = []): SuitesFound => ({
  suites: [{ name: 'node', command }],
  unsure,
})

/** One suite over all workspaces, where the root has no test script of its own but its members do. */
export function memberSuite(pkg: Table, agent: Agent, project: RepoView): SuitesFound | undefined {
  const tested = testedMembers(pkg, project)
  if (tested.length === 0) return undefined
  if (agent === 'yarn' && tested.length < workspaceMembers(pkg, project).length)
    return {
      suites: [],
      unsure: ['Yarn 1 runs a script in all workspaces or in none, and some have no `test` script.'],
    }
  const commands: Partial<Record<Agent, string>> = {
    npm: 'npm test --workspaces --if-present',
    pnpm: 'pnpm -r test',
    yarn: 'yarn workspaces run test',
    'yarn@berry': 'yarn workspaces foreach -A run test',
    bun: 'bun run --filter "*" test',
  }
  const command = commands[agent]
  return command ? oneSuite(command) : undefined
}

/** How the script of one member is run from the root; `NAME` is the name in its package.json. */
export function filterCommands(pkg: Table, agent: Agent, project: RepoView): CommandFact[] {
  if (testedMembers(pkg, project).length === 0) return []
  const commands: Partial<Record<Agent, string>> = {
    npm: 'npm test --workspace NAME',
    pnpm: 'pnpm --filter NAME test',
    yarn: 'yarn workspace NAME test',
    'yarn@berry': 'yarn workspace NAME test',
    bun: 'bun run --filter NAME test',
  }
  const command = commands[agent]
  return command ? [{ command, does: '' }] : []
}

/** Members that have a test script. */
const testedMembers = (pkg: Table, project: RepoView): string[] =>
  workspaceMembers(pkg, project).filter(dir => {
    const script = asText(tableAt(parseJson(project.read(`${dir}/package.json`)), 'scripts').test)
    return script !== undefined && !isPlaceholder(script)
  })

/** Directories of the workspace members that package.json or pnpm-workspace.yaml declares. */
export function workspaceMembers(pkg: Table, project: RepoView): string[] {
  const declared = [...asTexts(pkg.workspaces), ...asTexts(asTable(pkg.workspaces).packages)]
  const inYaml = asTexts(parseYaml(project.read('pnpm-workspace.yaml'))?.packages)
  const patterns = [...declared, ...inYaml].filter(glob => !glob.startsWith('!')).map(dirPattern)
  const dirs = project.files.filter(file => file.endsWith('/package.json')).map(dirOf)
  return dirs.filter(dir => patterns.some(pattern => pattern.test(dir)))
}

function dirPattern(glob: string): RegExp {
  const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '')
  const steps = plain.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*\*|\*/g, star => (star === '*' ? '[^/]*' : '.*'))
  return new RegExp(`^${steps}$`)
}
