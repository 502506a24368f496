import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'
import { processesIn } from '../support/programs/lab.ts'

const ledgerFile = (one: Gate) => join(one.repo.root, '.git/countersign/ledger.jsonl')
const textOf = (one: Gate) => (existsSync(ledgerFile(one)) ? readFileSync(ledgerFile(one), 'utf8') : '')
const linesIn = (text: string) => text.split('\n').length - 1

/** What a session does in one cycle, event by event. */
const session: [event: string, fields: object][] = [
  ['SessionStart', { source: 'startup' }],
  ['UserPromptSubmit', { prompt: 'make it 2' }],
  ['Stop', ready],
  ['Stop', says('F1: needed, high — yes')],
  ['UserPromptSubmit', { prompt: 'pick none' }],
]

/** Starts an event and kills it with SIGKILL as soon as it has written into the ledger; false when it ended before. */
async function killedAtWrite(one: Gate, [event, fields]: [string, object]): Promise<boolean> {
  const from = linesIn(textOf(one))
  const child = one.start(event, fields)
  let ended = false
  child.on('exit', () => {
    ended = true
  })
  while (!ended && linesIn(textOf(one)) === from) await new Promise(resolve => setTimeout(resolve, 1))
  child.kill('SIGKILL')
  while (!ended) await new Promise(resolve => setTimeout(resolve, 2))
  return child.signalCode === 'SIGKILL'
}

async function changed(play: string): Promise<Gate> {
  const one = gate({ play })
  await one.fire('SessionStart', { source: 'startup' })
  one.repo.write('a.js', 'export const a = 2\n')
  return one
}

describe('a hook killed with SIGKILL at a ledger write', () => {
  /** More than any event of the session has. */
  const writes = 10
  /** How many kills; the long version is `npm run soak`. */
  const wanted = Number(process.env.COUNTERSIGN_KILLS ?? 30)
  itNeeds('POSIX')(
    `loses nothing that was written, and the cycle still comes to its end (${wanted} kills)`,
    async () => {
      for (let kills = 0; kills < wanted; ) {
        const one = await changed('findings')
        for (const step of session.slice(1)) {
          let isKilled = true
          // Each attempt gets as far as its first write, so that a stop is killed at every one of its writes in turn.
          for (let again = 0; isKilled && again < writes; again++) {
            const before = textOf(one)
            isKilled = await killedAtWrite(one, step)
            expect(textOf(one).startsWith(before)).toBe(true)
            kills += Number(isKilled)
          }
          if (isKilled) await one.fire(...step)
        }
        const kinds = one.ledger().map(({ kind }) => kind)
        expect(kinds.filter(kind => kind === 'countersigned')).toHaveLength(1)
        expect(kinds.filter(kind => kind === 'reviewed')).toHaveLength(1)
        expect(await processesIn(one.repo.root)).toEqual([])
      }
    },
    60_000 + wanted * 3_000,
  )
})

describe('state that cannot be written', () => {
  itNeeds('Linux')('because the disk is full: it is said, nothing is blocked', async () => {
    const one = gate({ begun: [] })
    mkdirSync(join(one.repo.root, '.git/countersign'))
    symlinkSync('/dev/full', ledgerFile(one))
    one.repo.write('a.js', 'changed')
    const { json, code } = await one.fire('Stop')
    expect(code).toBe(0)
    expect(json).toEqual({ systemMessage: expect.stringMatching(/the gate itself failed.*ENOSPC/) })
  })

  it('because its directory cannot be made: it is said, nothing is blocked', async () => {
    const one = gate({ begun: [] })
    writeFileSync(join(one.repo.root, '.git/countersign'), 'in the way')
    one.repo.write('a.js', 'changed')
    const { json, code } = await one.fire('Stop')
    expect(code).toBe(0)
    expect(json).toEqual({ systemMessage: expect.stringMatching(/the gate itself failed/) })
    expect((await one.fire('UserPromptSubmit', { prompt: 'x' })).code).toBe(0)
  })
})

describe('many at once', () => {
  it('twenty hooks run the tests once, and nobody is blocked but by the one answer', async () => {
    const one = gate({ test: 'sleep 1' })
    one.repo.write('a.js', 'changed')
    const replies = await Promise.all(Array.from({ length: 20 }, () => one.fire('Stop')))
    expect(one.testRuns()).toBe(1)
    expect(replies.filter(({ stdout }) => stdout !== '')).toHaveLength(1)
    expect(replies.every(({ code }) => code === 0)).toBe(true)
    expect(existsSync(join(one.repo.root, '.git/countersign/lock'))).toBe(false)
  }, 60_000)

  it('two sessions: the second leaves the first one’s run alone, and says so', async () => {
    const one = await changed('approve')
    one.env.CLAUDE_PID = String(process.pid)
    await one.fire('Stop')
    const { json } = await one.fire('Stop', { ...ready, session_id: 's2' })
    expect(json).toEqual({ systemMessage: expect.stringMatching(/another Claude Code session/) })
    expect(one.codexCalls()).toEqual([])
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })
})

itNeeds('Linux')('a run whose process has ended is taken over, whoever has its number now', async () => {
  const one = await changed('approve')
  one.env.CLAUDE_PID = String(process.pid)
  await one.fire('Stop')
  // Written down before whoever has this number now began.
  writeFileSync(ledgerFile(one), textOf(one).replace(/"at":"\d{4}/g, '"at":"2020'))
  expect((await one.fire('Stop', { ...ready, session_id: 's2' })).json?.systemMessage).toMatch(/countersigned/)
})

describe('a ledger', () => {
  it('of days ago is gone on with', async () => {
    const one = await changed('approve')
    await one.fire('Stop')
    const old = textOf(one).replace(/"at":"[^"]+"/g, '"at":"2020-01-01T00:00:00.000Z"')
    writeFileSync(ledgerFile(one), old)
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(one.testRuns()).toBe(1)
  })

  it('of the future (the clock went back) is gone on with', async () => {
    const one = await changed('approve')
    await one.fire('Stop')
    writeFileSync(ledgerFile(one), textOf(one).replace(/"at":"\d{4}/g, '"at":"2999'))
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })

  it('that is gone begins anew with the last commit', async () => {
    const one = await changed('approve')
    await one.fire('Stop')
    rmSync(join(one.repo.root, '.git/countersign'), { recursive: true })
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })
})
