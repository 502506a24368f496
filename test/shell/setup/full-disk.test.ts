import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { describeNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const cli = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))
const program = fileURLToPath(new URL('../../support/setup/full-disk.mjs', import.meta.url))

type Said = { status: number; stdout: string; stderr: string }
type Files = Record<string, string>
type Outcome = {
  amount: number
  before: Files
  first: Said
  after: Files
  healed: Said
  second: Said
  finished: Files
  state: string[]
}

function onFullDisk(command: string, amounts: number[]): Outcome[] {
  const args = ['-rm', process.execPath, program, cli, temporaryDirectory(), command, amounts.join()]
  const { stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
}

/** Kilobytes that are left: none for the lock, none for what git notes, none for the journal, for some files, enough. */
const runs: [string, number[]][] = [
  ['init', [0, 400, 16_000]],
  ['upgrade', [0, 16, 100, 16_000]],
]

// A small file system of its own, which needs a kernel that lets the user mount one.
describeNeeds('mount namespaces')('a disk that is really full', { timeout: 120_000 }, () => {
  it.each(runs)('leaves every file old or new, and the next %s finishes', (command, amounts) => {
    const outcomes = onFullDisk(command, amounts)
    const whole = outcomes.at(-1)!
    expect(whole.first).toMatchObject({ status: 0, stderr: '' })
    for (const { amount, before, first, after, healed, second, finished, state } of outcomes.slice(0, -1)) {
      expect({ amount, status: first.status, stderr: first.stderr }).toEqual({
        amount,
        status: 73,
        stderr: expect.stringMatching(/\(the disk is full\)\. Nothing was written\.\n$/),
      })
      expect(after).toEqual(before)
      // Before the first init, there is nothing for status to speak of.
      expect({ healed: healed.status, second: second.status }).toEqual({
        healed: command === 'init' ? 64 : 0,
        second: 0,
      })
      expect(finished).toEqual(whole.finished)
      expect(state).toEqual(whole.state)
    }
  })
})
