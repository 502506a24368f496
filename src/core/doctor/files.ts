import { claudeDir, manifestPath, settingsPath } from '../../model/paths.ts'
import type { DoctorFacts, OwnedFile, UnreadManifest } from '../../model/setup/doctor-facts.ts'
import { type Check, type CheckGroup, fault, type Judged, ok, ownFix, skipped, warning } from './check.ts'

/**
 * Git has nothing better than a manifest of a later version, nor behind a link that is not followed; and where it left a
 * merge, it takes several steps, which `upgrade` names.
 */
function toReadIt({ newer, leadsOutside, unmerged }: UnreadManifest): string {
  if (newer) return `npx countersign@${newer} doctor`
  if (unmerged) return 'npx countersign upgrade'
  return leadsOutside ? 'npx countersign doctor --follow-symlinks' : `git checkout -- ${manifestPath}`
}

/** The managed files; null when no manifest says which these are. */
const filesOf = ({ manifest }: DoctorFacts): OwnedFile[] | null =>
  manifest && 'files' in manifest ? manifest.files : null

const withFiles =
  (judge: (files: OwnedFile[], facts: DoctorFacts) => Judged): Check['judge'] =>
  facts => {
    const files = filesOf(facts)
    return files ? judge(files, facts) : skipped
  }

/** Files of the gate that are not as they were installed. */
export const replacedGate = (facts: DoctorFacts): string[] =>
  (filesOf(facts) ?? [])
    .filter(({ path, state }) => state === 'edited' && path.endsWith('.cjs'))
    .map(({ path }) => path)

const checks: Check[] = [
  {
    id: 'files.set-up',
    judge({ manifest }) {
      if (!manifest) return fault('Countersign is not set up in this repository', 'npx countersign init')
      if ('problem' in manifest) return fault(manifest.problem, toReadIt(manifest))
      return ok(`set up by version ${manifest.version}`)
    },
  },
  {
    id: 'files.present',
    judge: withFiles(files => {
      const gone = files.filter(({ state }) => state === 'missing' || state === null)
      if (gone.length === 0) return ok(`all ${files.length} managed files are there`)
      const details = gone.map(({ path, problem }) => (problem ? `${path}: ${problem}` : path))
      return gone.some(({ restorable }) => restorable)
        ? warning('Managed files are missing', ownFix, details)
        : warning('Managed files are missing, and another version wrote them', 'npx countersign upgrade', details)
    }),
  },
  {
    id: 'files.edited',
    judge: withFiles((files, facts) => {
      const edited = files.filter(({ state }) => state === 'edited').map(({ path }) => path)
      const gate = replacedGate(facts)
      if (gate.length > 0)
        return warning('The gate is not the one that was installed', `git log --patch -- ${gate[0]}`, gate)
      return ok(
        edited.length > 0 ? 'you edited some of them; an upgrade merges your edits' : 'you edited none of them',
        edited,
      )
    }),
  },
  {
    id: 'files.originals',
    judge: withFiles(files => {
      const lost = files.filter(({ original }) => original !== 'kept')
      const details = lost.map(({ path }) => path)
      if (lost.length === 0) return ok('their stored originals are there')
      return lost.some(({ original }) => original === 'restorable')
        ? warning('Stored originals of these files are missing or damaged', ownFix, details)
        : warning(
            'Stored originals are missing or damaged: an upgrade cannot merge your edits of these files',
            'npx countersign upgrade',
            details,
          )
    }),
  },
  {
    id: 'files.conflicts',
    judge({ conflicts }) {
      if (conflicts.length === 0) return ok('no upgrade conflict is open')
      return fault(
        'An upgrade left conflicts for you to resolve',
        `npx countersign resolve ${conflicts[0]} --mine`,
        conflicts,
      )
    },
  },
  {
    id: 'files.shared',
    judge({ gitIgnoresSetup, ignoredFiles: { paths, lines } }) {
      if (!gitIgnoresSetup && paths.length > 0)
        return fault(
          `Git ignores files that ${settingsPath} needs, so in a clone every hook fails and nothing is reviewed`,
          `Add to the end of ${lines[0]?.file ?? '.gitignore'}:${lines.map(({ line }) => `\n      ${line}`).join('')}`,
          paths,
        )
      return gitIgnoresSetup
        ? warning(
            `Git ignores ${claudeDir} here, so your team and other working trees do not get the setup`,
            `git check-ignore -v ${settingsPath}`,
          )
        : ok('git does not ignore the setup')
    },
  },
]

export const files: CheckGroup = { name: 'Files', checks }
