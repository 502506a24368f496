import { priorities } from '../../model/priority.ts'
import { agreedBy, marksOf, support } from '../ledger/debate.ts'
import { type DebatedFinding, findingsWith, type Run, type State } from '../ledger/state.ts'

/** The `findings --format json` document, version 2. `open` and `outOfScope` are beyond what the version promises. */
export function findingsJson({ run }: State) {
  const agreed = run ? findingsWith(run, 'agreed') : []
  return {
    version: 2,
    run: run?.id ?? null,
    cycle: run?.cycle ?? 0,
    stage: run?.stage ?? 'idle',
    fingerprint: run?.tree ?? null,
    agreed: Object.fromEntries(
      priorities.map(priority => [priority, agreed.filter(finding => finding.priority === priority).map(findingJson)]),
    ),
    disputed: of(run, 'disputed'),
    notNeeded: of(run, 'not-needed'),
    open: of(run, 'open'),
    outOfScope: run?.findings.filter(({ inScope }) => !inScope).map(findingJson) ?? [],
    picked: run?.choice.picked ?? [],
    review: {
      result: result(run),
      reason: run?.review?.reason ?? null,
      model: run?.review?.model ?? null,
      reviewed: run?.review?.reviewed ?? [],
      notReviewed: run?.review?.notReviewed ?? [],
    },
    bill: {
      codexCalls: run?.bill.codexCalls ?? 0,
      codexInputTokens: run?.bill.inputTokens ?? 0,
      codexOutputTokens: run?.bill.outputTokens ?? 0,
      rounds: run?.bill.rounds ?? 0,
      seconds: Math.round(run?.bill.seconds ?? 0),
    },
  }
}

/** The three results, in the document's words; null while no review has been tried. */
const result = (run: Run | null) =>
  run?.review?.result === 'could-not-review' ? 'could not review' : (run?.review?.result ?? null)

const of = (run: Run | null, outcome: DebatedFinding['outcome']) =>
  run ? findingsWith(run, outcome).map(findingJson) : []

function findingJson(finding: DebatedFinding) {
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
    ...{ agreedBy: agreedBy(finding), fate, support: support(finding), marks: marksOf(finding) },
    positions,
  }
}
