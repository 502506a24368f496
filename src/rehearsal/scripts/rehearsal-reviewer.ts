import type { ReviewAnswer } from '../../model/codex-answer.ts'
import type { CodexScript } from '../models/codex-model.ts'
import * as change from './rehearsal-change.ts'
import { read, reviewer, said, toCheck } from './reviewer-parts.ts'

/** Codex's part in a rehearsal, in any repository, over the note at `file`. */
export function rehearsalReviewer(file: string): CodexScript {
  const finding = (
    quote: string,
    words: Pick<ReviewAnswer['findings'][number], 'title' | 'body' | 'kind' | 'priority' | 'fix'>,
  ) => {
    const line = change.changeLine(quote)
    return { ...words, file, quote, line_start: line, line_end: line }
  }
  const findings = [
    finding(change.weakLine, {
      title: 'A sentence without its end',
      body: 'The second line has no full stop.',
      kind: 'defect',
      priority: 'medium',
      fix: 'Add it.',
    }),
    finding(change.needlessLine, {
      title: 'A line that says nothing',
      body: 'The third line speaks only of itself.',
      kind: 'excess',
      priority: 'low',
      fix: 'Take it out.',
    }),
  ]
  return reviewer({
    review: ({ cycle, turn }) =>
      read(turn, `cat "${file}"`) ??
      (cycle === 1
        ? said({ verdict: 'findings', summary: 'Two findings.', reviewed: [file], findings, resolved: [] })
        : said({
            verdict: 'approve',
            summary: 'The sentence has its end.',
            reviewed: [file],
            findings: [],
            resolved: toCheck(turn).map(id => ({ id, resolved: true, reason: 'The full stop is there.' })),
          })),
    rebuttal: () =>
      said({
        positions: [
          {
            id: 'F2',
            needed: false,
            priority: 'low',
            reason: 'It does no harm.',
            concession: 'it is the last line indeed.',
          },
        ],
      }),
  })
}
