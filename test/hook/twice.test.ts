import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { claimEvent } from '../../src/shell/state/claim.ts'
import { itNeeds } from '../support/platform.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'
import { temporaryDirectory } from '../support/repository.ts'

const kinds = (one: Gate) => one.ledger().map(({ kind }) => kind)

/** Fires an event as Claude Code does where the hook is registered twice: two processes, the same input. */
const twice = async (one: Gate, event: string, fields: object = {}) => {
  const both = await Promise.all([one.fire(event, fields), one.fire(event, fields)])
  return both.filter(({ stdout }) => stdout !== '')
}

describe('a hook that is registered twice', () => {
  it('answers each event once, and the ledger has each once', async () => {
    const [one, other] = [gate({ play: 'findings' }), gate({ play: 'findings' })]
    for (const [event, fields] of [
      ['SessionStart', { source: 'startup' }],
      ['UserPromptSubmit', { prompt: 'make it 2' }],
      ['Stop', {}],
      ['Stop', ready],
      ['Stop', says('F1: needed, high — yes')],
      ['UserPromptSubmit', { prompt: 'pick F1' }],
      ['SessionEnd', {}],
    ] as const) {
      if (event === 'Stop') for (const { repo } of [one, other]) repo.write('a.js', 'export const a = 2\n')
      const answers = await twice(one, event, fields)
      const { stdout } = await other.fire(event, fields)
      expect({ event, answers: answers.length }).toEqual({ event, answers: stdout === '' ? 0 : 1 })
    }
    expect(kinds(one)).toEqual(kinds(other))
    expect([one.testRuns(), one.codexCalls()]).toEqual([1, ['review']])
  }, 60_000)

  it('the same event again, in earnest, is another one', async () => {
    const one = gate()
    one.repo.write('a.js', 'export const a = 2\n')
    for (let asked = 1; asked <= 3; asked++) {
      expect(await twice(one, 'Stop', { last_assistant_message: 'Done.' })).toHaveLength(1)
      expect(kinds(one).filter(kind => kind === 'asked')).toHaveLength(asked)
    }
  })

  itNeeds('POSIX')('one that is killed while it has the event leaves it to the next', async () => {
    const one = gate({ test: '[ -e done ] || { touch started; sleep 300; }' })
    one.repo.write('.gitignore', 'started\ndone\n')
    one.repo.write('a.js', 'export const a = 2\n')
    const child = one.start('Stop')
    while (!existsSync(join(one.repo.root, 'started'))) await sleep(20)
    child.kill('SIGKILL')
    await new Promise(resolve => child.on('close', resolve))
    one.repo.write('done', '')
    expect((await one.fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
  })
})

describe('a claim', () => {
  const fileIn = (dir: string) => join(dir, 'events', readdirSync(join(dir, 'events'))[0]!)
  it('that was cut off while it was written is taken over', () => {
    const dir = temporaryDirectory()
    claimEvent(dir, 'x')
    writeFileSync(fileIn(dir), '{"pid":')
    expect(claimEvent(dir, 'x')).not.toBeNull()
  })
  it('of a living process is respected, and one of somebody with its number is not', () => {
    const dir = temporaryDirectory()
    const other = spawn('sleep', ['60'])
    claimEvent(dir, 'x')
    const said = JSON.parse(readFileSync(fileIn(dir), 'utf8'))
    writeFileSync(fileIn(dir), JSON.stringify({ ...said, pid: other.pid, start: '' }))
    expect(claimEvent(dir, 'x')).toBeNull()
    writeFileSync(fileIn(dir), JSON.stringify({ ...said, pid: other.pid, start: 't17' }))
    expect(claimEvent(dir, 'x')).not.toBeNull()
    other.kill()
  })
  it('that was answered before this process began is an earlier event’s', () => {
    const dir = temporaryDirectory()
    claimEvent(dir, 'x')
    const said = JSON.parse(readFileSync(fileIn(dir), 'utf8'))
    const answered = (at: number) => writeFileSync(fileIn(dir), JSON.stringify({ ...said, pid: 1, doneAt: at }))
    answered(Date.now())
    expect(claimEvent(dir, 'x')).toBeNull()
    answered(Date.now() - process.uptime() * 1000 - 1_000)
    expect(claimEvent(dir, 'x')).not.toBeNull()
  })
  it('that cannot be made keeps nobody from answering', () => {
    const dir = temporaryDirectory()
    mkdirSync(join(dir, 'events'))
    writeFileSync(join(dir, 'file'), '')
    expect(claimEvent(join(dir, 'file'), 'x')).not.toBeNull()
  })
})
