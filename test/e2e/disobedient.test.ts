import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import { needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind, processesIn } from '../support/programs/lab.ts'

/** A model that edits before every stop, calls a tool each time, and never answers in the form it is asked for. */
const disobedient = (project: string): ClaudeScript => {
  let turns = 0
  return () => {
    turns += 1
    const edit = { tool: 'Write', input: { file_path: join(project, 'notes.txt'), content: `edit ${turns}\n` } }
    return turns % 2 === 1
      ? { text: 'One more thing.', calls: [edit] }
      : { text: 'I would rather talk about the weather.' }
  }
}

it('a model that obeys nothing is let go by our own bound, and the user is told', async () => {
  needs('POSIX')
  const scene = await setScene({ cli, author: disobedient })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  const run = await scene.prompt('Add a note.')
  expect(run).toMatchObject({ exitCode: 0 })

  const entries = ledgerOf(scene)
  expect(ofKind(entries, 'asked')).toHaveLength(16)
  expect(entries.findLast(({ kind }) => kind !== 'session')).toMatchObject({ kind: 'let-go', why: 'held-too-often' })
  expect(ofKind(entries, 'codex-called')).toEqual([])
  expect(ofKind(entries, 'countersigned')).toEqual([])
  expect(JSON.stringify(run.events)).toContain('Claude was sent back too often, so it may stop')
  expect(await processesIn(scene.folder)).toEqual([])
}, 120_000)
