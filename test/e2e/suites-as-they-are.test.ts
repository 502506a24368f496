import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { replay } from '../../src/core/ledger/replay.ts'
import { outcomeMessage } from '../../src/core/messages/outcomes.ts'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import { answer, finish, literal, stageCue } from '../../src/rehearsal/scripts/author-parts.ts'
import { read, reviewer, said } from '../../src/rehearsal/scripts/reviewer-parts.ts'
import { followCues } from '../../src/rehearsal/scripts/script.ts'
import { cli, ledgerOf, ofKind } from '../support/programs/lab.ts'

const feature = 'Add the notes.'
const write = "echo 'export const notes = 1' > notes.js"

const author = (): ClaudeScript =>
  followCues([
    {
      cue: literal(feature),
      answers: () => [{ text: 'A moment.', calls: [{ tool: 'Bash', input: { command: write } }] }, finish('It is in.')],
    },
    { cue: stageCue('self-review'), answers: () => [answer('self-review: ready')] },
  ])

const approves = reviewer({
  review: ({ turn }) =>
    read(turn, 'cat notes.js') ??
    said({ verdict: 'approve', summary: 'Fine.', reviewed: ['notes.js'], findings: [], resolved: [] }),
  rebuttal: () => said({ positions: [] }),
})

it('a repository with three old failures, a flaky test and reports gets its change reviewed, and the line says so', {
  timeout: 180_000,
}, async () => {
  const scene = await setScene({ cli, author, reviewer: approves })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  const test = (name: string, body: string) => `test('${name}', () => { ${body} })`
  const old = ['one', 'two', 'three'].map(name => test(name, `throw new Error('${name} never worked')`))
  const seen = join(scene.project, '..', 'seen')
  const odd = test(
    'odd',
    `const seen = fs.existsSync('${seen}'); fs.writeFileSync('${seen}', ''); if (!seen) throw new Error('chance')`,
  )
  const reports = test(
    'reports',
    `fs.writeFileSync('junit.xml', String(Date.now())); fs.writeFileSync('test.db', String(Date.now()))`,
  )
  writeFileSync(
    join(scene.project, 'test/as-they-are.test.js'),
    ["import fs from 'node:fs'", "import { test } from 'node:test'", ...old, odd, reports, ''].join('\n'),
  )
  writeFileSync(
    join(scene.project, '.claude/settings.local.json'),
    JSON.stringify({ permissions: { allow: ['Bash'] } }),
  )
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: scene.project })
  git('add', '-A')
  git('commit', '-qm', 'as it is')
  await scene.prompt(feature)

  const entries = ledgerOf(scene)
  expect(ofKind(entries, 'tests-ran').map(({ result }) => result)).toEqual(['older'])
  expect(ofKind(entries, 'reviewed').map(({ reviewed }) => reviewed)).toEqual([['notes.js']])
  const signed = entries.findIndex(({ kind }) => kind === 'countersigned')
  const line = outcomeMessage([entries[signed]!], replay(entries.slice(0, signed + 1)))
  expect(line).toMatch(/tests: red before this change: .*one, .*two, .*three, nothing new · flaky, .*odd/)
  expect(line).toMatch(/without what the tests wrote: junit\.xml, test\.db/)
})
