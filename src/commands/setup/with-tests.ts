import type { RepoFacts } from '../../model/setup/repo-facts.ts'

/** The facts with the suites that the user names, which need no reason and no doubt. */
export const withTests = (facts: RepoFacts, commands: string[]): RepoFacts => ({
  ...facts,
  suites: commands.map((command, index) => ({ name: index === 0 ? 'tests' : `tests-${index + 1}`, command })),
  evidence: {},
  unsure: [],
})
