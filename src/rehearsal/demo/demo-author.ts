import { join } from 'node:path'
import type { ClaudeAnswer, ClaudeScript, ToolCall } from '../models/claude-model.ts'
import { answer, choice, finish, literal, stageCue } from '../scripts/author-parts.ts'
import { followCues, type Part } from '../scripts/script.ts'
import * as change from './demo-change.ts'

/** The prompts the script knows what to do with. */
export const featurePrompt = 'Add GET /report: the number of orders, the revenue and the average order, in whole cents.'
export const questionPrompt = 'In which file are orders totalled?'

/** What Claude says of its own work in each cycle; Codex must never see it. */
export const selfReviews = [
  'Checked the rounding and the one caller; the suite covers both.',
  'An empty list gives 0 and has a test; nothing else changed.',
]

/** Claude's part in a cycle over the sales report, in the repository at `folder`. */
export function authorScript(folder: string): ClaudeScript {
  return followCues([...work(folder), debate, choice])
}

function work(folder: string): Part[] {
  const at = (file: string) => ({ file_path: join(folder, file) })
  const read = (file: string): ToolCall => ({ tool: 'Read', input: at(file) })
  const write = (file: string, content: string): ToolCall => ({ tool: 'Write', input: { ...at(file), content } })
  const edit = (file: string, old: string, text: string): ToolCall => ({
    tool: 'Edit',
    input: { ...at(file), old_string: old, new_string: text },
  })
  const feature: ClaudeAnswer[] = [
    { text: 'I read the server first.', calls: [read(change.serverFile)] },
    {
      text: 'A new file for the report, a route and a test.',
      calls: [
        write(change.reportFile, change.reportSource),
        write(change.reportTestFile, change.reportTest),
        edit(
          change.serverFile,
          change.serverImport,
          `${change.serverImport}\nimport { salesReport } from './report.js'`,
        ),
        edit(change.serverFile, change.serverRoute, `${change.reportRoute}\n${change.serverRoute}`),
      ],
    },
    finish('GET /report works.'),
  ]
  const rounding = [
    { text: 'The average is not in whole cents.', calls: [edit(change.reportFile, change.unrounded, change.rounded)] },
    finish('It rounds now.'),
  ]
  const fix = [
    { text: 'F1: an empty list gets an average of 0.', calls: [read(change.reportFile), read(change.reportTestFile)] },
    {
      text: 'This case gets its own test.',
      calls: [
        edit(change.reportFile, change.rounded, change.fixed),
        write(change.reportTestFile, change.reportTest + change.emptyListTest),
      ],
    },
    finish('F1 is fixed.'),
  ]
  return [
    { cue: literal(featurePrompt), answers: () => feature },
    { cue: literal(questionPrompt), answers: () => [finish('In src/orders.js.')] },
    { cue: stageCue('tests'), answers: () => rounding },
    {
      cue: stageCue('self-review'),
      answers: (_, [cue]) => [answer('self-review: ready', selfReviews[cue.includes('cycle 1') ? 0 : 1]!)],
    },
    { cue: stageCue('fix'), answers: () => fix },
  ]
}

/** F1 is granted at a lower priority; F2 is refused with evidence; F3 is refused to the end. */
const positions: Record<string, string[]> = {
  1: [
    'F1: needed, medium — only until the first order is there: src/orders.js:6 `orders.push(order)`',
    'F2: not needed — such an order is refused: src/server.js:9 `if (!Number.isInteger(quantity) || quantity < 1)`',
    'F3: not needed — README.md:8 `Ideas: a CSV export.` plans it, and it belongs here',
  ],
  2: ['F3: not needed — it is one line, and no caller changes when CSV is added'],
}

const debate: Part = {
  cue: /Countersign · debate · cycle \d+ · round (\d+)\n/,
  answers: (_, [, round]) => [answer(...(positions[round!] ?? []))],
}
