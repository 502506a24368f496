import type { Finding, FindingPosition, Position } from '../../model/finding.ts'
import type { Resolution } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { type AcrossTheLine, bringsNews, isPriorityAsked, outcome } from './debate.ts'
import { type DebatedFinding, type Run, reviewedTree } from './state.ts'

/** A finding as the reviewer raises it: needed, in its own words. */
export const raise = (finding: Finding): DebatedFinding => ({
  ...finding,
  positions: [
    {
      ...{ by: 'codex', round: 0, needed: true, priority: finding.priority, reason: finding.body, concession: null },
      evidence: finding.verified ? 'checked' : finding.quote.trim() === '' ? 'none' : 'false',
    },
  ],
  history: [],
  outcome: 'open',
  fate: 'pending',
  failedFixes: 0,
})

/** An earlier finding after the reviewer looked again: fixed, or open anew with the reviewer's new reason. */
export function recheck(finding: DebatedFinding, resolution: Resolution | undefined): DebatedFinding {
  if (!resolution) return finding
  if (resolution.resolved) return { ...finding, fate: 'resolved' }
  const again: Position = {
    by: 'codex',
    round: 0,
    needed: true,
    priority: finding.priority,
    reason: resolution.reason,
    concession: null,
  }
  return {
    ...finding,
    history: [...finding.history, ...finding.positions],
    positions: [again],
    outcome: 'open',
    fate: 'pending',
    failedFixes: finding.failedFixes + (finding.fate === 'picked' ? 1 : 0),
  }
}

/**
 * A finding that is not debated anew: the author stands where it stood when it last spoke of it, and the reviewer where it
 * stands now. Who was not asked has neither changed its mind nor refused to answer.
 */
export function undebated(finding: DebatedFinding, across: AcrossTheLine): DebatedFinding {
  const { history } = finding
  const until = history.findLastIndex(({ by }) => by === 'claude')
  const from = history.findLastIndex(({ by, round }, at) => by === 'codex' && round === 0 && at < until)
  const answers = history.filter(({ by }, at) => by === 'claude' && at > from)
  const positions = [...answers, ...finding.positions]
  const earlier = history.filter(position => !answers.includes(position))
  const now = outcome({ ...finding, history: earlier, positions }, true, across)
  return {
    ...finding,
    history: earlier,
    positions,
    outcome: now.outcome,
    priority: now.priority ?? finding.priority,
  }
}

/** How a round ends: `over` says of a finding whether nobody will be asked about it again. */
type RoundEnd = { over: (finding: DebatedFinding) => boolean; across: AcrossTheLine }

/** Adds positions to what they are about and computes what each finding comes to. */
export const withPositions = (
  findings: DebatedFinding[],
  positions: FindingPosition[],
  end: RoundEnd,
): DebatedFinding[] =>
  findings.map(finding => {
    if (!finding.inScope) return finding
    const said = positions.filter(({ id }) => id === finding.id).map(({ id: _, ...position }) => position)
    if (finding.outcome === 'open') return afterSaying(finding, said, end)
    // Asked for its priority alone: what both call needed stays needed.
    const priorities = said.filter(({ by, needed }) => by === 'codex' && needed)
    return priorities.length > 0 && isPriorityAsked(finding) ? afterSaying(finding, priorities, end) : finding
  })

function afterSaying(finding: DebatedFinding, said: Position[], { over, across }: RoundEnd): DebatedFinding {
  const heard = { ...finding, positions: [...finding.positions, ...said] }
  const now = outcome(heard, over(heard), across)
  return { ...heard, outcome: now.outcome, priority: now.priority ?? finding.priority }
}

/** Another round follows only where the reviewer stands by a finding and has shown what nobody had shown before. */
export const isOver =
  (last: boolean) =>
  (finding: DebatedFinding): boolean =>
    last || !bringsNews(finding)

/**
 * What the user's choice makes of a finding: picked, or left although it was there to be picked; what was dismissed stays so.
 * What is picked outside the frozen scope is in it from then on.
 */
export function afterPick(finding: DebatedFinding, ids: string[]): DebatedFinding {
  const { fate, inScope, outcome: now } = finding
  if (fate === 'resolved') return finding
  if (ids.includes(finding.id)) return { ...finding, inScope: true, fate: 'picked' }
  return fate !== 'dismissed' && inScope && now !== 'open' ? { ...finding, fate: 'left' } : finding
}

/** What was picked and has been looked at since. Until then another choice takes the place of the one before. */
export const actedUpon = ({ choice, findings }: Pick<Run, 'choice' | 'findings'>): string[] =>
  choice.picked.filter(id => !findings.some(finding => finding.id === id && finding.fate === 'picked'))

/** What the user's choice changes. “None” is followed by what it makes of the run; a run that is over stays so. */
export function afterChoice(run: Run, { ids, told }: HappeningOf<'picked'>): Run {
  const { frozenAt } = run.choice
  const picked = actedUpon(run)
  const findings = run.findings.map(finding => afterPick(finding, ids))
  if (ids.length === 0) return { ...run, findings, choice: { ...run.choice, picked, none: true } }
  return {
    ...run,
    findings,
    status: 'on',
    billBefore: run.status === 'on' ? run.billBefore : run.bill,
    stage: 'fix',
    counts: { ...run.counts, asks: 0, holds: 0, redAttempts: 0 },
    choice: {
      picked: [...picked.filter(id => !ids.includes(id)), ...ids],
      ...{ claudeKnows: told, frozenAt: reviewedTree(run) ?? frozenAt, none: false, reminded: false },
    },
  }
}
