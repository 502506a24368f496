import type { SetupContexts } from '../../../templates/files/index.yaml'
import type { RepoFacts, SuiteEvidence } from '../../model/setup/repo-facts.ts'

/** What the templates that have slots are given. */
export const templateContexts = (facts: RepoFacts): SetupContexts => ({
  'claude-md': claudeMdContext(facts),
  config: {
    suites: facts.suites.map(({ name, command, paths = [] }) => ({
      name,
      command,
      paths,
      why: reasonOf(facts.evidence[name]),
    })),
    ignore: facts.ignore,
    unsure: facts.unsure,
  },
})

/** Why a suite is this command, as a sentence; empty where the user has named it. */
export function reasonOf(evidence: SuiteEvidence | undefined): string {
  if (!evidence) return ''
  return evidence.guessed ? `Not sure: ${evidence.why}` : `Why: ${evidence.why}`
}

/** Facts worded as lines. An empty list leaves its section out. */
export function claudeMdContext(facts: RepoFacts): SetupContexts['claude-md'] {
  const { name, purpose, agentsFile, layout, suites, commands, conventions, entries } = facts
  const bodies = new Map(commands.map(({ command, does }) => [command, does]))
  const tests = suites.flatMap(suite => {
    const body = bodies.get(suite.command)
    const what = suites.length === 1 ? 'all tests' : `the tests of ${suite.name}`
    return [
      `${code(suite.command)}: ${what}${body ? `, ${code(body)}` : ''}`,
      ...(suite.single ? [`${code(suite.single)}: only the tests you name`] : []),
    ]
  })
  const others = commands.filter(({ command }) => !suites.some(suite => suite.command === command))
  return {
    name,
    purpose,
    agentsFile,
    layout: [...layout.map(({ path, holds }) => `${code(path)}: ${holds}`), ...entries],
    commands: [
      ...tests,
      ...others.map(({ command, does }) => (does ? `${code(command)}: ${code(does)}` : code(command))),
    ],
    conventions: [...writtenIn(facts), ...conventions],
  }
}

function writtenIn({ languages, packageManagers, bundledManagers }: RepoFacts): string[] {
  const tools = packageManagers.filter(tool => !bundledManagers.includes(tool))
  if (languages.length === 0) return []
  return [
    `Written in ${languages.join(', ')}${tools.length > 0 ? `; dependencies managed with ${tools.join(', ')}` : ''}.`,
  ]
}

/** A Markdown code span that also holds backticks. */
function code(text: string): string {
  if (!text.includes('`')) return `\`${text}\``
  const longest = Math.max(...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence} ${text} ${fence}`
}
