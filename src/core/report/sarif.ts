import type { FindingKind } from '../../model/finding.ts'
import type { Priority } from '../../model/priority.ts'
import { type DebatedFinding, findingsWith, type Run } from '../ledger/state.ts'

const levels: Record<Priority, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

const rules: Record<FindingKind, string> = {
  defect: 'A failure that a real input, caller or timing can reach.',
  gap: 'Something that was asked for and is missing.',
  excess: 'Something that is not needed and is better removed.',
}

/**
 * The findings as a SARIF 2.1.0 log, for code-scanning views. Agreed ones carry a level; disputed ones are put to the
 * reader (`kind: review`); what both models consider not needed is suppressed, with the reason, rather than left out.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsSarif(run: Run | null, version: string) {
  const results = run
    ? [
        ...findingsWith(run, 'agreed').map(finding => result(finding, { level: levels[finding.priority] })),
        ...findingsWith(run, 'disputed').map(finding => result(finding, { kind: 'review', level: 'none' })),
        ...findingsWith(run, 'not-needed').map(finding =>
          result(finding, { level: 'note', suppressions: [{ kind: 'external', justification: lastReason(finding) }] }),
        ),
      ]
    : []
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Countersign',
            version,
            rules: Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        // What could not be reviewed must not look like a clean result.
        invocations: [{ executionSuccessful: Boolean(run?.review && run.review.result !== 'could-not-review') }],
        results,
      },
    ],
  }
}

function result(finding: DebatedFinding, more: object) {
  const { id, title, body, fix, kind, file, lineStart, lineEnd, priority, outcome, fate, verified } = finding
  const region = lineStart === null ? {} : { region: { startLine: lineStart, endLine: lineEnd ?? lineStart } }
  return {
    ruleId: kind,
    message: { text: [`${id} ${title}`, body, fix && `Smallest fix: ${fix}`].filter(Boolean).join('\n\n') },
    locations: file === '' ? [] : [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }],
    partialFingerprints: { 'countersign/v1': `${file}:${kind}:${title.toLowerCase()}` },
    properties: { priority, outcome, fate, verified },
    ...more,
  }
}

const uriOf = (file: string): string => file.split('/').map(encodeURIComponent).join('/')

const lastReason = (finding: DebatedFinding): string => finding.positions.at(-1)!.reason
