import followUp from '../../../templates/prompts/follow-up.hbs'
import rebuttal from '../../../templates/prompts/rebuttal.hbs'
import review from '../../../templates/prompts/review.hbs'
import type { ChangedFile } from '../../model/changed-file.ts'
import { bothSayNotNeeded, standing } from '../ledger/debate.ts'
import { priorityAsked } from '../ledger/lists.ts'
import { type DebatedFinding, debated, openFindings, type Run } from '../ledger/state.ts'
import { shownPath } from '../text/plain-text.ts'
import { fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { findingCard } from './finding-card.ts'
import { reasonOf } from './sections.ts'
import { testsLine } from './tests-lines.ts'

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
  /** Other changed files: an earlier review has read them as they are. */
  readBefore: ChangedFile[]
  /** Files that are changed too and never sent. */
  leftOut: string[]
  /** The project's own rules, as its files have them; empty when there are none. */
  rules: string
  /** Won't-do decisions, one a line; empty when there are none. */
  decisions: string
  /** Unguessable, so that no text in the change can end the fence around it. */
  mark: string
}

/** Files that a prompt names without their diff. */
const mostNamed = 50

/** What the reviewer is asked, without the author's self-review: being told what to think suppresses findings. */
export function reviewPrompt(run: Run, material: ReviewMaterial): string {
  const { files, patch, patchFile, part, checks, readBefore, leftOut, rules, decisions, mark } = material
  const since = run.choice.frozenAt
  const settled = debated(run).filter(({ fate }) => fate !== 'resolved' && fate !== 'picked')
  const withdrawn = settled.filter(isWithdrawn)
  const left = settled.filter(finding => isDecided(finding) && !isWithdrawn(finding))
  return review({
    cycle: run.cycle,
    mark,
    prompts: run.prompts.map(prompt => `- ${oneLine(prompt)}`).join('\n'),
    rules,
    decisions,
    tests: testsLine(run.tests.ran.get(run.tree) ?? null),
    base: run.base.tree.slice(0, 12),
    tree: run.tree.slice(0, 12),
    part: part.of > 1 ? part : null,
    files: files.map(fileLine).join('\n'),
    readBefore:
      readBefore.length > 0
        ? someOf(
            readBefore.map(({ path }) => path),
            mostNamed,
          )
        : '',
    leftOut: leftOut.map(shownPath).join(', '),
    patch: patch ?? '',
    patchFile,
    earlier: checks.map(finding => `${findingCard(finding).head}\n${findingCard(finding).text}`).join('\n\n'),
    changedSince: since ? `tree ${since.slice(0, 12)}` : '',
    left: left.map(settledLine).join('\n'),
    withdrawn: withdrawn.map(settledLine).join('\n'),
  }).trimEnd()
}

const isDecided = ({ fate }: DebatedFinding): boolean => fate === 'left' || fate === 'dismissed'

/** What both models took back, whether the user has seen it or not; what was decided against for good is the user's. */
const isWithdrawn = ({ fate, outcome, positions }: DebatedFinding): boolean =>
  fate !== 'dismissed' && (outcome === 'not-needed' || (outcome === 'disputed' && bothSayNotNeeded(positions)))

const settledLine = (finding: DebatedFinding): string =>
  `${finding.id}: ${finding.priority} · ${oneLine(finding.title)} (${fileAndLine(finding)})`

/**
 * What the reviewer is asked after the author's answer: what the author considers not needed, and what less urgent.
 *
 * @param answered Ids of what it has answered in this round already.
 */
export function rebuttalPrompt(run: Run, mark: string, answered: string[] = []): string {
  const [open, asked] = [openFindings(run), priorityAsked(run)].map(findings =>
    findings.filter(({ id }) => !answered.includes(id)),
  ) as [DebatedFinding[], DebatedFinding[]]
  return rebuttal({
    cycle: run.cycle,
    round: run.round,
    mark,
    ids: [...open, ...asked].map(({ id }) => id).join(', '),
    findings: open.map(finding => argued(finding, run)),
    asked: asked.map(finding => argued(finding, run)),
  }).trimEnd()
}

/** What the reviewer is asked for once more: exactly what is missing in its answer, wrong with it, or unread. */
export function followUpPrompt({ cycle, round }: Run, call: 'review' | 'rebuttal', wants: { ask: string }[]): string {
  const head = `Countersign · ${call} · cycle ${cycle}${call === 'rebuttal' ? ` · round ${round}` : ''}`
  return followUp({ head, asks: wants.map(({ ask }) => oneLine(ask)) }).trimEnd()
}

/** A finding with the author's argument. */
function argued(finding: DebatedFinding, run: Run) {
  const claude = standing(finding.positions, 'claude')
  const claim = claude?.priority ? [`The author says ${claude.priority}.`] : []
  return {
    id: finding.id,
    head: findingCard(finding).head,
    text: [...claim, claude ? reasonOf(claude) : ''].join(' '),
    own: run.reviews.thread ? '' : ownWords(finding),
  }
}

const fileLine = ({ path, status, added, deleted, binary }: ChangedFile): string =>
  `${shownPath(path)} (${status}, ${binary ? 'binary' : `+${added} -${deleted}`})`

/** A finding as Codex has to be reminded of it where the thread that raised it cannot continue. */
function ownWords(finding: DebatedFinding): string {
  const last = standing(finding.positions, 'codex')?.reason
  return [findingCard(finding).text, last !== finding.body && last].filter(Boolean).join('\n')
}
