import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { ReviewAnswer } from '../../src/model/codex-answer.ts'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import { answer, choice, finish, literal, stageCue } from '../../src/rehearsal/scripts/author-parts.ts'
import { read, reviewer, said } from '../../src/rehearsal/scripts/reviewer-parts.ts'
import { followCues } from '../../src/rehearsal/scripts/script.ts'
import { needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind } from '../support/programs/lab.ts'

const feature = 'Add a search by name.'
const quote = 'export const find = name => query("select " + name)'
const finding: ReviewAnswer['findings'][number] = {
  ...{ title: 'SQL injection', body: 'Any name is run.', kind: 'defect', priority: 'critical', fix: 'A parameter.' },
  ...{ file: 'search.js', line_start: 1, line_end: 1, quote },
}

const author = (project: string): ClaudeScript =>
  followCues([
    {
      cue: literal(feature),
      answers: () => [
        {
          text: 'At once.',
          calls: [{ tool: 'Write', input: { file_path: join(project, 'search.js'), content: `${quote}\n` } }],
        },
        finish('It is in.'),
      ],
    },
    { cue: stageCue('self-review'), answers: () => [answer('self-review: ready')] },
    {
      cue: /Countersign · debate · cycle \d+ · round (\d+)\n/,
      answers: () => [answer('F1: not needed — it is fine')],
    },
    { cue: stageCue('fix'), answers: () => [finish('I see.')] },
    choice,
  ])

const codex = reviewer({
  review: ({ turn }) =>
    read(turn, 'cat search.js') ??
    said({ verdict: 'findings', summary: 'One.', reviewed: ['search.js'], findings: [finding], resolved: [] }),
  rebuttal: () =>
    said({
      positions: [{ id: 'F1', needed: false, priority: 'low', reason: 'ok', concession: 'ok', evidence: null }],
    }),
})

it('a critical finding that both models wave away is put to the user, who can pick it', async () => {
  needs('POSIX')
  const scene = await setScene({ cli, author, reviewer: codex })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  await scene.prompt(feature)
  const entries = ledgerOf(scene)
  expect(ofKind(entries, 'asked').at(-1)).toMatchObject({ stage: 'choice' })
  expect(ofKind(entries, 'rebutted')).toMatchObject([{ positions: [{ needed: false, evidence: 'none' }] }])
  expect(ofKind(entries, 'countersigned')).toEqual([])
  await scene.prompt('pick F1')
  expect(ofKind(ledgerOf(scene), 'picked')).toMatchObject([{ ids: ['F1'], by: 'prompt' }])
}, 120_000)
