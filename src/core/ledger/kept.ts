import type { Finding, KeptFinding } from '../../model/finding.ts'
import { priorities } from '../../model/priority.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'
import { highestHeld, isAboveLine, wasAboveLine } from './debate.ts'
import { raise } from './finding-reducer.ts'
import { isSameFinding, onceEach } from './same-finding.ts'
import type { Course, DebatedFinding, Run } from './state.ts'

// What was raised as critical or high stays until a user decides it, wherever its code goes meanwhile.

/** The number that the next finding of a run gets; none is given twice. */
export const nextNumber = ({ findings, parts }: Pick<Run, 'findings' | 'parts'>): number =>
  1 + Math.max(0, ...[...findings, ...parts.flatMap(part => part.findings)].map(({ id }) => Number(id.slice(1))))

/** What the parts of a review have raised, as findings of the run: its change is another one now. */
export const fromParts = ({ parts }: Pick<Run, 'parts'>): DebatedFinding[] =>
  onceEach(parts.flatMap(part => part.findings)).map(raise)

/** Resolved for a review without the user having seen it; its code may come back. */
const isGone = ({ choice }: Run, finding: DebatedFinding): boolean =>
  finding.fate === 'resolved' && !choice.picked.includes(finding.id) && isLocated(finding)

/** Whether it is about code, which can be looked for; a wish of the request and a quote that is nowhere are not. */
export const isLocated = ({ verified, stood }: Pick<Finding, 'verified' | 'stood'>): boolean =>
  verified && stood !== 'request'

const isOpen = ({ fate }: DebatedFinding): boolean => fate === 'pending' || fate === 'picked'

/** What a run leaves to the next one: urgent, and decided by no user. */
export function leftOver(run: Run | null): KeptFinding[] {
  if (!run) return []
  const own = [...run.findings, ...fromParts(run)].filter(
    finding => wasAboveLine(finding) && (isOpen(finding) || isGone(run, finding)),
  )
  const kept = own.map(({ outcome: _, fate, failedFixes: __, again: ___, inScope: ____, ...finding }) => ({
    ...finding,
    inScope: true,
    resolved: fate === 'resolved',
  }))
  return bounded([...run.kept, ...kept]).map((one, at) => ({ ...one, id: `K${at + 1}` }))
}

/** Of what a review has seen gone only the latest are remembered; what is open is never dropped. */
const mostResolved = 100

function bounded(all: KeptFinding[]): KeptFinding[] {
  // The later one of two that are the same knows more of it.
  const once = all.filter((one, at) => !all.slice(at + 1).some(later => isSameFinding(later, one)))
  const gone = once.filter(({ resolved }) => resolved)
  const dropped = gone.slice(0, Math.max(0, gone.length - mostResolved))
  return once.filter(one => !dropped.includes(one))
}

/** What is open again where its code is there again: what is kept, and what this run has seen gone without the user. */
export const mayComeBack = (run: Run): (KeptFinding | DebatedFinding)[] => [
  ...run.kept,
  ...run.findings.filter(finding => isGone(run, finding) && wasAboveLine(finding)),
]

/** Whether something of a run is worth keeping while its change is not there. */
export const isWorthKeeping = ({ review, reviews, findings, parts, kept }: Run): boolean =>
  review !== null || reviews.trees.length > 0 || findings.length > 0 || parts.length > 0 || kept.length > 0

/** Findings whose code is in the tree again. */
export function afterReopening(run: Run, ids: string[]): Partial<Course> {
  const first = nextNumber(run)
  const open = { outcome: 'open', fate: 'pending' } as const
  const own = run.findings.map(finding => (ids.includes(finding.id) ? { ...finding, ...open } : finding))
  const back = run.kept
    .filter(({ id }) => ids.includes(id))
    .map(({ resolved: _, named: __, ...finding }, at) => ({
      ...finding,
      ...open,
      id: `F${first + at}`,
      failedFixes: 0,
    }))
  return { findings: [...own, ...back], kept: run.kept.filter(({ id }) => !ids.includes(id)) }
}

/** A finding by its name: `critical “Divides by zero” (a.js:3)`. */
export const byTitle = (finding: KeptFinding | DebatedFinding): string =>
  `${highestHeld(finding)} “${oneLine(finding.title)}” (${fileAndLine(finding)})`

/** What waits for its code. */
export const waitingFor = ({ kept }: Pick<Run, 'kept'>): KeptFinding[] => kept.filter(({ resolved }) => !resolved)

/** What no line has named yet. */
export const unnamed = (run: Run): string[] =>
  waitingFor(run)
    .filter(({ named }) => !named)
    .map(byTitle)

/** Counts of two reviews together. */
export function addedBeyond(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const counts = priorities.map(priority => [priority, (a[priority] ?? 0) + (b[priority] ?? 0)] as const)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** Whether something critical or high was left out of a review: nobody has seen what. */
export const isUrgentBeyond = (beyond: Record<string, number>): boolean =>
  priorities.some(priority => isAboveLine(priority) && (beyond[priority] ?? 0) > 0)

/** `2 critical, 40 low`; empty where nothing was left out. */
export const beyondInWords = (beyond: Record<string, number>): string =>
  priorities.flatMap(priority => (beyond[priority] ? [`${beyond[priority]} ${priority}`] : [])).join(', ')
