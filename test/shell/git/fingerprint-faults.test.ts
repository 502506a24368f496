import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../../src/model/repository.ts'
import { fingerprint } from '../../../src/shell/git/fingerprint.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { copyIndex } from '../../../src/shell/git/private-index.ts'
import { repository, type TestRepository, temporaryDirectory } from '../../support/repository.ts'

function start(): { repo: TestRepository; scope: Scope } {
  const repo = repository({ 'a.js': 'a', 'b.js': 'b', '.gitignore': '*.log\n' })
  repo.write('a.js', 'edited')
  repo.write('untracked.js', 'u')
  const found = locate(repo.root)!
  return { repo, scope: { ...found, stateDir: join(found.gitDir, 'countersign'), ignore: [] } }
}

/** What somebody who never looked before would say. */
const afresh = (scope: Scope) => fingerprint({ ...scope, stateDir: temporaryDirectory() })

describe('the kept index', () => {
  const damages: [is: string, damage: (file: (name: string) => string) => void][] = [
    ['gone', file => rmSync(file('index'))],
    ['cut short', file => truncateSync(file('index'), 40)],
    ['empty', file => truncateSync(file('index'))],
    ['no index at all', file => writeFileSync(file('index'), 'x'.repeat(500))],
    ['damaged ahead of a right checksum', file => overwrite(file('index'), 'XXXX')],
    ['without its memo', file => rmSync(file('fingerprint.json'))],
    ['beside a torn memo', file => truncateSync(file('fingerprint.json'), 20)],
    ['without its objects', file => rmSync(file('objects'), { recursive: true })],
    ['beside a file where its objects were', file => fileForObjects(file('objects'))],
    ['gone with everything of ours', file => rmSync(file('.'), { recursive: true })],
    ['beside the locks of processes that were killed', file => lock(file)],
  ]
  function fileForObjects(path: string) {
    rmSync(path, { recursive: true })
    writeFileSync(path, '')
  }
  function overwrite(path: string, text: string) {
    const bytes = readFileSync(path)
    bytes.write(text)
    writeFileSync(path, bytes)
  }
  function lock(file: (name: string) => string) {
    for (const name of ['index.lock', `index.${process.pid}`, `index.${process.pid}.lock`, 'index.1.lock']) {
      writeFileSync(file(name), 'half')
    }
  }

  it.each(damages)('is %s: the next answers are right all the same', (_, damage) => {
    const { repo, scope } = start()
    fingerprint(scope)
    damage(name => join(scope.stateDir, name))
    expect(fingerprint(scope)).toBe(afresh(scope))
    repo.write('b.js', 'more')
    expect(fingerprint(scope)).toBe(afresh(scope))
  })
})

describe('an index that is taken over', () => {
  it('is believed only where the memo speaks of that very file', () => {
    const { scope } = start()
    const index = join(scope.stateDir, 'index')
    fingerprint(scope)
    const everything = readFileSync(index)
    const narrow = { ...scope, ignore: ['b.js'] }
    const tree = fingerprint(narrow)
    writeFileSync(index, everything)
    expect(fingerprint(narrow)).toBe(tree)
  })

  it('never looks younger than it is, or git would not look twice at a file as young', () => {
    const { scope } = start()
    const [from, to] = [join(scope.gitDir, 'index'), join(temporaryDirectory(), 'index')]
    expect(copyIndex(from, to)).toBe(true)
    expect(statSync(to).mtimeMs).toBeLessThanOrEqual(statSync(from).mtimeMs)
    expect(statSync(to).mtimeMs).toBeGreaterThan(statSync(from).mtimeMs - 1001)
    expect(copyIndex(join(scope.gitDir, 'no-index'), to)).toBe(false)
  })
})

/** A program that prints the fingerprint of the scope given as its argument. */
async function program(): Promise<string> {
  const file = join(temporaryDirectory(), 'fingerprint.mjs')
  const contents = `import { fingerprint } from './src/shell/git/fingerprint.ts'
    process.stdout.write(fingerprint(JSON.parse(process.argv[2])))`
  const entry = { contents, resolveDir: process.cwd() }
  await build({ stdin: entry, outfile: file, bundle: true, platform: 'node', format: 'esm' })
  return file
}

async function printed(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout!.on('data', data => (text += data))
  await once(child, 'close')
  return text
}

describe('many at once', () => {
  it('eight processes all say the same, edit after edit', async () => {
    const { repo, scope } = start()
    const file = await program()
    for (let edit = 0; edit < 4; edit++) {
      repo.write('b.js', `edit ${edit}`)
      const said = await Promise.all(
        Array.from({ length: 8 }, () => printed(spawn(process.execPath, [file, JSON.stringify(scope)]))),
      )
      expect(said).toEqual(Array(8).fill(afresh(scope)))
    }
    expect(readdirSync(scope.stateDir).sort()).toEqual(['fingerprint.json', 'index', 'objects'])
  })

  it('one killed at any moment leaves nothing that bends the next', async () => {
    const { repo, scope } = start()
    const file = await program()
    for (let delayMs = 20; delayMs < 120; delayMs += 5) {
      repo.write('b.js', `edit ${delayMs}`)
      const child = spawn(process.execPath, [file, JSON.stringify(scope)], { stdio: 'ignore' })
      await sleep(delayMs)
      child.kill('SIGKILL')
      expect(fingerprint(scope)).toBe(afresh(scope))
    }
  })
})
