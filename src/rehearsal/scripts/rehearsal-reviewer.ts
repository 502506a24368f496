import type { ReviewAnswer } from '../../model/codex-answer.ts'
import type { CodexScript } from '../models/codex-model.ts'
import * as change from './rehearsal-change.ts'
import { givenFiles, read, reviewer, said, toCheck } from './reviewer-parts.ts'

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
      title: 'A sentence without a full stop',
      body: 'The second line has no full stop.',
      kind: 'defect',
      priority: 'medium',
      fix: 'Add a full stop.',
    }),
    finding(change.needlessLine, {
      title: 'A line that says nothing',
      body: 'The third line only says that it is the last one.',
      kind: 'excess',
      priority: 'low',
      fix: 'Remove it.',
    }),
  ]
  return reviewer({
    review: ({ cycle, turn }) =>
      read(turn, `cat "${file}"`) ??
      (cycle === 1
        ? said({ verdict: 'findings', summary: 'Two findings.', reviewed: givenFiles(turn), findings, resolved: [] })
        : said({
            verdict: 'approve',
            summary: 'The sentence ends with a full stop.',
            reviewed: givenFiles(turn),
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
            concession: 'It is the last line.',
            evidence: { file, line: 1, quote: change.firstLine },
          },
        ],
      }),
  })
}
