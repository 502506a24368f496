import { migrations } from '../../core/setup/migrate-config.ts'
import type { Release } from '../../core/setup/plan-parts.ts'
import { hookEntries } from '../../core/setup/settings/hook-entries.ts'
import { templateContexts } from '../../core/setup/template-contexts.ts'
import { detect } from '../../detect/index.ts'
import { claudeMdPath, manifestPath, otherClaudeMdPath } from '../../model/paths.ts'
import type { RepoFacts, RepoView } from '../../model/setup/repo-facts.ts'
import { contentHash } from '../../shell/files/content-hash.ts'
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

/**
 * What is found in a repository. A CLAUDE.md that says just what these findings without it say is Countersign's own and
 * proves nothing; where the manifest was deleted, nothing else tells it from one of the user's.
 */
export function factsOf(view: RepoView): RepoFacts {
  const text = view.read(claudeMdPath)
  if (text === undefined || view.files.includes(manifestPath)) return detect(view)
  const read = (path: string) => (path === claudeMdPath ? undefined : view.read(path))
  const without = detect({ ...view, files: view.files.filter(path => path !== claudeMdPath), read })
  const own = setupFiles(templateContexts(without)).find(({ path }) => path === claudeMdPath)
  return own?.hash === contentHash(text) ? without : detect(view)
}
