import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import { fullHookPath, hookPath } from '../../../src/model/paths.ts'
import { contentHash } from '../../../src/shell/files/content-hash.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { scopeOf } from '../../../src/shell/state/setup-root.ts'
import { machineHas, needs } from '../platform.ts'
import { repository, type TestRepository, temporaryDirectory } from '../repository.ts'

const built = (name: string) => fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url))
const stub = fileURLToPath(new URL('./codex-stub.mjs', import.meta.url))
const clock = fileURLToPath(new URL('./clock.cjs', import.meta.url))

export type Answered = { stdout: string; stderr: string; code: number | null; seconds: number; json: Reply }
type Reply = {
  systemMessage?: string
  decision?: string
  reason?: string
  hookSpecificOutput?: {
    hookEventName: string
    additionalContext?: string
    permissionDecision?: string
    updatedInput?: { questions: { question: string; options: { label: string }[] }[] }
  }
} | null

export type Gate = {
  repo: TestRepository
  /** Sends an event to the built bundle, as Claude Code does, and waits for it. */
  fire(event: string, fields?: object): Promise<Answered>
  /** The same with these very bytes on stdin; `hold` leaves the pipe open. */
  send(input: string | Buffer, options?: { hold?: boolean; lateMs?: number }): Promise<Answered>
  /** What the bundle says of where the cycle stands. */
  report(mode: 'status' | 'findings'): string
  /** Starts an event and hands over the process. */
  start(event: string, fields?: object): ChildProcess
  env: Record<string, string>
  /** Whom the hook runs as, when it is not whoever runs the tests. */
  who: { uid?: number; gid?: number }
  /** Moves the clock of everything started from now on: seconds that have passed, and seconds by which it was set. */
  clock(moved: { passed?: number; set?: number }): void
  ledger(): LedgerEntry[]
  /** How often the test command was really run. */
  testRuns(): number
  /** How often the stub was really asked, by `review` or `rebuttal`. */
  codexCalls(): string[]
  /** What it was asked, word for word. */
  prompts(): string[]
  /** What its arguments were, call by call. */
  args(): string[][]
}

/**
 * A repository with a one-line test command that counts its runs, the built bundle, and a `codex` on PATH that plays the
 * part `play` names; see codex-stub.mjs. `home` is the directory that is set up, from the root; `begun` are sessions that the
 * gate has seen begin already.
 *
 * `test` is a line of sh, so that a test with a gate needs a POSIX shell.
 */
