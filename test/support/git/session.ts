import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drive } from '../../../src/core/cycle/drive.ts'
import { decisions } from '../../../src/core/cycle/events/index.ts'
import { type Facts, inTheCourseOf } from '../../../src/core/cycle/facts.ts'
import type { Effect } from '../../../src/core/cycle/step.ts'
import { replay } from '../../../src/core/ledger/replay.ts'
import type { State } from '../../../src/core/ledger/state.ts'
import { endSession, findBase, followHead, knowCommits, seeThrough } from '../../../src/hook/perform/base.ts'
import type { Effects } from '../../../src/hook/perform/effects.ts'
import { sightOf } from '../../../src/hook/sight.ts'
import { Config } from '../../../src/model/config.ts'
import type { HookEvent } from '../../../src/model/hook-event.ts'
import type { HookedEvent } from '../../../src/model/hooked-events.ts'
import type { Happening, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import type { Scope } from '../../../src/model/repository.ts'
import { locate } from '../../../src/shell/git/git.ts'
import { compare } from '../../../src/shell/git/tree-diff.ts'
import { ready, typed } from '../cycle/cycle.ts'

/** Who writes a line: Claude in its turn, the user between two sessions, somebody else elsewhere. */
export type Writer = 'claude' | 'user' | 'other'

const config = Config.parse({
  version: 1,
  tests: [{ name: 'unit', command: 'x' }],
  limits: { testAttempts: 10, holds: 50, cycles: 10, codexCalls: 100 },
})

let made: string | null = null
/** Two branches, a remote, and somebody else's clone of it: made once, and copied for every session. */
function template(): string {
  if (made !== null) return made
  const dir = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-git-')))
  const work = join(dir, 'work')
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, stdio: 'pipe' })
  const commit = (name: string, text: string) => {
    writeFileSync(join(work, name), text)
    git(work, 'add', '-A')
    git(work, 'commit', '-q', '-m', name)
  }
  git(dir, 'init', '-q', '--bare', '-b', 'main', 'remote.git')
  git(dir, 'init', '-q', '-b', 'main', 'work')
  for (const name of ['a', 'b', 'c']) commit(name, `${name}\n`)
  git(work, 'switch', '-q', '-c', 'topic')
  commit('topic', 'topic\n')
  git(work, 'switch', '-q', 'main')
  commit('a', 'a\nmore\n')
  git(work, 'remote', 'add', 'origin', '../remote.git')
  git(work, 'push', '-q', 'origin', 'main')
  git(dir, 'clone', '-q', 'remote.git', 'other')
  git(join(dir, 'other'), 'remote', 'set-url', 'origin', '../remote.git')
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  made = dir
  return dir
}

/**
 * A session in a real repository with a remote: git is real, and so is what decides where the change begins. Tests are
 * green when they are said to be, and a review approves what it is given and remembers it.
 */
export class Session {
  readonly root: string
  readonly scope: Scope
  entries: LedgerEntry[] = []
  green = true
  /** Lines by who wrote them, and those that a signed review has seen. */
  written = new Map<string, Writer>()
  reviewed = new Set<string>()
  /** Lines in commits that pretend to have been fetched: they may pass, if it is said. */
  forged = new Set<string>()
  private readonly dir: string
  private reviewing: string[] = []
  private session = 1

  constructor() {
    this.dir = realpathSync.native(mkdtempSync(join(tmpdir(), 'countersign-git-')))
    cpSync(template(), this.dir, { recursive: true })
    this.root = join(this.dir, 'work')
    const found = locate(this.root)!
    this.scope = { ...found, stateDir: join(found.gitDir, 'countersign'), ignore: [] }
    this.fire('SessionStart', { source: 'startup' })
  }

