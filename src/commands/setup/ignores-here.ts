import { type Ignore, ignoresFor } from '../../core/setup/formatters/tools.ts'
import type { Release } from '../../core/setup/plan-parts.ts'
import type { RepoView } from '../../model/setup/repo-facts.ts'
import { leadsOutside } from '../../shell/files/contained-path.ts'
import type { Reading } from './site.ts'

/** The tools here that would judge what a release writes. A file of theirs that lies outside the repository is left alone. */
export const ignoresHere = ({ root, followLinks }: Reading, view: RepoView, { files }: Release): Ignore[] =>
  ignoresFor(
    view,
    files.map(({ path }) => path),
  ).filter(({ path }) => followLinks || !leadsOutside(root, path))