export function gate({
  play = 'approve',
  config = '',
  test = 'exit 0',
  codex = true,
  home = '.',
  begun = ['s1', 's2', 's3'],
} = {}): Gate {
  needs('a POSIX shell')
  const repo = repository()
  const project = join(repo.root, home)
  const outside = temporaryDirectory()
  const [runs, calls, bin] = [join(outside, 'runs'), join(outside, 'calls'), join(outside, 'bin')]
  mkdirSync(bin)
  if (codex) installStub(bin)
  repo.write(`${home}/${hookPath}`, readFileSync(built('hook.cjs')))
  repo.write(`${home}/${fullHookPath}`, readFileSync(built('hook-full.cjs')))
  repo.write(
    `${home}/.claude/countersign.yaml`,
    `version: 1\ntests:\n  - name: unit\n    command: "sh ./suite.sh"\n${config}`,
  )
  repo.write(`${home}/suite.sh`, `echo run >> "${runs}"\n${test}\n`)
  repo.write(`${home}/a.js`, 'export const a = 1\n')
  repo.commit()
  const { stateDir } = scopeOf(locate(repo.root)!, project)
  if (begun.length > 0) mkdirSync(stateDir, { recursive: true, mode: 0o700 })
  if (begun.length > 0) writeFileSync(join(stateDir, 'ledger.jsonl'), begun.map(asBegun).join(''), { mode: 0o600 })
  const path = [bin, ...(process.env.PATH ?? '').split(delimiter).filter(dir => !existsSync(join(dir, 'codex')))]
  const env = {
    PATH: path.join(delimiter),
    HOME: outside,
    CODEX_API_KEY: 'k',
    STUB_PLAY: play,
    STUB_CALLS: calls,
    CLAUDE_PROJECT_DIR: project,
  }
  const hook = join(project, hookPath)
  const spawnHook = () => {
    const child = spawn(process.execPath, [hook], {
      cwd: project,
      env: self.env,
      detached: true,
      ...self.who,
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  const event = (name: string, fields: object) =>
    JSON.stringify({ hook_event_name: name, session_id: 's1', cwd: env.CLAUDE_PROJECT_DIR, ...fields })
  const self: Gate = {
    repo,
    env,
    who: {},
    fire: (name, fields = {}) => self.send(`${event(name, fields)}\n`),
    send: (input, { hold = false, lateMs = 0 } = {}) => {
      const child = spawnHook()
      setTimeout(() => {
        child.stdin.on('error', () => {})
        child.stdin.write(input)
        if (!hold) child.stdin.end()
      }, lateMs)
      return answered(child)
    },
    clock({ passed = 0, set = 0 }) {
      writeFileSync(join(outside, 'clock'), `${passed} ${set}`)
      Object.assign(env, {
        TEST_CLOCK: join(outside, 'clock'),
        NODE_OPTIONS: `--require "${clock.replaceAll('\\', '/')}"`,
      })
    },
    report: mode => execFileSync(process.execPath, [hook, mode], { cwd: project, env: self.env }).toString(),
    start(name, fields = {}) {
      const child = spawnHook()
      child.stdin.end(`${event(name, fields)}\n`)
      return child
    },
    ledger: () =>
      lines(join(scopeOf(locate(repo.root)!, project).stateDir, 'ledger.jsonl'))
        .map(line => JSON.parse(line))
        .filter(({ at }) => at !== longAgo),
    testRuns: () => lines(runs).length,
    codexCalls: () => lines(calls),
    prompts: () => lines(`${calls}.prompts`).map(line => JSON.parse(line)),
    args: () => lines(`${calls}.args`).map(line => JSON.parse(line)),
  }
  return self
}

const longAgo = '1970-01-01T00:00:00.000Z'
const asBegun = (session: string): string =>
  `${JSON.stringify({ v: 1, kind: 'session', at: longAgo, session, pid: null, phase: 'started', inside: true })}\n`

/** Makes the hook in `root` what another build would have written: the second file differs, and the first knows it. */
export function buildAnew(root: string, change: (second: string) => string = second => `${second}// another build\n`) {
  const [first, second] = [join(root, hookPath), join(root, fullHookPath)]
  const before = readFileSync(second, 'utf8')
  const after = change(before)
  writeFileSync(second, after)
  writeFileSync(first, readFileSync(first, 'utf8').replace(contentHash(before), contentHash(after)))
}

const lines = (file: string): string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : []

function answered(child: ChildProcess): Promise<Answered> {
  const started = performance.now()
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', data => {
    stdout += data
  })
  child.stderr!.on('data', data => {
    stderr += data
  })
  return new Promise(resolve =>
    child.on('close', code => {
      const seconds = (performance.now() - started) / 1000
      resolve({ stdout, stderr, code, seconds, json: stdout.trim() ? JSON.parse(stdout) : null })
    }),
  )
}

function installStub(bin: string): void {
  const file = join(bin, 'codex')
  const call = `"${process.execPath}" "${stub}"`
  // What Codex is asked about itself is answered by the shell, in a tenth of the time that Node takes to start.
  const probes = `case "$1 $3" in 'mcp '*) echo '[]'; exit;; 'sandbox '*|'debug '*|'features '*|*' --help') exit;; esac`
  if (machineHas('POSIX')) writeFileSync(file, `#!/bin/sh\n${probes}\nexec ${call} "$@"\n`, { mode: 0o755 })
  else writeFileSync(`${file}.cmd`, `@${call} %*\r\n`)
}

/** Claude's answer in the form the gate asks for. */
export const says = (...text: string[]): { last_assistant_message: string } => ({
  last_assistant_message: ['Done.', '```countersign', ...text, '```'].join('\n'),
})
export const ready = says('self-review: ready')
