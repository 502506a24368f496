import { migrations } from '../../core/setup/migrate-config.ts'
import type { Release } from '../../core/setup/plan-parts.ts'
import { hookEntries } from '../../core/setup/settings/hook-entries.ts'
import { templateContexts } from '../../core/setup/template-contexts.ts'
import { claudeMdPath, otherClaudeMdPath } from '../../model/paths.ts'
import type { RepoFacts } from '../../model/setup/repo-facts.ts'
import { setupFiles } from '../../shell/setup/setup-files.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import type { Reading } from './site.ts'

/** What this version of Countersign writes in a repository with these facts. */
export function ownRelease({ root, followLinks }: Reading, facts: RepoFacts): Release {
  const files = setupFiles(templateContexts(facts))
  const disk = snapshot(root, [otherClaudeMdPath, claudeMdPath], followLinks)
  const there = disk[otherClaudeMdPath] ?? (disk[claudeMdPath] === undefined && saysNothing(facts))
  // Claude Code reads either place; a second file beside the user's would only repeat or contradict it.
  const wanted = files.filter(({ path }) => path !== claudeMdPath || !there)
  return { version: COUNTERSIGN_VERSION, files: wanted, entries: hookEntries, migrations }
}

/** Of an empty repository there is nothing to tell Claude yet. */
const saysNothing = ({ purpose, layout, suites, commands, conventions, agentsFile }: RepoFacts): boolean =>
  !purpose && !agentsFile && [layout, suites, commands, conventions].every(list => list.length === 0)
