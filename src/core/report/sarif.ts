import { configPath } from '../../model/paths.ts'
import type { Priority } from '../../model/priority.ts'
import { type DebatedFinding, findingsWith, type Run } from '../ledger/state.ts'
import { oneLine } from '../text/wording.ts'
import { reportingDescriptors, ruleIndex } from './sarif-rules.ts'

const levels: Record<Priority, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

/** `hash`: what makes a short name of a text; core has none of its own. */
type Tool = { version: string; hash: (text: string) => string }

/**
 * The findings as a SARIF 2.1.0 log, for code-scanning views. Agreed ones carry a level; disputed ones are put to the
 * reader (`kind: review`); what both models consider not needed, and what the user dismissed, is suppressed, with the reason.
 * What is resolved is not there: a view closes what a later log no longer has.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function findingsSarif(run: Run | null, { version, hash }: Tool) {
  const found = run
    ? (['agreed', 'disputed', 'not-needed'] as const).flatMap(outcome =>
        findingsWith(run, outcome).filter(({ fate }) => fate !== 'resolved'),
      )
    : []
  const known = found.map(knownBy)
  const results = found.map((finding, at) => ({
    ...result(finding, run!),
    partialFingerprints: fingerprint(known, at, hash),
    ...standing(finding),
  }))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Countersign',
            organization: 'Countersign',
            version,
            semanticVersion: version,
            informationUri: 'https://github.com/countersign-dev/countersign',
            rules: reportingDescriptors,
          },
        },
        // All that is before the last slash says which analysis it is, and what follows which run of it.
        automationDetails: { id: `countersign/${run ? uriOf(run.id) : ''}` },
        // What could not be reviewed must not look like a clean result.
        invocations: [{ executionSuccessful: Boolean(run?.review && run.review.result !== 'could-not-review') }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}

function result(finding: DebatedFinding, run: Run) {
  const { id, title, body, fix, kind, priority, outcome, fate, verified } = finding
  const message = [sentence(`${id} ${oneLine(title)}`), body, fix && `Smallest fix: ${fix}`]
    .filter(Boolean)
    .join('\n\n')
  return {
    ruleId: kind,
    ruleIndex: ruleIndex(kind),
    message: { text: withoutLinks(message) },
    locations: [finding.file === '' ? wholeChange(run) : location(finding)],
    properties: { priority, outcome, fate, verified },
  }
}

function location({ file, lineStart, lineEnd, verified, quote }: DebatedFinding) {
  const snippet = verified && quote !== '' ? { snippet: { text: quote } } : {}
  const region =
    lineStart === null ? {} : { region: { startLine: lineStart, endLine: lineEnd ?? lineStart, ...snippet } }
  return { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } }
}

/** Code scanning takes no result without a file; a changed one stands for the change, and says so. */
const wholeChange = ({ review }: Run) => ({
  physicalLocation: { artifactLocation: { uri: uriOf(review?.reviewed[0] ?? configPath) } },
  message: { text: 'This is about the change as a whole, not about this file.' },
})

/** How a view is to take it. */
function standing(finding: DebatedFinding) {
  const suppressed = (level: 'error' | 'warning' | 'note', justification: string) => ({
    level,
    suppressions: [{ kind: 'external', status: 'accepted', justification: withoutLinks(justification) }],
  })
  const { outcome, fate, priority } = finding
  if (fate === 'dismissed')
    return suppressed(levels[priority], 'The user has decided that it will not be done (countersign dismiss).')
  if (outcome === 'not-needed') return suppressed('note', finding.positions.at(-1)!.reason)
  return outcome === 'agreed' ? { level: levels[priority] } : { kind: 'review', level: 'none' }
}

/**
 * What a finding is known by in the next log: its kind, its file and the code it stands at, wherever that has moved to. Where
 * no code was found, its own quote or title has to do.
 */
function knownBy({ kind, file, anchor, quote, title }: DebatedFinding): string {
  const code = [anchor, quote, title.toLowerCase()].map(text => oneLine(text ?? '')).find(Boolean)
  return [kind, file, code].join('\n')
}

/** Of several that are known by the same, the order tells. */
const fingerprint = (known: string[], at: number, hash: Tool['hash']) => ({
  'countersign/v2': `${hash(known[at]!)}:${known.slice(0, at + 1).filter(one => one === known[at]).length}`,
})

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** In a message `[text](target)` is a link; a model's words are none. */
const withoutLinks = (text: string): string => text.replaceAll('](', '] (')

/** A path as a URI that begins at the root; half a character has no place in one. */
const uriOf = (file: string): string =>
  file
    .replace(/^\/+/, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
