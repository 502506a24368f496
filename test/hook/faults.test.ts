import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { type Gate, gate, ready } from '../support/programs/gate.ts'
import { processesIn } from '../support/programs/lab.ts'

const short = 'review:\n  timeoutSeconds: 1\n'

/** A gate with a change that is ready for review. */
function changed(options: Parameters<typeof gate>[0] = {}): Gate {
  const one = gate(options)
  one.repo.write('a.js', 'export const a = 2\n')
  return one
}

describe('a codex that', () => {
  it.each([
    ['is missing', 'approve', 'missing'],
    ['is not logged in', 'not-logged-in', 'not-logged-in'],
    ['exits with 1', 'exit-1', 'crashed'],
    ['has reached its usage limit', 'usage-limit', 'rate-limited'],
    ['is killed', 'killed-by-a-signal', 'crashed'],
    ['hangs', 'hang', 'timed-out'],
    ['hangs and ignores signals', 'hang-deaf', 'timed-out'],
    ['prints 100 MB', 'floods', 'crashed'],
    ['answers nothing', 'empty', 'malformed'],
    ['answers in prose', 'prose', 'malformed'],
    ['answers in another shape', 'wrong-shape', 'malformed'],
    ['approves what it has not read', 'approve-unread', 'malformed'],
    ['reports findings and names none', 'findings-none', 'malformed'],
    ['approves, goes on working, and never says what came of it', 'approves-and-goes-on', 'malformed'],
    ['says it cannot read', 'refuses', 'sandbox'],
  ])('%s could not review: one line, nothing left running, made up for later', async (_, play, reason) => {
    const config = reason === 'timed-out' ? short : ''
    const one = changed({ play, config, codex: reason !== 'missing' })
    if (reason === 'not-logged-in') delete one.env.CODEX_API_KEY
    const { json, code, seconds } = await one.fire('Stop', ready)
    expect(code).toBe(0)
    expect(Object.keys(json!)).toEqual(['systemMessage'])
    expect(json!.systemMessage).toMatch(new RegExp(`! could not review \\(${reason}[ )]`))
    expect(json!.systemMessage).not.toMatch(/countersigned|no findings/)
    expect(one.ledger().at(-1)).toMatchObject({ kind: 'could-not-review', reason })
    expect(json!.systemMessage!.match(/could not review/g)).toHaveLength(1)
    expect(seconds).toBeLessThan(15)
    expect(await processesIn(one.repo.root)).toEqual([])
    if (reason === 'missing') return

    const before = one.ledger()
    Object.assign(one.env, { STUB_PLAY: 'approve', CODEX_API_KEY: 'k' })
    one.clock({ passed: 3 * 3600 })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/✓ countersigned in cycle 1/)
    expect(one.ledger().slice(0, before.length)).toEqual(before)
    expect(one.testRuns()).toBe(1)
  })

  itNeeds('POSIX')('leaves a child behind has reviewed, and the child is gone', async () => {
    const one = changed({ play: 'leaves-a-child' })
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(await processesIn(one.repo.root)).toEqual([])
  })

  it('reports retries before it answers has reviewed', async () =>
    expect((await changed({ play: 'answers-after-retries' }).fire('Stop', ready)).json?.systemMessage).toMatch(
      /countersigned/,
    ))

  it('writes into the tree has not reviewed: the user is told, and the cycle starts again at the tests', async () => {
    const one = changed({ play: 'writes-into-the-tree' })
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/! a.js changed during the Codex review/)
    expect(json?.systemMessage).toMatch(/could not review \(sandbox\): files changed during the call/)
    expect(json?.systemMessage).not.toMatch(/countersigned/)
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/^Countersign · self-review/)
    expect(one.testRuns()).toBe(2)
  })

  it('uses a tool outside its sandbox has not reviewed', async () => {
    const { json } = await changed({ play: 'uses-a-tool' }).fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/could not review \(sandbox\): Codex used the MCP tool mine\/write/)
  })

  it('was missing is asked as soon as it is there', async () => {
    const one = changed({ codex: false })
    await one.fire('Stop', ready)
    expect((await one.fire('Stop')).stdout).toBe('')
    one.env.PATH = changed({}).env.PATH!
    one.env.STUB_CALLS = join(one.env.HOME!, 'calls')
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/countersigned/)
    expect(one.testRuns()).toBe(1)
  })
})

describe('the hook', () => {
  itNeeds('POSIX')('killed with SIGKILL in mid-test takes the tests with it, and the next stop runs them', async () => {
    const one = changed({ test: '[ -e done ] || { touch started; sleep 300; }' })
    one.repo.write('.gitignore', 'started\ndone\n')
    const child = one.start('Stop')
    while (!exists(one, 'started')) await sleep(20)
    child.kill('SIGKILL')
    expect(await processesIn(one.repo.root)).toEqual([])
    one.repo.write('done', '')
    expect((await one.fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
  })

  itNeeds('POSIX')('ended with SIGTERM, as Esc does it, takes the tests with it', async () => {
    const one = changed({ test: 'touch started; sleep 300' })
    const child = one.start('Stop')
    while (!exists(one, 'started')) await sleep(20)
    child.kill('SIGTERM')
    expect(await processesIn(one.repo.root)).toEqual([])
  })

  it('fired eight times at once runs the tests once', async () => {
    const one = changed({ test: 'sleep 1' })
    const replies = await Promise.all(Array.from({ length: 8 }, () => one.fire('Stop')))
    expect(one.testRuns()).toBe(1)
    expect(replies.filter(({ stdout }) => stdout !== '')).toHaveLength(1)
    expect(replies.map(({ code }) => code)).toEqual(Array(8).fill(0))
  })

  it('goes on after a torn last line, and loses none of the others', async () => {
    const one = changed()
    await one.fire('Stop')
    const file = join(one.repo.root, '.git/countersign/ledger.jsonl')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, `${before}{"v":1,"kind":"self-rev`)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(readFileSync(file, 'utf8').startsWith(before)).toBe(true)
    expect(one.testRuns()).toBe(1)
  })

  it('passes over a line that is short of a field', async () => {
    const one = changed()
    await one.fire('Stop')
    const file = join(one.repo.root, '.git/countersign/ledger.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"v":1,"kind":"picked"}\n{"v":1,"kind":"run-started"}\n`)
    expect(one.report('status')).toMatch(/^Stage +self-review · cycle 1$/m)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })

  it('passes over entries of a newer version', async () => {
    const one = changed()
    await one.fire('Stop')
    const file = join(one.repo.root, '.git/countersign/ledger.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"v":2,"kind":"celebrated","tree":"x"}\n`)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })
})

const exists = (one: Gate, file: string): boolean => {
  try {
    readFileSync(join(one.repo.root, file))
    return true
  } catch {
    return false
  }
}
