import type { DebatedFinding } from '../ledger/state.ts'
import { fileAndLine, oneLine } from '../text/wording.ts'

/** A finding as both models and the user meet it: one line to scan, then what is behind it. */
export function findingCard(finding: DebatedFinding): { head: string; text: string } {
  const lines = [
    finding.body,
    finding.quote && `Quote: \`${oneLine(finding.quote)}\`${finding.verified ? '' : ' (not found in the file)'}`,
    finding.fix && `Smallest fix: ${finding.fix}`,
  ]
  return {
    head: `${finding.id} · ${finding.priority} · ${finding.kind} · ${oneLine(finding.title)} · ${fileAndLine(finding)}`,
    text: lines.filter(Boolean).join('\n'),
  }
}
