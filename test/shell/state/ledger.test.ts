import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { replay } from '../../../src/core/ledger/replay.ts'
import { cleanEntries } from '../../../src/core/text/clean.ts'
import type { Happening } from '../../../src/model/ledger/ledger-entry.ts'
import type { Clean } from '../../../src/model/ledger/shape.ts'
import { appendLedger } from '../../../src/shell/state/append-ledger.ts'
import { readLedger } from '../../../src/shell/state/ledger.ts'
import { takeLock } from '../../../src/shell/state/lock.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const now = '2026-01-05T10:00:00.000Z'
// What is cleaned before is no matter of the file's.
const append = (dir: string, entries: Happening[]) => appendLedger(dir, entries as Clean<Happening>[], now)
const prompted = (text: string): Happening => ({ kind: 'prompted', session: 's1', text })
const started = (run: string): Happening => ({
  kind: 'run-started',
  run,
  session: 's1',
  pid: null,
  base: 'b',
  tree: 't',
  prompts: [],
})
const texts = (dir: string) =>
  readLedger(dir).entries.map(entry => (entry.kind === 'prompted' ? entry.text : entry.kind))

it('a torn line that began a run hides nothing of what was before it', () => {
  const dir = temporaryDirectory()
  const baseline = { kind: 'baseline', tree: 't', head: null } as const
  append(dir, [{ kind: 'paused' }, baseline])
  appendFileSync(join(dir, 'ledger.jsonl'), '{"v":1,"kind":"run-started","at":"2026')
  append(dir, [{ kind: 'resumed' }])
  const { entries, torn } = readLedger(dir)
  expect(entries.map(({ kind }) => kind)).toEqual(['paused', 'baseline', 'resumed'])
  expect(torn).toHaveLength(1)
})

it('a line that is short of a field is named as one that cannot be read, and began no run', () => {
  const dir = temporaryDirectory()
  append(dir, [prompted('one')])
  const short = ['{"v":1,"kind":"run-started","at":"2026"}', '{"v":1,"kind":"picked"}', 'null']
  appendFileSync(join(dir, 'ledger.jsonl'), short.map(line => `${line}\n`).join(''))
  append(dir, [prompted('two')])
  expect([texts(dir), readLedger(dir).torn]).toEqual([['one', 'two'], short])
})

describe('the ledger', () => {
  it('is empty before anything has happened', () =>
    expect(readLedger(temporaryDirectory())).toEqual({ entries: [], torn: [] }))

  it('takes only what has been cleaned', () => {
    const dir = temporaryDirectory()
    appendLedger(dir, cleanEntries([prompted('one\u202e')]), now)
    // @ts-expect-error Whoever forgets to clean is told by the compiler.
    appendLedger(dir, [prompted('two')], now)
    expect(texts(dir)).toEqual(['one', 'two'])
  })

  it('gives back what was appended, in order', () => {
    const dir = temporaryDirectory()
    append(dir, [prompted('one'), prompted('two')])
    append(dir, [prompted('three\nlines')])
    expect(texts(dir)).toEqual(['one', 'two', 'three\nlines'])
  })

  it('names a torn last line, keeps it, and loses nothing that comes after', () => {
    const dir = temporaryDirectory()
    append(dir, [prompted('one')])
    appendFileSync(join(dir, 'ledger.jsonl'), '{"v":1,"kind":"prom')
    append(dir, [prompted('two')])
    expect([texts(dir), readLedger(dir).torn]).toEqual([['one', 'two'], ['{"v":1,"kind":"prom']])
  })

  it('is read from the last run on, which gives the same state as all of it', () => {
    const dir = temporaryDirectory()
    const long = 'x'.repeat(100_000)
    for (let run = 1; run <= 8; run++)
      append(dir, [
        started(`r${run}`),
        prompted(long),
        { kind: 'countersigned', tree: `t${run}`, head: null, cycle: 1 },
      ])
    const { entries } = readLedger(dir)
    const all = readFileSync(join(dir, 'ledger.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(entries).toHaveLength(3)
    expect(replay(entries)).toEqual({ ...replay(all), prompts: replay(entries).prompts })
    expect(replay(entries).settled!.tree).toBe('t8')
  })

  it('keeps every line of many writers at once', async () => {
    const dir = temporaryDirectory()
    const script = join(dir, 'writer.cjs')
    await build({
      stdin: {
        contents: `import { appendLedger } from '${join(process.cwd(), 'src/shell/state/append-ledger.ts').replaceAll('\\', '/')}'
          for (let n = 0; n < 40; n++) appendLedger(process.argv[2], [{ kind: 'prompted', session: 's', text: process.argv[3] + n }], '')`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    })
    await Promise.all(
      Array.from({ length: 8 }, (_, writer) => promisify(execFile)('node', [script, dir, `w${writer}-`])),
    )
    expect(new Set(texts(dir)).size).toBe(320)
    expect(readLedger(dir).torn).toEqual([])
  })
})

describe('the lock', () => {
  it('is held by one at a time and given back', () => {
    const dir = temporaryDirectory()
    const release = takeLock(dir)!
    expect(takeLock(dir)).toBeNull()
    release()
    expect(existsSync(join(dir, 'lock'))).toBe(false)
    takeLock(dir)!()
  })
  it('of a process that is gone is taken over', async () => {
    const dir = temporaryDirectory()
    const child = execFile('node', ['-e', ''])
    const { pid } = child
    await new Promise(resolve => child.on('exit', resolve))
    writeFileSync(join(dir, 'lock'), String(pid))
    expect(takeLock(dir)).not.toBeNull()
  })
  it('of one that was killed before it could write its id is, too, after a moment', () => {
    const dir = temporaryDirectory()
    writeFileSync(join(dir, 'lock'), '')
    expect(takeLock(dir)).toBeNull()
    const tenSecondsAgo = Date.now() / 1000 - 10
    utimesSync(join(dir, 'lock'), tenSecondsAgo, tenSecondsAgo)
    expect(takeLock(dir)).not.toBeNull()
  })
})
