import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { type Brief, runBriefly } from '../../../src/shell/processes/run-briefly.ts'
import { itNeeds } from '../../support/platform.ts'

const run = (command: Brief['command'], more: Partial<Brief> = {}) =>
  runBriefly({ command, cwd: '/', env: process.env, deadlineMs: 5_000, ...more })

/** Empty once a process is gone; `Z` while nobody has taken note of its end. */
const stateOf = (pid: string): string => spawnSync('ps', ['-o', 'state=', '-p', pid]).stdout.toString().trim()

itNeeds('POSIX')('gives input, both outputs and the exit code', async () => {
  const { seconds, ...rest } = await run('cat; echo oops >&2; exit 3', { input: 'given' })
  expect(rest).toEqual({ exitCode: 3, cutShort: null, stdout: 'given', stderr: 'oops\n' })
  expect(seconds).toBeLessThan(5)
})

it('takes a file with arguments as they are', async () => {
  const file = process.execPath
  const { stdout } = await run({ file, args: ['-p', 'process.argv.length', '$HOME', 'a b'] })
  expect(stdout.trim()).toBe('3')
})

itNeeds('POSIX')('says when there is no such program, and when a signal ended it', async () => {
  expect(await run({ file: '/no/such/program', args: [] })).toMatchObject({
    exitCode: null,
    cutShort: expect.stringMatching(/^it cannot be started \(.*ENOENT\)$/),
  })
  expect(await run('kill -TERM $$')).toMatchObject({ exitCode: null, cutShort: 'killed by SIGTERM' })
})

itNeeds('POSIX')('ends the whole group at the deadline', async () => {
  const { cutShort, stdout, seconds } = await run('sleep 60 & echo $!; wait', { deadlineMs: 600 })
  expect(cutShort).toBe('no answer in 0.6 s')
  expect(seconds).toBeLessThan(5)
  expect(stateOf(stdout.trim())).toMatch(/^Z?$/)
})

it('a program that never reads its input is no failure', async () => {
  expect(await run('exit 0', { input: 'x'.repeat(1_000_000) })).toMatchObject({ exitCode: 0, cutShort: null })
})
