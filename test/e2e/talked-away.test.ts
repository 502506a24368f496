import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RebuttalAnswer, ReviewAnswer } from '../../src/model/codex-answer.ts'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeAnswer, ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import { answer, choice, finish, literal, stageCue } from '../../src/rehearsal/scripts/author-parts.ts'
import { read, reviewer, said } from '../../src/rehearsal/scripts/reviewer-parts.ts'
import { followCues } from '../../src/rehearsal/scripts/script.ts'
import { itNeeds, needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind } from '../support/programs/lab.ts'

// The debates of test/hook/findings/talked-away.test.ts, with the real programs: all but the first wait for `npm run acceptance`.

type Raised = ReviewAnswer['findings'][number]
type Position = RebuttalAnswer['positions'][number]

const feature = 'Add a search by name.'
const query = 'export const find = name => query("select " + name)'
const route = 'export const route = request => find(request.name)'
const critical: Raised = {
  ...{ title: 'SQL injection', body: 'Any name is run.', kind: 'defect', priority: 'critical', fix: 'A parameter.' },
  ...{ file: 'search.js', line_start: 1, line_end: 1, quote: query },
}
const low: Raised = {
  ...critical,
  ...{ title: 'A long line', body: 'It is long.', priority: 'low', line_start: 2, line_end: 2, quote: route },
}
const ok: Position = { id: 'F1', needed: false, priority: 'low', reason: 'ok', concession: 'ok', evidence: null }
const shown = { file: 'search.js', line: 2, quote: 'request => find(request.name)' }

/** What the models say: Claude in each round, Codex in each review and each rebuttal. */
type Debate = { claude: string[]; raised: Raised[][]; rebuttals?: Position[][]; picks?: string[] }

async function debate({ claude, raised, rebuttals = [], picks = [] }: Debate) {
  needs('POSIX')
  const write = (project: string, ...lines: string[]): ClaudeAnswer => {
    const content = lines.map(line => `${line}\n`).join('')
    return { text: 'At once.', calls: [{ tool: 'Write', input: { file_path: join(project, 'search.js'), content } }] }
  }
  const author = (project: string): ClaudeScript =>
    followCues([
      { cue: literal(feature), answers: () => [write(project, query, route), finish('It is in.')] },
      { cue: stageCue('self-review'), answers: () => [answer('self-review: ready')] },
      {
        cue: /Countersign · debate · cycle \d+ · round (\d+)\n/,
        answers: (_, [, round]) => [answer(...(claude[Number(round) - 1] ?? claude.at(-1)!).split('\n'))],
      },
      { cue: stageCue('fix'), answers: () => [write(project, query, route, '// split'), finish('It is split.')] },
      choice,
    ])
  const prompts: string[] = []
  const codex = reviewer({
    review: ({ turn, cycle }) => {
      prompts.push(turn.prompt)
      const findings = raised[cycle - 1] ?? []
      const resolved = cycle === 1 ? [] : [{ id: 'F2', resolved: true, reason: 'It is split.' }]
      const verdict = findings.length > 0 ? 'findings' : 'approve'
      return (
        read(turn, 'cat search.js') ?? said({ verdict, summary: 'Read.', reviewed: ['search.js'], findings, resolved })
      )
    },
    rebuttal: ({ round }) => said({ positions: rebuttals[round - 1] ?? [] }),
  })
  const scene = await setScene({ cli, author, reviewer: codex })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  await scene.prompt(feature)
  for (const pick of picks) await scene.prompt(pick)
  const entries = ledgerOf(scene)
  expect(ofKind(entries, 'countersigned'), 'nothing is signed over it').toEqual([])
  const list = (await scene.countersign('findings')).stdout
  return { scene, entries, list, prompts }
}

describe('a critical finding is not talked away', () => {
  it('by “it is fine” and “ok”: it is put to the user, who can pick it', async () => {
    const { scene, entries, list } = await debate({
      claude: ['F1: not needed — it is fine'],
      ...{ raised: [[critical]], rebuttals: [[ok]] },
    })
    expect(ofKind(entries, 'asked').at(-1)).toMatchObject({ stage: 'choice' })
    expect(ofKind(entries, 'rebutted')).toMatchObject([{ positions: [{ needed: false, evidence: 'none' }] }])
    expect(list).toMatch(/Disputed · you decide \(1\)\n {2}F1 SQL injection \[critical, both now say not needed\]/)
    await scene.prompt('pick F1')
    expect(ofKind(ledgerOf(scene), 'picked')).toMatchObject([{ ids: ['F1'], by: 'prompt' }])
  }, 120_000)

  itNeeds('minutes')(
    'by a quote that stands nowhere: it is marked, and `countersign pick` takes it',
    async () => {
      const { scene, list } = await debate({
        claude: ['F1: not needed — escaped: search.js:1 `escape(name, driver)`'],
        ...{ raised: [[critical]], rebuttals: [[{ ...ok, evidence: shown }]] },
      })
      expect(list).toMatch(/F1 SQL injection \[critical, both now say not needed\][\s\S]*quote not found in the tree/)
      expect(await scene.countersign('pick', 'F1')).toMatchObject({ exitCode: 0 })
    },
    120_000,
  )

  itNeeds('minutes')(
    'by one line for all of them',
    async () => {
      const { list } = await debate({
        claude: ['all: not needed — by design'],
        raised: [[critical, { ...low, priority: 'high' }]],
        rebuttals: [
          [
            { ...ok, evidence: shown },
            { ...ok, id: 'F2' },
          ],
        ],
      })
      expect(list).toMatch(/Disputed · you decide \(2\)\n {2}F1 [\s\S]*\n {2}F2 /)
    },
    120_000,
  )

  itNeeds('minutes')(
    'by a low priority: it is listed and picked as critical, and Codex is not asked again for it',
    async () => {
      const { list, entries } = await debate({
        claude: ['F1: needed, low — could be tidier'],
        ...{ raised: [[critical]], picks: ['pick critical'] },
      })
      expect(list).toMatch(/critical[\s\S]*F1 SQL injection[\s\S]*Codex says critical, Claude low/)
      expect(ofKind(entries, 'rebutted')).toEqual([])
      expect(ofKind(entries, 'picked')).toMatchObject([{ ids: ['F1'] }])
    },
    120_000,
  )

  itNeeds('minutes')(
    'nor lost: a change of mind with a quote is agreed without the word “conceded”',
    async () => {
      const { list } = await debate({
        claude: [
          'F1: not needed — nobody calls it',
          'F1: needed, critical — search.js:2 `export const route = request` passes it on',
        ],
        raised: [[critical]],
        rebuttals: [[{ ...ok, needed: true, priority: 'critical', concession: null, evidence: shown }]],
      })
      expect(list).toMatch(/Agreed · critical \(1\)\n {2}F1 SQL injection \[agreed in the debate\]/)
    },
    120_000,
  )

  itNeeds('minutes')(
    'and is put to the user when a later cycle raises as critical what both had withdrawn',
    async () => {
      const { list, prompts } = await debate({
        claude: ['F1: not needed — internal\nF2: needed, low — yes', 'F3: not needed — as before'],
        raised: [[{ ...critical, priority: 'medium' }, low], [critical]],
        rebuttals: [[{ ...ok, evidence: shown }]],
        picks: ['pick F2'],
      })
      expect(list).toMatch(/F3 SQL injection \[.*raised again/)
      expect(prompts.at(-1)).toMatch(/then you and the author agreed that they are not needed/)
    },
    120_000,
  )
})
