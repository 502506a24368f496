import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Command, type CommandRun, runCommand } from '../../../src/shell/processes/run-command.ts'
import { describeNeeds, itNeeds, machineHas } from '../../support/platform.ts'

let dir: string
let nodeEntry: string
let host: string

beforeAll(async () => {
  dir = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-')))
  nodeEntry = join(dir, 'entry.cjs')
  host = join(dir, 'host.cjs')
  await bundle(
    nodeEntry,
    `import { supervise } from './src/shell/processes/supervisor.ts'; supervise(process.argv.slice(3))`,
  )
  // A caller like the hook, to be killed.
  await bundle(
    host,
    `import { runCommand } from './src/shell/processes/run-command.ts'
     const given = { cwd: process.cwd(), env: process.env, deadlineMs: 60_000, nodeEntry: ${JSON.stringify(nodeEntry)} }
     runCommand({ ...given, command: process.argv[2], onLine: line => console.log(line) })`,
  )
})

afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function bundle(outfile: string, contents: string) {
  const stdin = { contents, resolveDir: process.cwd() }
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs' })
}

const run = (command: Command['command'], given: Partial<Command> = {}) =>
  runCommand({ command, cwd: process.cwd(), env: process.env, deadlineMs: 20_000, nodeEntry, ...given })

/** A script that this Node runs, with `mark` in its command line. */
const script = (code: string, mark = 'script') => ({ file: process.execPath, args: ['-e', code, mark] })

/** How many processes have `mark` among their arguments. */
function alive(mark: string): number {
  const commandLines = readdirSync('/proc').map(name => {
    try {
      return /^\d+$/.test(name) ? readFileSync(`/proc/${name}/cmdline`, 'utf8') : ''
    } catch {
      return ''
    }
  })
  return commandLines.filter(line => line.includes(mark)).length
}

/** A number of seconds to sleep that no other process sleeps. */
let sleeps = 0
const sleeper = () => `9${process.pid}.${++sleeps}`

async function soon(condition: () => boolean, withinMs = 3000) {
  for (const until = Date.now() + withinMs; !condition() && Date.now() < until; ) await sleep(10)
  return condition()
}

const how = ({ ended, exitCode, signal }: CommandRun) => ({ ended, exitCode, signal })

describe('a command that ends by itself', () => {
  it('gives its exit code and both streams, apart and together', async () => {
    const result = await run(script(`console.log('a'); console.error('b'); process.exitCode = 3`))
    expect(how(result)).toEqual({ ended: 'exited', exitCode: 3, signal: null })
    expect(result).toMatchObject({ stdout: 'a\n', stderr: 'b\n', truncated: false })
    expect(result.output.split('\n').sort()).toEqual(['', 'a', 'b'])
    expect(result.seconds).toBeGreaterThan(0)
  })

  it('runs a line in the shell', async () => {
    const result = await run(machineHas('POSIX') ? 'echo "$GREETING" && exit 4' : 'echo %GREETING%&& exit 4', {
      env: { ...process.env, GREETING: 'hello there' },
    })
    expect({ ...how(result), stdout: result.stdout.trim() }).toEqual({
      ended: 'exited',
      exitCode: 4,
      signal: null,
      stdout: 'hello there',
    })
  })

  it('passes arguments as they are', async () => {
    const args = ['a b', '"q"', '$HOME', '*', 'é', '']
    const { stdout } = await run({
      file: process.execPath,
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...args],
    })
    expect(JSON.parse(stdout)).toEqual(args)
  })

  it('gets its input and then the end of it', async () => {
    const input = 'é\n'.repeat(200_000)
    const { stdout } = await run(
      script(`process.stdin.on('data', d => n += d.length).on('end', () => console.log(n)); let n = 0`),
      {
        input,
      },
    )
    expect(stdout).toBe(`${Buffer.byteLength(input)}\n`)
  })

  it('finds stdin empty when there is no input', async () => {
    const { stdout } = await run(script(`console.log(require('fs').readFileSync(0, 'utf8').length)`))
    expect(stdout).toBe('0\n')
  })

  it('may leave its input unread', async () => {
    const result = await run(script('process.exit(0)'), { input: 'x'.repeat(5_000_000) })
    expect(how(result)).toEqual({ ended: 'exited', exitCode: 0, signal: null })
  })

  it('is heard line by line while it runs', async () => {
    const heard: [string, number][] = []
    await run(script(`console.log('{"a":1}'); setTimeout(() => process.stdout.write('last, no newline'), 600)`), {
      onLine: line => heard.push([line, Date.now()]),
    })
    expect(heard.map(([line]) => line)).toEqual(['{"a":1}', 'last, no newline'])
    expect(heard[1]![1] - heard[0]![1]).toBeGreaterThan(400)
  })

  itNeeds('POSIX')('says which signal killed it', async () => {
    expect(how(await run(script(`process.kill(process.pid, 'SIGKILL')`)))).toEqual({
      ended: 'signalled',
      exitCode: null,
      signal: 'SIGKILL',
    })
  })
})

describe('a command that does not start', () => {
  it.each([
    ['is missing', { command: { file: 'no-such-program-anywhere', args: [] } }],
    ['has no directory', { cwd: join(process.cwd(), 'no-such-directory') }],
  ])('because it %s', async (_, given) => {
    const result = await run(script(''), given)
    expect(how(result)).toEqual({ ended: 'not-started', exitCode: null, signal: null })
    expect(result.stderr).toMatch(/ENOENT/)
  })
})

