import { readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { fullHookPath, hookPath } from '../../src/model/paths.ts'
import { probeKey } from '../../src/model/probe.ts'
import { type Gate, gate, ready } from '../support/programs/gate.ts'

const read = (one: Gate, path: string) => readFileSync(join(one.repo.root, path), 'utf8')
const append = (one: Gate, path: string) => one.repo.write(path, `${read(one, path)}// edited\n`)
const upgrade = 'Run: npx countersign upgrade'

describe('a hook whose two files do not belong together', () => {
  const mismatches: [string, (one: Gate) => void, string][] = [
    ['the second is missing', one => rmSync(join(one.repo.root, fullHookPath)), `${fullHookPath} is missing.`],
    [
      'the second is another one',
      one => append(one, fullHookPath),
      `${fullHookPath} is not the file that ${hookPath} was built with.`,
    ],
    [
      'the first is another one',
      one => append(one, hookPath),
      `${hookPath} is not the file that ${fullHookPath} was built with.`,
    ],
    [
      'git left a merge in the second',
      one => one.repo.write(fullHookPath, `<<<<<<< HEAD\n${read(one, fullHookPath)}`),
      `${fullHookPath} is not the file`,
    ],
  ]

  it.each(mismatches)('says so at a stop and at a session’s start, and blocks nothing: %s', async (_, spoil, what) => {
    const one = gate()
    one.repo.write('a.js', 'export const a = 2\n')
    spoil(one)
    for (const event of ['Stop', 'SessionStart']) {
      const { code, stderr, stdout, json } = await one.fire(event, ready)
      expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 })
      expect(json).toEqual({ systemMessage: expect.stringContaining(`nothing is tested or reviewed: ${what}`) })
      expect(json?.systemMessage).toContain(upgrade)
    }
    for (const event of ['UserPromptSubmit', 'TaskCompleted', 'SessionEnd'])
      expect(await one.fire(event)).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(one.ledger()).toEqual([])
  })

  it('says so to `doctor` and to who asks for the findings', async () => {
    const one = gate()
    rmSync(join(one.repo.root, fullHookPath))
    const asked = await one.fire('Stop', { [probeKey]: 'x' })
    expect(asked).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining(upgrade) })
    const options = { cwd: one.repo.root, env: one.env, extendEnv: false, reject: false } as const
    const { exitCode, stdout } = await execa(process.execPath, [join(one.repo.root, hookPath), 'findings'], options)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining(upgrade) })
  })
})

describe('a hook of two files runs', () => {
  const runs = async (one: Gate) => {
    one.repo.commit()
    one.repo.write('a.js', 'export const a = 2\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/✓ countersigned in cycle 1/)
  }

  it('also with the line ends and the byte order mark of another checkout', async () => {
    const one = gate()
    for (const path of [hookPath, fullHookPath])
      one.repo.write(path, `\uFEFF${read(one, path).replaceAll('\n', '\r\n')}`)
    await runs(one)
  })

  it.skipIf(process.platform === 'win32')('also where a link leads to the first alone', async () => {
    const one = gate()
    one.repo.write('shared/keep', '')
    renameSync(join(one.repo.root, hookPath), join(one.repo.root, 'shared/gate.cjs'))
    symlinkSync('../../shared/gate.cjs', join(one.repo.root, hookPath))
    await runs(one)
  })
})

it.each(['hook.cjs', 'hook-full.cjs'])('what an auditor reads in %s is what runs: no code is made from text', name => {
  const text = readFileSync(fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)), 'utf8')
  expect(text.match(/node:vm|compileFunction|\b_compile\b|\beval\(|\bFunction\(/g)).toBeNull()
  expect(text).toMatch(/^\/\/ src\/hook\/[a-z-]+\.ts$/m)
  // As linters and editors leave it: what they changed would be another file.
  expect(text).not.toMatch(/[ \t]$/m)
})
