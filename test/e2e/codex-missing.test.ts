import { expect, it, onTestFinished } from 'vitest'
import { featurePrompt } from '../../src/rehearsal/demo/demo-author.ts'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import { needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind } from '../support/programs/lab.ts'
import { claudeShowsMessages } from '../support/programs/versions.ts'

it('without Codex the review is owed, the user is told in one line, and Claude is let go', async () => {
  needs('POSIX')
  const scene = await setScene({ cli, withoutCodex: true })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  const { exitCode, events } = await scene.prompt(featurePrompt)
  const told = events.flatMap(({ subtype, content = '' }) => (subtype === 'informational' ? content.split('\n') : []))
  expect(exitCode).toBe(0)
  if (claudeShowsMessages) expect(told.filter(line => line.includes('could not review (missing)'))).toHaveLength(1)

  const entries = ledgerOf(scene)
  expect(ofKind(entries, 'could-not-review')).toMatchObject([{ reason: 'missing', call: 'review' }])
  expect(ofKind(entries, 'reviewed')).toEqual([])
  expect(ofKind(entries, 'countersigned')).toEqual([])
  const status = JSON.parse((await scene.countersign('status', '--json')).stdout)
  expect(status).toMatchObject({ stage: 'review', owed: { reason: 'missing' } })
}, 60_000)
