import type { DebatedFinding } from '../ledger/state.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'

/**
 * A finding as both models and the user meet it: one line to scan, then what is behind it.
 *
 * @param hides What the reader is to judge without being told.
 */
export function findingCard(finding: DebatedFinding, hides: 'priority' | null = null): { head: string; text: string } {
  const lines = [
    finding.body,
    finding.quote && `Quote: \`${oneLine(finding.quote)}\`${finding.verified ? '' : ' (not found in the file)'}`,
    finding.fix && `Smallest fix: ${finding.fix}`,
  ]
  return {
    head: [
      finding.id,
      ...(hides === 'priority' ? [] : [finding.priority]),
      ...[finding.kind, oneLine(finding.title), fileAndLine(finding)],
    ].join(' · '),
    text: lines.filter(Boolean).join('\n'),
  }
}