describe('what is printed', () => {
  it('is kept at both ends only, whatever its size', async () => {
    const before = process.memoryUsage().rss
    const result = await run(
      script(`const print = text => require('fs').writeSync(1, text); print('first\\n')
        for (let i = 0; i < 1600; i++) print(('y'.repeat(1023) + '\\n').repeat(64)); print('last\\n')`),
    )
    expect(how(result)).toEqual({ ended: 'exited', exitCode: 0, signal: null })
    expect(result.truncated).toBe(true)
    expect(result.stdout.replace(/(y{5,}\n?)+/g, '#')).toBe('first\n#… 104529931 bytes left out …\n#last\n')
    expect([result.output === result.stdout, result.stdout.length < 330_000]).toEqual([true, true])
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6)
  })

  it('may be one endless line', async () => {
    const lengths: number[] = []
    const result = await run(script(`for (let i = 0; i < 20; i++) require('fs').writeSync(1, 'x'.repeat(1e6))`), {
      onLine: line => lengths.push(line.length),
    })
    expect(result.truncated).toBe(true)
    expect(lengths.reduce((sum, length) => sum + length)).toBe(20e6)
    expect(Math.max(...lengths)).toBeLessThan(9e6)
  })
})

describeNeeds('Linux')('nothing is left running', () => {
  const trapped = (seconds: string) =>
    `trap '' TERM INT HUP; sleep ${seconds} & sleep ${seconds} & wait; wait; sleep ${seconds}`
  const hangs: [what: string, command: (seconds: string) => Command['command']][] = [
    ['hangs', seconds => `sleep ${seconds}`],
    ['ignores SIGTERM', trapped],
    ['has grandchildren that ignore it', seconds => `(${trapped(seconds)}) & sleep ${seconds}`],
    ['prints without end', seconds => `yes ${seconds}`],
    ['puts a part of itself into another group', seconds => `timeout 9000 sleep ${seconds} & sleep ${seconds}`],
    [
      'has a part in another group that ignores it',
      seconds => `timeout 9000 sh -c "${trapped(seconds)}" & sleep ${seconds}`,
    ],
    ['puts a part of itself into another session', seconds => `setsid -w sleep ${seconds}; true`],
    ['stops itself', seconds => `sleep ${seconds} & kill -STOP $$`],
    ['closed its output', seconds => `exec >&- 2>&-; sleep ${seconds}`],
  ]

  it.each(hangs)('of one that %s, at the deadline', async (_, command) => {
    const seconds = sleeper()
    const running = run(command(seconds), { deadlineMs: 1000 })
    expect(await soon(() => alive(seconds) > 0, 900)).toBe(true)
    const result = await running
    expect(how(result)).toEqual({ ended: 'timed-out', exitCode: null, signal: null })
    expect(result.seconds).toBeLessThan(2)
    expect(alive(seconds)).toBe(0)
  })

  it.each([
    ['an orphan that holds the pipe', (seconds: string) => `sleep ${seconds} & echo done`],
    ['one that ignores SIGTERM', (seconds: string) => `(${trapped(seconds)}) & echo done`],
    ['one in another group', (seconds: string) => `timeout 9000 sleep ${seconds} & echo done`],
  ])('of a command that exits and leaves %s', async (_, command) => {
    const seconds = sleeper()
    const result = await run(command(seconds))
    expect({ ...how(result), stdout: result.stdout }).toEqual({
      ended: 'exited',
      exitCode: 0,
      signal: null,
      stdout: 'done\n',
    })
    expect(result.seconds).toBeLessThan(2)
    expect(alive(seconds)).toBe(0)
  })

  it.each([
    ['a daemon', (seconds: string) => `setsid sh -c 'sleep ${seconds} & echo $!'; echo done`],
    ['a daemon that ignores SIGTERM', (seconds: string) => `setsid sh -c "(${trapped(seconds)}) & echo $!"; echo done`],
    [
      'one whose parents have all ended',
      (seconds: string) => `(setsid -f sh -c '(setsid -f sleep ${seconds})'); echo done`,
    ],
  ])('nor of one that leaves %s, known by its environment', async (_, command) => {
    const seconds = sleeper()
    const result = await run(command(seconds))
    expect(result.seconds).toBeLessThan(2)
    expect(result.stdout).toMatch(/done\n$/)
    expect(await soon(() => alive(seconds) === 0)).toBe(true)
  })

  it('but whatever was there before', async () => {
    const seconds = sleeper()
    const other = spawn('sleep', [seconds], { stdio: 'ignore', detached: true })
    onTestFinished(() => void other.kill())
    await run('setsid -f sleep 1; echo done')
    expect(existsSync(`/proc/${other.pid}`)).toBe(true)
  })

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('when %s ends the caller', async signal => {
    const seconds = sleeper()
    const caller = spawn(process.execPath, [host, trapped(seconds)], { stdio: 'ignore' })
    expect(await soon(() => alive(`sleep\0${seconds}`) === 2)).toBe(true)
    caller.kill(signal)
    await once(caller, 'exit')
    expect(await soon(() => alive(seconds) === 0, 1500)).toBe(true)
  })

  it('when the caller’s whole group is killed', async () => {
    const seconds = sleeper()
    const caller = spawn(process.execPath, [host, trapped(seconds)], { stdio: 'ignore', detached: true })
    expect(await soon(() => alive(`sleep\0${seconds}`) === 2)).toBe(true)
    process.kill(-caller.pid!, 'SIGKILL')
    expect(await soon(() => alive(seconds) === 0, 1500)).toBe(true)
  })

  it('when the supervisor itself is killed, which is told apart from an exit', async () => {
    const seconds = sleeper()
    const result = await run(`kill -9 $PPID; sleep ${seconds}`)
    expect(how(result)).toEqual({ ended: 'stopped', exitCode: null, signal: null })
    expect(await soon(() => alive(seconds) === 0)).toBe(true)
  })
})
