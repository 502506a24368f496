import rebuttal from '../../../templates/prompts/rebuttal.hbs'
import review from '../../../templates/prompts/review.hbs'
import type { ChangedFile } from '../../model/changed-file.ts'
import { standing } from '../ledger/debate.ts'
import { type DebatedFinding, debated, openFindings, type Run } from '../ledger/state.ts'
import { shownPath } from '../text/plain-text.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'
import { findingCard } from './finding-card.ts'
import { testsLine } from './run-lines.ts'

export type ReviewMaterial = {
  /** What this prompt is about: all that may be sent, or one part of it. */
  files: ChangedFile[]
  /** The unified diff of these files, or null when that of the one file there is does not fit. */
  patch: string | null
  /** Where the diff has been written when it is not in the prompt: an absolute path. */
  patchFile: string
  /** Which part of the change this is; 1 of 1 for a change that fits. */
  part: { number: number; of: number; changedInAll: number }
  /** Earlier findings to check in this part. */
  checks: DebatedFinding[]
  /** Files that are changed too and never sent. */
  leftOut: string[]
  /** The project's own rules, as its files have them; empty when there are none. */
  rules: string
  /** Won't-do decisions, one a line; empty when there are none. */
  decisions: string
  /** Unguessable, so that no text in the change can end the fence around it. */
  mark: string
}

/** What the reviewer is asked, without the author's self-review: being told what to think suppresses findings. */
export function reviewPrompt(run: Run, material: ReviewMaterial): string {
  const { files, patch, patchFile, part, checks, leftOut, rules, decisions, mark } = material
  const left = debated(run).filter(
    ({ fate, outcome }) => fate === 'left' || fate === 'dismissed' || outcome === 'not-needed',
  )
  return review({
    cycle: run.cycle,
    mark,
    prompts: run.prompts.map(prompt => `- ${oneLine(prompt)}`).join('\n'),
    rules,
    decisions,
    tests: testsLine(run.tests.get(run.tree) ?? null),
    base: run.base.slice(0, 12),
    tree: run.tree.slice(0, 12),
    part: part.of > 1 ? part : null,
    files: files.map(fileLine).join('\n'),
    leftOut: leftOut.map(shownPath).join(', '),
    patch: patch ?? '',
    patchFile,
    earlier: checks.map(finding => `${findingCard(finding).head}\n${findingCard(finding).text}`).join('\n\n'),
    changedSince: run.reviewedTree ? `tree ${run.reviewedTree.slice(0, 12)}` : 'the first',
    left: left.map(finding => `${finding.id}: ${finding.title} (${fileAndLine(finding)})`).join('\n'),
  }).trimEnd()
}

/** What the reviewer is asked after the author's answer: only what the author considers not needed. */
export function rebuttalPrompt(run: Run, mark: string): string {
  const open = openFindings(run)
  return rebuttal({
    cycle: run.cycle,
    round: run.round,
    mark,
    ids: open.map(({ id }) => id).join(', '),
    findings: open.map(finding => ({
      id: finding.id,
      head: findingCard(finding).head,
      text: standing(finding.positions, 'claude')?.reason ?? '',
      own: run.thread ? '' : ownWords(finding),
    })),
  }).trimEnd()
}

const fileLine = ({ path, status, added, deleted, binary }: ChangedFile): string =>
  `${shownPath(path)} (${status}, ${binary ? 'binary' : `+${added} -${deleted}`})`

/** A finding as Codex has to be reminded of it where the thread that raised it cannot continue. */
function ownWords(finding: DebatedFinding): string {
  const last = standing(finding.positions, 'codex')?.reason
  return [findingCard(finding).text, last !== finding.body && last].filter(Boolean).join('\n')
}
