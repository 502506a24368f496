import type { RebuttalAnswer, ReviewAnswer } from '../../model/codex-answer.ts'
import type { CodexAnswer, CodexScript, CodexTurn } from '../models/codex-model.ts'
import { read, reviewer, said, toCheck } from '../scripts/reviewer-parts.ts'
import { reportFile, reportLine, reportTestFile, rounded, serverFile } from './demo-change.ts'

/**
 * Codex's part in a cycle over the sales report: it reads the change with real commands in its real sandbox, raises
 * three findings, lowers one and concedes one when it has read the code, insists on one, and approves once F1 is fixed.
 */
export const reviewerScript: CodexScript = reviewer({
  review: ({ cycle, turn }) => read(turn, 'git status --short', `cat ${reportFile}`) ?? review(cycle === 1, turn),
  rebuttal: ({ round, turn }) =>
    round === 1
      ? (read(turn, `sed -n 9p ${serverFile}`) ?? rebuttal(lowersF1, concedesF2, insistsOnF3))
      : rebuttal(stillInsistsOnF3),
})

const review = (first: boolean, turn: CodexTurn): CodexAnswer =>
  first
    ? said({ ...reviewed, verdict: 'findings', summary: 'Three findings.', findings, resolved: [] })
    : approval(turn)

const reviewed = { reviewed: [reportFile, reportTestFile, serverFile] }

function approval(turn: CodexTurn): CodexAnswer {
  return said({
    ...reviewed,
    verdict: 'approve',
    summary: 'The empty list is handled and tested.',
    findings: [],
    resolved: toCheck(turn).map(id => ({
      id,
      resolved: true,
      reason: 'The average of no orders is 0, and a test says so.',
    })),
  })
}

function finding(
  quote: string,
  words: Omit<ReviewAnswer['findings'][number], 'file' | 'line_start' | 'line_end' | 'quote'>,
) {
  const line = reportLine(quote)
  return { ...words, file: reportFile, line_start: line, line_end: line, quote }
}

const findings: ReviewAnswer['findings'] = [
  finding(rounded, {
    title: 'No orders yet: the average is null',
    body: '0 / 0 is NaN, which JSON turns into null: a new service answers /report without a number.',
    kind: 'defect',
    priority: 'high',
    fix: 'Answer 0 when the list is empty.',
  }),
  finding('sum + total(order)', {
    title: 'Quantities are not checked',
    body: 'A negative or fractional quantity goes straight into the revenue.',
    kind: 'defect',
    priority: 'medium',
    fix: 'Refuse orders whose quantity is not a whole number above 0.',
  }),
  finding('formats[format]', {
    title: 'A table of formats for one format',
    body: 'Nobody asked for a second format, and an unknown name throws a TypeError.',
    kind: 'excess',
    priority: 'low',
    fix: 'Remove the table and return JSON.stringify of the report.',
  }),
]

type Position = RebuttalAnswer['positions'][number]

const lowersF1: Position = {
  id: 'F1',
  needed: true,
  priority: 'medium',
  reason: 'Before the first order only.',
  concession: 'The list is empty only until an order comes in.',
  evidence: { file: 'src/orders.js', line: 1, quote: 'const orders = []' },
}
const concedesF2: Position = {
  id: 'F2',
  needed: false,
  priority: 'low',
  reason: 'The only route for orders refuses such quantities.',
  concession: 'src/server.js:9 does refuse them, and nothing else adds orders.',
  evidence: { file: serverFile, line: 9, quote: 'if (!Number.isInteger(quantity) || quantity < 1)' },
}
const insistsOnF3: Position = {
  id: 'F3',
  needed: true,
  priority: 'low',
  reason: 'README.md:8 calls it an idea. Nobody has asked for it, and the only caller names no format.',
  concession: null,
  evidence: { file: serverFile, line: 13, quote: 'salesReport(allOrders())' },
}
const stillInsistsOnF3: Position = {
  ...insistsOnF3,
  reason: 'That one line throws for every format but JSON.',
  evidence: null,
}

const rebuttal = (...positions: Position[]): CodexAnswer => said({ positions })
