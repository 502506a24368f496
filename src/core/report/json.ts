import type { FindingsDocument } from '../../model/documents/findings-document.ts'
import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import type { Priority } from '../../model/priority.ts'
import { agreedBy, marksOf, support } from '../ledger/debate.ts'
import { type DebatedFinding, findingsWith, type Run, type State, type TestRun } from '../ledger/state.ts'
import { flakyTests, olderFailures } from '../messages/tests-lines.ts'
import { cachedTokens, lastSandbox } from './ledger-notes.ts'

/** The `findings --format json` document. `entries`: the ledger since the run began. */
export function findingsJson({ state, entries }: { state: State; entries: readonly LedgerEntry[] }): FindingsDocument {
  const { run } = state
  const agreed = (priority: Priority) =>
    run
      ? findingsWith(run, 'agreed')
          .filter(finding => finding.priority === priority)
          .map(findingJson)
      : []
  return {
    version: 2,
    run: run?.id ?? null,
    cycle: run?.cycle ?? 0,
    stage: run?.stage ?? 'idle',
    fingerprint: run?.tree ?? null,
    agreed: { critical: agreed('critical'), high: agreed('high'), medium: agreed('medium'), low: agreed('low') },
    disputed: of(run, 'disputed'),
    notNeeded: of(run, 'not-needed'),
    open: of(run, 'open'),
    outOfScope: run?.findings.filter(({ inScope }) => !inScope).map(findingJson) ?? [],
    picked: run?.choice.picked ?? [],
    review: {
      result: result(run),
      reason: run?.review?.reason ?? null,
      model: run?.review?.model ?? null,
      sandbox: isReviewed(run) ? lastSandbox(entries) : null,
      reviewed: run?.review?.reviewed ?? [],
      notReviewed: run?.review?.notReviewed ?? [],
    },
    tests: testsJson(run?.tests.ran.get(run.tree)),
    bill: {
      codexCalls: run?.bill.codexCalls ?? 0,
      codexInputTokens: run?.bill.inputTokens ?? 0,
      codexCachedTokens: run ? cachedTokens(entries) : 0,
      codexOutputTokens: run?.bill.outputTokens ?? 0,
      rounds: run?.bill.rounds ?? 0,
      seconds: Math.round(run?.bill.seconds ?? 0),
    },
  }
}

function testsJson(tests: TestRun | undefined): FindingsDocument['tests'] {
  if (!tests) return { result: null, olderFailures: [], flaky: [] }
  return { result: tests.result, olderFailures: olderFailures(tests), flaky: flakyTests(tests) }
}

/** The three results, in the document's words; null while no review has been tried. */
const result = (run: Run | null) =>
  run?.review?.result === 'could-not-review' ? 'could not review' : (run?.review?.result ?? null)

const of = (run: Run | null, outcome: DebatedFinding['outcome']) =>
  run ? findingsWith(run, outcome).map(findingJson) : []

const isReviewed = (run: Run | null): boolean => Boolean(run?.review && run.review.result !== 'could-not-review')

type FindingJson = FindingsDocument['disputed'][number]

function findingJson(finding: DebatedFinding): FindingJson {
  const { id, title, body, kind, priority, file, lineStart, lineEnd, quote, fix, verified, fate } = finding
  const positions = [...finding.history, ...finding.positions].map(
    ({ by, round, needed, priority: held, reason, evidence = 'none', concession }) => ({
      by,
      round,
      needed,
      priority: held,
      reason,
      evidence,
      concession,
    }),
  )
  return {
    ...{ id, title, body, kind, priority, file, lineStart, lineEnd, quote, fix, verified },
    ...{ agreedBy: agreedBy(finding), fate, support: support(finding), marks: marksOf(finding), proof: 'none' },
    positions,
  }
}
