import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { describeNeeds } from '../support/platform.ts'
import { countersign } from '../support/programs/cli.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'

const secret = 'hunter2-and-then-some'
const stateOf = (one: Gate) => join(one.repo.root, '.git/countersign')

/** Every file and directory of the state, but git's own objects, which are compressed. */
function stateFiles(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap(entry => {
    const path = join(dir, entry.name)
    return entry.isDirectory() ? [path, ...stateFiles(path)] : [path]
  })
}
const open = (one: Gate) =>
  [stateOf(one), ...stateFiles(stateOf(one))].filter(path => (lstatSync(path).mode & 0o077) !== 0)
const inClear = (one: Gate) =>
  stateFiles(stateOf(one)).filter(path => lstatSync(path).isFile() && readFileSync(path).includes(secret))

function changed(options: Parameters<typeof gate>[0] = {}): Gate {
  const one = gate(options)
  one.repo.write('a.js', `const password = '${secret}'\n`)
  one.repo.write('.env', `PASSWORD=${secret}\n`)
  return one
}

/** A stop that Codex is at work in. */
async function inReview(one: Gate) {
  const child = one.start('Stop', ready)
  while (one.codexCalls().length === 0) await sleep(20)
  await sleep(200)
  return child
}

describeNeeds('POSIX')('what is remembered', () => {
  it('is private to the user, from the first event to the last, and what tests write is not', async () => {
    const one = changed({ play: 'findings', test: 'umask > mask' })
    one.repo.write('.gitignore', 'mask\n')
    for (const [event, fields] of [
      ['SessionStart', { source: 'startup' }],
      ['UserPromptSubmit', { prompt: 'make it so' }],
      ['Stop', ready],
      ['Stop', says('F1: needed, high — yes')],
      ['Stop', {}],
    ] as const) {
      await one.fire(event, fields)
      expect(open(one)).toEqual([])
    }
    expect(readFileSync(join(one.repo.root, 'mask'), 'utf8').trim()).toBe(process.umask().toString(8).padStart(4, '0'))
  })

  it('is so, too, where the command line has written it, and is made so where it lies open', async () => {
    const one = changed({ play: 'findings' })
    const before = process.umask(0o022)
    try {
      await countersign(one.repo.root, 'doctor')
      await countersign(one.repo.root, 'upgrade', '--yes')
      await one.fire('Stop', ready)
      await one.fire('Stop', says('F1: needed, high — yes'))
      one.repo.write('b.js', 'x')
      for (const name of ['config.json', 'objects']) rmSync(join(stateOf(one), name), { recursive: true, force: true })
      await countersign(one.repo.root, 'pick', 'none')
      await countersign(one.repo.root, 'status')
    } finally {
      process.umask(before)
    }
    expect(open(one)).toEqual([])
    for (const name of ['objects', 'config.json']) {
      mkdirSync(join(stateOf(one), 'objects'), { recursive: true })
      writeFileSync(join(stateOf(one), 'config.json'), '{}')
      chmodSync(join(stateOf(one), name), name === 'objects' ? 0o755 : 0o644)
      await one.fire('SessionStart', { source: 'startup' })
      expect(open(one)).toEqual([])
    }
  })

  it('of an earlier version is made so at the next event', async () => {
    const one = changed()
    mkdirSync(join(stateOf(one), 'reports'), { recursive: true })
    for (const file of ['ledger.jsonl', 'reports/findings-1.md'])
      writeFileSync(join(stateOf(one), file), '', { mode: 0o644 })
    for (const dir of ['', 'reports']) chmodSync(join(stateOf(one), dir), 0o755)
    await one.fire('UserPromptSubmit', { prompt: 'go on' })
    expect(open(one)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'holds no secret in clear while Codex is at work, nor after %s',
    async signal => {
      const one = changed({ play: 'hang' })
      one.repo.write('big.js', `// ${'x'.repeat(60)}\n`.repeat(5_000))
      const child = await inReview(one)
      expect(inClear(one)).toEqual([])
      const ended = new Promise(resolve => child.on('close', resolve))
      child.kill(signal)
      await ended
      expect(inClear(one)).toEqual([])
      const leftover = () => readdirSync(stateOf(one)).filter(name => /patch|lock/.test(name))
      if (signal !== 'SIGKILL') expect(leftover()).toEqual([])
      await one.fire('UserPromptSubmit', { prompt: 'go on' })
      expect(leftover().filter(name => name !== 'lock')).toEqual([])
    },
  )

  it('what an earlier version left in clear is removed at the next event, and what a living hook works with stays', async () => {
    const one = changed()
    one.repo.write('.git/countersign/change.4194303.patch', secret)
    one.repo.write('.git/countersign/changed-lines.4194303', secret)
    one.repo.write(`.git/countersign/change.${process.pid}.patch`, 'alive')
    await one.fire('SessionStart', { source: 'startup' })
    expect(inClear(one)).toEqual([])
    expect(existsSync(join(stateOf(one), `change.${process.pid}.patch`))).toBe(true)
  })
})
