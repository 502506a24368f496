import { andMore, counted, duration } from '../core/text/wording.ts'
import type { Programs } from '../rehearsal/programs/programs.ts'
import type { Prepared, Rehearsal } from '../rehearsal/rehearse.ts'
import type { StageResult } from '../rehearsal/stages.ts'
import { ink } from './shared/ink.ts'

/** The `rehearse --json` document, version 1. */
export function rehearsalJson(
  root: string,
  programs: Programs,
  { copy, stages, project, seconds }: Rehearsal,
  kept: boolean,
) {
  return {
    version: 1,
    root,
    fired: stages.every(({ fired }) => fired),
    programs,
    copy,
    stages,
    seconds,
    scratch: kept ? project : null,
  }
}

export const headLines = (root: string, { claude, claudeVersion, codex, codexVersion }: Programs): string[] => [
  ink.bold(`Rehearsing ${root} in a scratch copy`),
  `Real: your Claude Code ${claudeVersion} (${claude}), Codex ${codexVersion} (${codex}), settings, hooks, permissions and tests.`,
  'Scripted: the answers of both models, from 127.0.0.1. No tokens are spent.',
]

/** What the copy has, and what it lacks. */
export function copyLines({ files, linked, leftOut, setUp, taken }: Prepared): string[] {
  return [
    `Copied ${counted(files, 'file')}.`,
    linked.length > 0 && `Linked for the tests: ${andMore(linked)}.`,
    taken.toolHomes.length > 0 && `Linked from your home directory for the tests: ${andMore(taken.toolHomes)}.`,
    leftOut.length > 0 && `Not copied, because git ignores it: ${andMore(leftOut)}.`,
    taken.dropped.length > 0 &&
      `Removed from the copied settings, because it leads to a model: ${andMore(taken.dropped)}.`,
    !setUp && 'Countersign is not set up here. `init --yes` sets it up in the copy.',
    '',
  ].filter(line => line !== false)
}

export function stageLine({ title, fired, seconds, says }: StageResult): string {
  const sign = fired ? ink.green('✓') : ink.red('✗')
  const time = seconds === null ? '' : duration(seconds)
  return `${sign} ${title.padEnd(14)} ${ink.dim(time.padStart(7))}  ${says}`
}

export function outcomeLines({ stages, seconds, project }: Rehearsal, kept: boolean): string[] {
  const missing = stages.filter(({ fired }) => !fired).length
  const outcome =
    missing === 0
      ? `${ink.green(`Every stage fired in ${duration(seconds)}.`)} Your logins were not tried; to check them:\n  npx countersign doctor`
      : `${missing} of ${counted(stages.length, 'stage')} did not fire. To see what is missing:\n  npx countersign doctor`
  return [
    '',
    outcome,
    kept ? `The scratch copy is kept: ${project}` : 'The scratch copy was removed. Use --keep to keep it.',
  ]
}
