import rebuttal from '../../templates/prompts/rebuttal.hbs'
import review from '../../templates/prompts/review.hbs'
import { standing } from './debate.ts'
import { findingCard, oneLine, place, testsLine } from './lines.ts'
import { debated, openFindings, type Run, toCheck } from './state.ts'

/** A changed file with the number of lines added and deleted. */
export type ChangedFile = { path: string; status: string; added: number; deleted: number; binary: boolean }

export type ReviewMaterial = {
  files: ChangedFile[]
  /** The unified diff, or null when it is too large to be sent. */
  patch: string | null
  /** Where the whole diff has been written, relative to nothing: an absolute path. */
  patchFile: string
  /** The project's own rules, as its files have them; empty when there are none. */
  rules: string
  /** Won't-do decisions, one a line; empty when there are none. */
  decisions: string
  /** Unguessable, so that no text in the change can end the fence around it. */
  mark: string
}

/** What the reviewer is asked. It never holds the author's self-review: being told what to think suppresses findings. */
export function reviewPrompt(run: Run, material: ReviewMaterial): string {
  const { files, patch, patchFile, rules, decisions, mark } = material
  const left = debated(run).filter(({ fate, outcome }) => fate === 'left' || outcome === 'not-needed')
  return review({
    cycle: run.cycle,
    mark,
    prompts: run.prompts.map(prompt => `- ${oneLine(prompt)}`).join('\n'),
    rules,
    decisions,
    tests: testsLine(run.tests.get(run.tree) ?? null),
    base: run.base.slice(0, 12),
    tree: run.tree.slice(0, 12),
    files: files.map(fileLine).join('\n'),
    patch: patch ?? '',
    patchFile,
    earlier: toCheck(run)
      .map(finding => `${findingCard(finding).head}\n${findingCard(finding).text}`)
      .join('\n\n'),
    changedSince: run.reviewedTree ? `tree ${run.reviewedTree.slice(0, 12)}` : 'the first',
    left: left.map(finding => `${finding.id}: ${finding.title} (${place(finding)})`).join('\n'),
  }).trimEnd()
}

/** What the reviewer is asked after the author's answer: only what the author does not hold needed. */
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
    })),
  }).trimEnd()
}

const fileLine = ({ path, status, added, deleted, binary }: ChangedFile): string =>
  `${path} (${status}, ${binary ? 'binary' : `+${added} -${deleted}`})`