  close(): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 })
  }

  /** Runs git, which may refuse; what it leaves half done is taken back. */
  git(...args: string[]): boolean {
    return this.gitIn(this.root, args)
  }

  private gitIn(cwd: string, args: string[], env: Record<string, string> = {}): boolean {
    const { status } = spawnSync('git', args, { cwd, stdio: 'ignore', env: { ...process.env, ...env } })
    if (status !== 0 && ['merge', 'rebase', 'cherry-pick', 'revert'].includes(args[0]!))
      spawnSync('git', [args[0]!, '--abort'], { cwd, stdio: 'ignore' })
    return status === 0
  }

  commit(message: string): boolean {
    this.git('add', '-A')
    return this.git('commit', '-q', '-m', message)
  }

  /** Adds a line of its own to a file. */
  write(file: string, writer: Writer, dir = this.root): string {
    const line = `line-${this.written.size}-${writer}`
    this.written.set(line, writer)
    const path = join(dir, file)
    let text = ''
    try {
      text = readFileSync(path, 'utf8')
    } catch {
      // A new file.
    }
    writeFileSync(path, `${text}${line}\n`)
    return line
  }

  /** Somebody else commits and pushes to the remote. */
  otherPushes(file: string): void {
    const other = join(this.dir, 'other')
    this.gitIn(other, ['pull', '-q', '--rebase'])
    this.write(file, 'other', other)
    this.gitIn(other, ['add', '-A'])
    const env = { GIT_COMMITTER_NAME: 'Other', GIT_COMMITTER_EMAIL: 'other@example.org', GIT_AUTHOR_NAME: 'Other' }
    this.gitIn(other, ['commit', '-q', '-m', 'by somebody else'], env)
    this.gitIn(other, ['push', '-q'])
  }

  /** An agent commits in a working tree of its own, on a branch that stays. */
  agentCommits(branch: string, file: string): void {
    const tree = join(this.dir, `agent-${branch}`)
    if (!this.git('worktree', 'add', '-q', '-B', branch, tree)) return
    this.write(file, 'claude', tree)
    this.gitIn(tree, ['add', '-A'])
    this.gitIn(tree, ['commit', '-q', '-m', 'by an agent'])
    this.git('worktree', 'remove', '--force', tree)
  }

  /** A commit with a line of Claude's that pretends to be somebody else's or old, and to have been fetched. */
  forge(file: string, how: 'committer' | 'date'): void {
    this.forged.add(this.write(file, 'claude'))
    for (const line of this.lines()) if (!this.reviewed.has(line)) this.forged.add(line)
    const env: Record<string, string> =
      how === 'date' ? { GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z' } : { GIT_COMMITTER_EMAIL: 'other@example.org' }
    this.git('add', '-A')
    this.gitIn(this.root, ['commit', '-q', '-m', 'forged'], env)
    this.git('update-ref', '-m', 'checkout: moving from a to b', 'refs/remotes/origin/forged', 'HEAD')
  }

  get state(): State {
    return replay(this.entries)
  }

  /** A turn ends. Returns the lines in the tree that nobody has reviewed and nobody was told of, when nothing is left to do. */
  stop(): string[] {
    this.fire('Stop', { last_assistant_message: ready })
    const { run, settled } = this.state
    if (run?.status === 'on' || settled?.tree !== this.sight().tree()) return []
    const said = this.entries.flatMap(entry => (entry.kind === 'head-moved' && entry.over?.commits ? [entry.over] : []))
    const passed = (line: string) => {
      const writer = this.written.get(line)!
      if (this.reviewed.has(line) || writer === 'other') return true
      // What the user left lying about is in the forged commit too.
      if (this.forged.has(line)) return said.length > 0
      return writer === 'user' && said.some(({ between }) => between)
    }
    return this.lines().filter(line => !passed(line))
  }

  endSession = (): void => this.fire('SessionEnd')
  startSession(): void {
    this.session++
    this.fire('SessionStart', { source: 'startup' })
  }
  prompt = (): void => this.fire('UserPromptSubmit', { prompt: 'go on' })

  /** The lines of the working tree that somebody in this test has written. */
  private lines(): string[] {
    const files = readdirSync(this.root, { withFileTypes: true }).filter(entry => entry.isFile())
    return files.flatMap(({ name }) =>
      readFileSync(join(this.root, name), 'utf8')
        .split('\n')
        .filter(line => this.written.has(line)),
    )
  }

  private sight = () => sightOf(() => this.scope)

  private fire(name: HookedEvent, fields: Partial<HookEvent> = {}): void {
    const event: HookEvent = { hook_event_name: name, session_id: `s${this.session}`, ...fields }
    const sight = this.sight()
    const done: Happening[] = []
    const write = (happened: Happening[]): State => {
      done.push(...happened)
      this.entries.push(...happened.map(entry => ({ v: 1, at: '2026-01-05T10:00:00.000Z', ...entry }) as LedgerEntry))
      return this.state
    }
    const effects = { setup: { root: this.root, scope: this.scope }, config, sight } as unknown as Effects
    const facts = (): Facts => ({
      tree: sight.tree(),
      settledHead: sight.tree() === this.state.settled?.tree ? sight.head() : undefined,
      partial: false,
      nested: { states: {}, changed: [] },
      hidden: [],
      beside: {},
      ownerBusy: false,
      besideAnother: false,
      anotherRuns: false,
      home: '',
      otherTree: null,
      withEvidence: (_, said) => said,
      inTurn: false,
      settingsOff: { now: [], before: [] },
      answerers: [],
      openers: [],
      head: sight.head(),
      session: event.session_id,
      pid: 7,
      ownerAlive: false,
      ...inTheCourseOf(done, event.last_assistant_message ?? ''),
      config,
      now: '2026-01-05T10:00:00.000Z',
      codexFound: true,
      newRunId: 'r1',
      mark: 'material-0',
      editedFile: null,
      surroundings: typed,
      scheduledInFiles: [],
      reportsDir: '/reports',
    })
    const steps = drive(this.state, now => decisions[name](now, facts(), event), write)
    let next = steps.next()
    while (!next.done) next = steps.next(this.perform(next.value.effect, next.value.state, effects))
    if (done.some(({ kind }) => kind === 'countersigned')) for (const line of this.reviewing) this.reviewed.add(line)
  }

  private perform(step: Effect, state: State, effects: Effects): Happening[] {
    if (step.do === 'see-through') return [seeThrough(state, effects)]
    if (step.do === 'end-session') return endSession(step, state, effects)
    if (step.do === 'know-commits') return [knowCommits(step.settled, effects)]
    if (step.do === 'find-base') return [findBase(effects)]
    if (step.do === 'follow-head') return [followHead(step, state, effects)]
    const { tree } = step.run
    const spent = { usage: { inputTokens: 0, outputTokens: 0 }, seconds: 0 }
    if (step.do === 'run-tests') {
      const result = this.green ? 'green' : 'red'
      return [{ kind: 'tests-ran', tree: effects.sight.tree(), after: null, result, seconds: 0, suites: [] }]
    }
    const patch = compare(this.scope, step.run.base.tree, tree, ['-p', '-U0'], []).stdout.toString()
    this.reviewing = patch.split('\n').flatMap(line => (this.written.has(line.slice(1)) ? [line.slice(1)] : []))
    return [
      {
        ...{ kind: 'reviewed', tree, verdict: 'approve', reviewed: ['a'], notReviewed: [], findings: [], resolved: [] },
        ...{ summary: '', model: null, thread: null, ...spent },
      },
    ]
  }
}
