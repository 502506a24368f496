import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const state = (one: Gate): string => join(one.repo.root, '.git/countersign')
const start = async (options: Parameters<typeof gate>[0] = {}): Promise<Gate> => {
  const one = gate({ play: 'reads-all', begun: [], ...options })
  await one.fire('SessionStart', { source: 'startup' })
  await one.fire('UserPromptSubmit', { prompt: 'change it' })
  return one
}
/** What `init` writes: all that is there has nothing left to do. */
const settle = async (one: Gate): Promise<void> => {
  one.repo.git('add', '-A')
  const tree = one.repo.git('write-tree')
  mkdirSync(state(one), { recursive: true })
  const line = { v: 1, kind: 'baseline', at: '2026-01-05T10:00:00.000Z', tree, head: one.repo.git('rev-parse', 'HEAD') }
  writeFileSync(join(state(one), 'ledger.jsonl'), `${JSON.stringify(line)}\n`)
  one.repo.git('reset', '-q')
}
const lost = /! the gate has no record of this session: \.git\/countersign was removed, or the setup came, after/

describe('what the gate remembers is gone in the middle of a session', () => {
  it.each([
    ['all of it', '.'],
    ['the ledger alone', 'ledger.jsonl'],
  ])('%s: told once, and what is there is reviewed', async (_, what) => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    rmSync(join(state(one), what), { recursive: true })
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(lost)
    expect(json?.systemMessage).toMatch(/from HEAD \([0-9a-f]{8}\): what was committed in this session before is not/)
    expect(json?.systemMessage).toMatch(/✓ countersigned/)
    one.repo.write('a.js', 'mine again\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/^Countersign: ✓ tests green[^!]*countersigned/)
  })

  it('with nothing changed, a stop says so and is silent from then on', async () => {
    const one = await start()
    rmSync(state(one), { recursive: true })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(lost)
    expect((await one.fire('Stop')).stdout).toBe('')
  })

  it('a commit that no remote has is part of the change', async () => {
    const one = await start()
    const remote = join(temporaryDirectory(), 'remote.git')
    one.repo.git('init', '-q', '--bare', remote)
    one.repo.git('remote', 'add', 'origin', remote)
    one.repo.git('push', '-q', 'origin', 'HEAD:main')
    one.repo.write('a.js', 'committed\n')
    one.repo.commit('by Claude')
    rmSync(state(one), { recursive: true })
    const said = (await one.fire('Stop', ready)).json?.systemMessage
    expect(said).toMatch(/the last commit that a remote has, 1 commit before HEAD/)
    expect(said).toMatch(/Codex reviewed 1 file .*✓ countersigned/s)
  })

  it('a list that waited for the user is not settled by that', async () => {
    const one = await start({ play: 'dispute' })
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop', ready)
    rmSync(state(one), { recursive: true })
    expect((await one.fire('UserPromptSubmit', { prompt: 'pick none' })).json?.systemMessage).toMatch(lost)
    expect(one.ledger().some(({ kind }) => kind === 'countersigned')).toBe(false)
    expect((await one.fire('Stop', says('nothing'))).stdout).not.toBe('')
  })

  it('what Claude wrote into the configuration before does not apply, and is said', async () => {
    const one = await start()
    one.repo.write('.claude/countersign.yaml', 'version: 1\nignore: ["**"]\n')
    one.repo.write('a.js', 'mine\n')
    rmSync(state(one), { recursive: true })
    const said = (await one.fire('Stop', ready)).json?.systemMessage
    expect(said).toMatch(/countersign\.yaml differs there, and what it says there applies until your next prompt/)
    expect(said).toMatch(/tests green/)
  })

  it.each(['SessionEnd', 'ConfigChange'])('noticed at %s alone, it is told in the next session', async event => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    one.repo.commit('by Claude')
    rmSync(state(one), { recursive: true })
    await one.fire(event)
    const next = await one.fire('SessionStart', { source: 'startup', session_id: 'next' })
    expect(next.json?.systemMessage).toMatch(lost)
  })

  it.each([
    [
      'a session that was started meanwhile',
      (one: Gate) => one.fire('SessionStart', { source: 'startup', session_id: 'x' }),
    ],
    ['an `init` that was run meanwhile', settle],
  ])('a baseline of %s is no base', async (_, settles) => {
    const one = await start()
    one.repo.write('a.js', 'mine\n')
    rmSync(state(one), { recursive: true })
    await settles(one)
    const said = (await one.fire('Stop', ready)).json?.systemMessage
    expect(said).toMatch(lost)
    expect(said).toMatch(/✓ countersigned/)
  })
})

it('a session that begins in a fresh clone, and one that is compacted, are told nothing', async () => {
  const one = await start()
  expect(existsSync(state(one))).toBe(true)
  const again = await one.fire('SessionStart', { source: 'compact' })
  expect(again.json?.systemMessage).toBeUndefined()
  one.repo.write('a.js', 'mine\n')
  expect((await one.fire('Stop', ready)).json?.systemMessage).not.toMatch(lost)
})

it('a setup that is in no commit may have come in mid-session: what it found stays the base, and that is said', async () => {
  const one = gate({ begun: [] })
  one.repo.git('rm', '-q', '-r', '--cached', '.claude')
  one.repo.git('commit', '-q', '-m', 'without the setup')
  await settle(one)
  expect((await one.fire('Stop')).json?.systemMessage).toMatch(/What had changed when it was set up is not reviewed/)
  expect((await one.fire('Stop')).stdout).toBe('')
})
