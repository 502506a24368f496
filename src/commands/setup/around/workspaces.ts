import type { RepoView } from '../../../model/setup/repo-facts.ts'

/** Whether the root says of itself that it has packages below it, each of which somebody may start Claude Code in. */
export const isWorkspace = ({ files, read }: RepoView): boolean =>
  files.some(file => /^(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json|rush\.json|go\.work)$/.test(file)) ||
  /"workspaces"\s*:/.test(read('package.json') ?? '') ||
  /^\[workspace\]/m.test(read('Cargo.toml') ?? '') ||
  /^\[tool\.uv\.workspace\]/m.test(read('pyproject.toml') ?? '')
