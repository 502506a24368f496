import { drive } from '../../../src/core/cycle/drive.ts'
import { decisions } from '../../../src/core/cycle/events/index.ts'
import type { Surroundings } from '../../../src/core/cycle/facts.ts'
import { type Facts, inTheCourseOf } from '../../../src/core/cycle/facts.ts'
import type { Effect } from '../../../src/core/cycle/step.ts'
import { replay } from '../../../src/core/ledger/replay.ts'
import { openFindings, type Run, type State } from '../../../src/core/ledger/state.ts'
import { countBefore } from '../../../src/core/ledger/suite-memory.ts'
import { outcomeMessage } from '../../../src/core/messages/outcomes.ts'
import { withEvidence } from '../../../src/core/review/author-evidence.ts'
import type { FrozenTree } from '../../../src/core/review/evidence.ts'
import { pathsOf } from '../../../src/core/review/repository-path.ts'
import { cleanEntries } from '../../../src/core/text/clean.ts'
import { Config } from '../../../src/model/config.ts'
import type { Finding, Position } from '../../../src/model/finding.ts'
import type { HookEvent } from '../../../src/model/hook-event.ts'
import type { HookReply } from '../../../src/model/hook-reply.ts'
import type { HookedEvent } from '../../../src/model/hooked-events.ts'
import type { Unneeded, UnreviewedReason } from '../../../src/model/ledger/fields.ts'
import type { Happening, HappeningOf, LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import type { SuiteRun } from '../../../src/model/ledger/suites.ts'
import type { Priority } from '../../../src/model/priority.ts'

type Reviewed =
  | {
      findings?: Finding[]
      resolved?: Record<string, boolean>
      reason?: string
      unread?: string[]
      unneeded?: Record<string, Unneeded>
    }
  | { cannot: UnreviewedReason; until?: string }
type Rebutted = Record<string, Partial<Position> & { needed: boolean }> | { cannot: UnreviewedReason }

/** An event that Claude Code fired for what the user typed. */
export const typed: Surroundings = {
  agent: false,
  claude: 7,
  parent: 7,
  handedOver: true,
  ancestors: [{ pid: 7, startedAt: null }],
}

/**
 * A cycle without a disk: decisions are the real ones, effects are what the test says they come to. Every effect that was
 * asked for is in `did`, in order.
 */
export class Cycle {
  entries: LedgerEntry[] = [happened({ kind: 'baseline', tree: 'base', head: 'c0', known: 'k0' })]
  did: string[] = []
  tree = 'base'
  now = '2026-01-05T10:00:00.000Z'
  session = 's1'
  pid = 7
  head = 'c0'
  /** The tree that the change begins at once HEAD has moved; null: as before. */
  newBase: string | null = null
  ownerAlive = false
  ownerBusy = false
  besideAnother = false
  anotherRuns = false
  home = ''
  otherTree: string | null = null
  inTurn = false
  settingsOff: Facts['settingsOff'] = { now: [], before: [] }
  answerers: string[] = []
  openers: string[] = []
  /** What the gate cannot look at. */
  unseen: Pick<Facts, 'partial' | 'nested' | 'hidden' | 'beside'> = {
    partial: false,
    nested: { states: {}, changed: [] },
    hidden: [],
    beside: {},
  }
  /** Text files of the frozen tree, by path. */
  files: Record<string, string> = {
    'a.js': 'export const ratio = x / y\nexport const total = sum(orders)\n',
    'src/api.js': 'if (!xs.length) return null\n',
  }
  codexFound = true
  surroundings = typed
  scheduledInFiles: string[] = []
  red = new Set<string>()
  unable = new Set<string>()
  noTests = new Set<string>()
  /** How many tests the suite says that it runs; null: it does not tell, undefined: as before versions that counted. */
  tests: number | null | undefined = undefined
  /** What else a test run says of the suite. */
  suite: Partial<SuiteRun> = {}
  /** Whether each test run leaves another tree behind. */
  testsMove = false
  reviews: Reviewed[] = []
  rebuttals: Rebutted[] = []
  /** Answers when none is laid out above; by default Codex approves and says nothing. */
  reviewer: { review(run: Run): Reviewed; rebuttal(run: Run, open: string[]): Rebutted } = {
    review: () => ({}),
    rebuttal: () => ({}),
  }
  /** What a review comes to, where a test works it out itself. */
  reviewed: ((run: Run) => Happening[]) | null = null
  readonly config: Config

  constructor(config: object = {}) {
    this.config = Config.parse({ version: 1, tests: [{ name: 'unit', command: 'npm test' }], ...config })
  }

  get state(): State {
    return replay(this.entries)
  }

  /** Claude changes the tree and stops with this last message. */
  stop(message = '', tree = this.tree): string {
    this.tree = tree
    return this.fire('Stop', { last_assistant_message: message })
  }

  prompt = (prompt: string): string => this.fire('UserPromptSubmit', { prompt })
  start = (source = 'startup'): string => this.fire('SessionStart', { source })
  complete = (): string => this.fire('TaskCompleted')
  /** Claude asks for the list, as the gate has told it to. */
  askForList = (): string =>
    this.fire('PreToolUse', { tool_name: 'AskUserQuestion', tool_input: { questions: [{ header: 'Countersign' }] } })
  answer = (answers: Record<string, string>): string =>
    this.fire('PostToolUse', { tool_name: 'AskUserQuestion', tool_input: { answers } })

  /** The reply in short: `silence`, `block tests`, `context debate`, with the header's stage. The full one is `last`. */
  last: HookReply = null
  private done: Happening[] = []
  fire(name: HookedEvent, fields: Partial<HookEvent> = {}): string {
    this.done = []
    const event: HookEvent = { hook_event_name: name, session_id: this.session, ...fields }
    const decide = (state: State) => decisions[name](state, this.facts(event.last_assistant_message), event)
    const steps = drive(this.state, decide, entries => this.write(entries))
    let next = steps.next()
    while (!next.done) next = steps.next(this.perform(next.value.effect))
    this.last = next.value.reply
    return short(this.last)
  }

  /** What the user is told of the last event. */
  get message(): string | null {
    return outcomeMessage(this.done, this.state)
  }

  private resultAt(tree: string): SuiteRun['result'] {
    const results = { red: this.red, unable: this.unable, 'no-tests': this.noTests }
    const found = Object.entries(results).find(([, trees]) => trees.has(tree))
    return (found?.[0] as SuiteRun['result']) ?? 'green'
  }

  private counts(run: Run): Pick<SuiteRun, 'count' | 'before'> {
    if (this.tests === undefined) return {}
    const before = countBefore(this.state, run, 'unit')
    const count = this.tests === null ? null : ({ ran: this.tests, skipped: 0, unit: 'tests' } as const)
    return { count, ...(before !== undefined && { before }) }
  }

  private frozen(run: Run): FrozenTree {
    return {
      paths: pathsOf(Object.keys(this.files)),
      root: '/repo',
      home: '',
      textAt: path => this.files[path] ?? null,
      request: () => run.prompts.join('\n'),
    }
  }

  private perform(step: Effect): Happening[] {
    this.did.push(step.do)
    if (step.do === 'know-commits') return [{ kind: 'baseline', ...step.settled, known: 'k0', globs: [] }]
    if (step.do === 'end-session') return [step.ended]
    if (step.do === 'follow-head') return [{ kind: 'head-moved', head: this.head, base: this.newBase, inCycle: true }]
    if (step.do === 'see-through')
      return [{ kind: 'globs-changed', globs: this.config.ignore, base: `${this.state.settled?.tree} seen through` }]
    if (step.do === 'find-base') return [{ kind: 'baseline', tree: 'head', head: this.head, known: 'k0' }]
    if (step.do === 'run-tests') {
      const ran = testsRan(this.tree, this.suite.result ?? this.resultAt(this.tree), {
        ...this.counts(step.run),
        ...this.suite,
      })
      if (this.testsMove) this.tree += '+'
      return [this.testsMove ? { ...ran, moved: ['snapshot.txt'] } : ran]
    }
    const { run } = step
    if (step.do === 'review' && this.reviewed) return this.reviewed(run)
    const spent = { usage: { inputTokens: 100, outputTokens: 10 }, seconds: 2 }
    const call = step.do === 'review' ? 'review' : 'rebuttal'
    const called: Happening = { kind: 'codex-called', call, tree: run.tree, cycle: run.cycle, round: run.round }
    const open = openFindings(run).map(({ id }) => id)
    const given =
      step.do === 'review'
        ? (this.reviews.shift() ?? this.reviewer.review(run))
        : (this.rebuttals.shift() ?? this.reviewer.rebuttal(run, open))
    if ('cannot' in given && typeof given.cannot === 'string') {
      const until = 'until' in given && typeof given.until === 'string' ? given.until : null
      return [
        called,
        { kind: 'could-not-review', call, tree: run.tree, reason: given.cannot, until, detail: '', ...spent },
      ]
    }
    if (step.do === 'rebut') {
      const positions = Object.entries(given as Record<string, Partial<Position> & { needed: boolean }>).map(
        ([id, said]) => ({
          id,
          by: 'codex' as const,
          round: run.round,
          priority: said.needed ? ('high' as const) : null,
          reason: 'r',
          concession: null,
          ...shownAs(said, run.round),
          ...said,
        }),
      )
      return [called, { kind: 'rebutted', round: run.round, last: step.last, positions, ...spent }]
    }
    const {
      findings = [],
      resolved = {},
      reason = 'r',
      unread,
      unneeded,
    } = given as Exclude<Reviewed, { cannot: UnreviewedReason }>
    const verdict = findings.length > 0 ? 'findings' : 'approve'
    return [
      called,
      {
        kind: 'reviewed',
        tree: run.tree,
        verdict,
        summary: 'ok',
        reviewed: ['a.js'],
        notReviewed: unread ?? [],
        ...(unread && { unread }),
        ...(unneeded && { unneeded }),
        findings,
        resolved: Object.entries(resolved).map(([id, mended]) => ({ id, resolved: mended, reason })),
        thread: 't1',
        model: null,
        ...spent,
      },
    ]
  }

  private write(happenings: Happening[]): State {
    const entries = cleanEntries(happenings)
    this.entries.push(...entries.map(entry => happened(entry, this.now)))
    this.done.push(...entries)
    return this.state
  }

  facts(message = ''): Facts {
    const {
      tree,
      session,
      ownerAlive,
      ownerBusy,
      besideAnother,
      anotherRuns,
      home,
      otherTree,
      inTurn,
      settingsOff,
      config,
      now,
      codexFound,
    } = this
    return {
      tree,
      ...this.unseen,
      settledHead: tree === this.state.settled?.tree ? this.head : undefined,
      head: this.head,
      session,
      pid: this.pid,
      ownerAlive,
      ownerBusy,
      besideAnother,
      anotherRuns,
      otherTree,
      inTurn,
      home,
      settingsOff,
      answerers: this.answerers,
      openers: this.openers,
      ...inTheCourseOf(this.done, message),
      withEvidence: (run, said) => withEvidence(run, said, this.frozen(run)),
      config,
      now,
      codexFound,
      newRunId: 'r1',
      mark: 'material-0',
      editedFile: null,
      surroundings: this.surroundings,
      scheduledInFiles: this.scheduledInFiles,
      reportsDir: '/reports',
    }
  }
}

/** By default what stands by a finding shows new code, and what is conceded with a word is conceded with a quote. */
function shownAs({ needed, concession }: Partial<Position>, round: number): Pick<Position, 'evidence' | 'cited'> {
  const line = round * 10
  if (!needed && !concession) return { evidence: 'none', cited: [] }
  return { evidence: 'checked', cited: [{ file: 'b.js', lineStart: line, lineEnd: line, quote: `line ${line} of b` }] }
}

const happened = (entry: Happening, at = '2026-01-05T10:00:00.000Z'): LedgerEntry => ({ v: 1, at, ...entry })

function testsRan(tree: string, result: SuiteRun['result'], more: Partial<SuiteRun>): HappeningOf<'tests-ran'> {
  const suite = {
    name: 'unit',
    command: 'npm test',
    result,
    note: null,
    seconds: 1,
    failing: result === 'red' ? ['adds up'] : [],
    tail: '',
    ...more,
  }
  return { kind: 'tests-ran', tree, after: null, result, seconds: 1, suites: [suite] }
}

function short(reply: HookReply): string {
  if (!reply) return 'silence'
  const text = reply.block ?? reply.context ?? ''
  const stage = text.match(/^Countersign · ([a-z-]+)/)?.[1] ?? text.slice(0, 40)
  return `${reply.block ? 'block' : 'context'} ${stage}`
}

export const finding = (id: string, priority: Priority = 'high', more: Partial<Finding> = {}): Finding => ({
  id,
  title: `title of ${id}`,
  body: `body of ${id}`,
  kind: 'defect',
  priority,
  file: 'a.js',
  lineStart: 1,
  lineEnd: 1,
  quote: 'x / y',
  fix: 'mend it',
  verified: true,
  inScope: true,
  ...more,
})

/** Lines as Claude would fence them. */
export const says = (...lines: string[]): string => ['```countersign', ...lines, '```'].join('\n')
export const ready = says('self-review: ready', 'Checked the callers.')

/** A cycle that has come as far as the debate over these findings. */
export function debating(...findings: Finding[]): Cycle {
  const cycle = new Cycle()
  cycle.reviews.push({ findings })
  cycle.stop('', 't1')
  if (cycle.stop(ready) !== 'context debate') throw new Error('there is no debate')
  return cycle
}

/** Each finding as `F1 agreed high` or `F2 disputed`. */
export const outcomes = (cycle: Cycle): string[] =>
  cycle.state.run!.findings.map(
    ({ id, outcome, priority }) => `${id} ${outcome}${outcome === 'agreed' ? ` ${priority}` : ''}`,
  )
