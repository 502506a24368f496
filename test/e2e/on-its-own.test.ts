import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeAnswer, ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import { finish, literal, stageCue } from '../../src/rehearsal/scripts/author-parts.ts'
import { followCues } from '../../src/rehearsal/scripts/script.ts'
import { itNeeds, needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind } from '../support/programs/lab.ts'
import { startTerminal } from '../support/programs/terminal.ts'
import { claudeShowsMessages } from '../support/programs/versions.ts'

const feature = 'Add the red test.'
const wakeup = 'Go on with the tests.'

/** Leaves tests red, begins a background task whenever it is told anything, and wakes itself up. */
function restless(project: string): ClaudeScript {
  let changes = 0
  const change = (): ClaudeAnswer => {
    changes += 1
    const input = { file_path: join(project, `test/red-${changes}.test.js`), content: 'throw new Error("red")\n' }
    return { text: 'At once.', calls: [{ tool: 'Write', input }] }
  }
  const task: ClaudeAnswer = {
    text: 'In the background.',
    calls: [
      { tool: 'Bash', input: { command: 'sleep 0.2', run_in_background: true, description: 'a task' } },
      { tool: 'ScheduleWakeup', input: { delaySeconds: 60, prompt: wakeup, reason: 'to go on' } },
    ],
  }
  const told = () => (changes < 6 ? [change(), task, finish('Waiting.')] : [finish('Still waiting.')])
  return followCues([
    { cue: literal(feature), answers: told },
    { cue: stageCue('tests'), answers: () => [finish('It stays red.')] },
    { cue: /<task-notification>/, answers: told },
    { cue: literal(wakeup), answers: () => [change(), finish('Enough.')] },
  ])
}

// Claude Code lets no wakeup come sooner than after a minute.
itNeeds('minutes')(
  'a session in the terminal that goes on by notifications and wakeups alone is let go within its limits',
  async () => {
    needs('tmux')
    const scene = await setScene({ cli, author: restless })
    onTestFinished(() => scene.close())
    await scene.countersign('init', '--yes')
    const allow = ['Bash', 'ScheduleWakeup']
    writeFileSync(join(scene.project, '.claude/settings.local.json'), JSON.stringify({ permissions: { allow } }))
    const terminal = await startTerminal([scene.lab.programs.claude, '--permission-mode', 'acceptEdits'], {
      cwd: scene.project,
      env: scene.lab.env,
      socket: join(scene.folder, 'tmux'),
    })
    onTestFinished(terminal.close)
    await terminal.waitFor('❯')
    await terminal.enter(feature)
    await terminal.waitFor('the tests are still red after the last attempt, so Claude may stop', 60_000)
    await terminal.waitFor(claudeShowsMessages ? 'Enough.' : 'Still waiting.', 240_000)
    const entries = ledgerOf(scene)
    const by = ofKind(entries, 'heard').map(one => one.by)
    expect(by).toContain('notification')
    if (claudeShowsMessages) expect(by).toContain('scheduled')
    expect(ofKind(entries, 'prompted').map(({ text }) => text)).toEqual([feature])
    expect(ofKind(entries, 'asked').length).toBeLessThanOrEqual(3)
    expect(ofKind(entries, 'codex-called')).toEqual([])
  },
  360_000,
)
