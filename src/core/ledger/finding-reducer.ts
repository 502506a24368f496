import type { Finding, FindingPosition, Position } from '../../model/finding.ts'
import type { Resolution } from '../../model/ledger/fields.ts'
import { outcome } from './debate.ts'
import type { DebatedFinding } from './state.ts'

/** A finding as the reviewer raises it: needed, in its own words. */
export const raise = (finding: Finding): DebatedFinding => ({
  ...finding,
  positions: [
    { by: 'codex', round: 0, needed: true, priority: finding.priority, reason: finding.body, concession: null },
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
export function undebated(finding: DebatedFinding): DebatedFinding {
  const { history } = finding
  const until = history.findLastIndex(({ by }) => by === 'claude')
  const from = history.findLastIndex(({ by, round }, at) => by === 'codex' && round === 0 && at < until)
  const answers = history.filter(({ by }, at) => by === 'claude' && at > from)
  const positions = [...answers, ...finding.positions]
  const now = outcome(positions, true)
  return {
    ...finding,
    history: history.filter(position => !answers.includes(position)),
    positions,
    outcome: now.outcome,
    priority: now.priority ?? finding.priority,
  }
}

/** Adds positions to what is still open and computes what each finding comes to. */
export function withPositions(
  findings: DebatedFinding[],
  positions: FindingPosition[],
  spent: (id: string) => boolean,
): DebatedFinding[] {
  return findings.map(finding => {
    if (finding.outcome !== 'open' || !finding.inScope) return finding
    const added = positions.filter(({ id }) => id === finding.id).map(({ id: _, ...position }) => position)
    const all = [...finding.positions, ...added]
    const now = outcome(all, spent(finding.id))
    return { ...finding, positions: all, outcome: now.outcome, priority: now.priority ?? finding.priority }
  })
}

/** What the user's choice makes of a finding: picked, or left although it was there to be picked; what was dismissed stays so. */
export function fateAfterPick(finding: DebatedFinding, ids: string[]): DebatedFinding['fate'] {
  if (finding.fate === 'resolved') return finding.fate
  if (ids.includes(finding.id)) return 'picked'
  const wasThere = finding.fate !== 'dismissed' && (finding.outcome === 'agreed' || finding.outcome === 'disputed')
  return wasThere ? 'left' : finding.fate
}
