import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { carryOut } from '../../../src/commands/setup/carry-out.ts'
import { propose } from '../../../src/commands/setup/propose.ts'
import { endConflict } from '../../../src/commands/setup/resolve.ts'
import type { Site } from '../../../src/commands/setup/site.ts'
import { carryOutUninstall, proposeUninstall } from '../../../src/commands/setup/uninstall.ts'
import type { ClashChoice, Conflict } from '../../../src/core/setup/plan-parts.ts'
import { replacedName } from '../../../src/model/paths.ts'
import { invented, versions } from './invented.ts'

/** Something a user does, or has done, to a setup. Numbers choose among what is there. */
export type Step =
  | { does: 'edit'; file: number; line: number; replaces: boolean }
  | { does: 'delete'; file: number }
  | { does: 'crlf'; file: number }
  | { does: 'settings'; how: 'member' | 'model' }
  | { does: 'add'; name: string }
  | { does: 'upgrade'; by: number }
  | { does: 'resolve'; conflict: number; way: 'mine' | 'theirs' }
  | { does: 'init' }

const number = fc.nat(1000)
export const edit = fc.record({
  does: fc.constant('edit' as const),
  file: number,
  line: number,
  replaces: fc.boolean(),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: edit, weight: 4 },
  { arbitrary: fc.record({ does: fc.constant('upgrade' as const), by: fc.nat(3) }), weight: 4 },
  fc.record({ does: fc.constant('delete' as const), file: number }),
  fc.record({ does: fc.constant('crlf' as const), file: number }),
  fc.record({ does: fc.constant('settings' as const), how: fc.constantFrom('member' as const, 'model' as const) }),
  fc.record({
    does: fc.constant('add' as const),
    name: fc.constantFrom(
      '.claude/agents/own.md',
      '.claude/agents/delta.md',
      '.claude/agents/better.md',
      '.claude/countersign/own.txt',
    ),
  }),
  fc.record({
    does: fc.constant('resolve' as const),
    conflict: number,
    way: fc.constantFrom('mine' as const, 'theirs' as const),
  }),
  fc.record({ does: fc.constant('init' as const) }),
)

/** What was there before us: each is a text or absent. Every line the user writes is `U` and a number of its own. */
const before = fc.record({
  settings: fc.constantFrom<string | null>(
    null,
    '{ "model": "opus", "env": {} }',
    '{\n  "model": "opus"\n}\n',
    '{\r\n\t"model": "opus", // keep\r\n\t"hooks": {\r\n\t\t"Stop": [{ "hooks": [] }],\r\n\t},\r\n}\r\n',
    '\uFEFF{\n    "hooks": {},\n    "model": "opus"}',
  ),
  alpha: fc.constantFrom<string | null>(null, null, 'U9001\n'),
  claudeMd: fc.constantFrom<string | null>(null, 'U9002\n'),
})

export const history = fc.record({
  before,
  start: fc.nat(2),
  choice: fc.constantFrom<ClashChoice | 'skip'>('adopt', 'prefix', 'skip'),
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
})
export type History = typeof history extends fc.Arbitrary<infer T> ? T : never

export const settingsPath = '.claude/settings.json'
const marker = /U\d+/g

// In memory where the system has such a place: these are thousands of writes that wait for the disk.
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A temporary directory with a setup in it, and what its user did. */
export class Setup {
  readonly site: Site
  /** What settings.json would be had we never been there; null when there would be none. */
  ownSettings: string | null
  /** What the user put into a settings.json of ours. */
  members: Record<string, number> = {}
  minor: number
  conflicts: Conflict[] = []
  private marks = 0

  constructor({ before: there, start, choice }: Pick<History, 'before' | 'start' | 'choice'>) {
    const root = mkdtempSync(join(place, 'countersign-history-'))
    this.site = { root, top: root, stateDir: join(root, '.git', 'countersign') }
    this.ownSettings = there.settings
    this.minor = start
    for (const [path, text] of Object.entries({
      [settingsPath]: there.settings,
      '.claude/agents/alpha.md': there.alpha,
      'CLAUDE.md': there.claudeMd,
    }))
      if (text !== null) this.write(path, text)
    this.install(choice === 'skip' ? {} : { '.claude/agents/alpha.md': choice })
  }

  do(step: Step): void {
    const { root } = this.site
    if (step.does === 'edit') this.edit(step)
    if (step.does === 'delete') rmSync(join(root, this.ours(step.file)), { force: true })
    if (step.does === 'crlf') this.change(this.ours(step.file), text => text.replace(/\r?\n/g, '\r\n'))
    if (step.does === 'settings') this.editSettings(step.how)
    if (step.does === 'add' && !existsSync(join(root, step.name))) this.write(step.name, `${this.mark()}\n`)
    if (step.does === 'upgrade') this.minor = Math.min(versions - 1, this.minor + step.by)
    if (step.does === 'upgrade' || step.does === 'init') this.install({})
    if (step.does === 'resolve') this.resolve(step.conflict, step.way)
  }

  /** Brings the setup to the present version. */
  install(choices: Record<string, ClashChoice>): void {
    const release = invented(this.minor)
    const proposal = propose(this.site, release, 'upgrade', { choices })
    this.conflicts = proposal.plan.conflicts
    carryOut(this.site, release, proposal, 'upgrade')
  }

  leave(): void {
    const { plan, manifest } = proposeUninstall(this.site, false)
    carryOutUninstall(this.site, plan, manifest)
  }

  /** Path → text of every file; `.git` left out. */
  tree(): Record<string, string> {
    const { root } = this.site
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    const files = entries.map(entry =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    const own = files.filter(file => !file.startsWith('.git/')).sort()
    return Object.fromEntries(own.map(file => [file, readFileSync(join(root, file), 'utf8')]))
  }

  /** The texts that were kept in git's directory when their files were removed. */
  replaced(): string[] {
    const dir = join(this.site.root, '.git', replacedName)
    return existsSync(dir) ? readdirSync(dir).map(name => readFileSync(join(dir, name), 'utf8')) : []
  }

  /** Every line of the user's that is in the files themselves. */
  marksInPlace(): string[] {
    const files = Object.entries(this.tree()).filter(([path]) => !/\/(conflicts|base)\//.test(path))
    return files.flatMap(([, text]) => text.match(marker) ?? []).sort()
  }

  dispose(): void {
    rmSync(this.site.root, { recursive: true, force: true })
  }

  private edit({ file, line, replaces }: Extract<Step, { does: 'edit' }>): void {
    const path = this.ours(file)
    const prefix = path.endsWith('.yaml') ? '# ' : ''
    this.change(path, text => {
      const lines = text.split('\n')
      const at = line % lines.length
      const mayReplace = replaces && !path.endsWith('.yaml') && !marker.test(lines[at] ?? '')
      lines.splice(
        at,
        mayReplace && at < lines.length - 1 ? 1 : 0,
        `${prefix}${this.mark()}${text.includes('\r\n') ? '\r' : ''}`,
      )
      return lines.join('\n')
    })
  }

  private editSettings(how: 'member' | 'model'): void {
    const number = ++this.marks
    const apply = (text: string) =>
      how === 'model' ? text.replace(/"opus\d*"/, `"opus${number}"`) : text.replace('{', `{"u${number}": ${number},`)
    if (this.ownSettings !== null) this.ownSettings = apply(this.ownSettings)
    else if (how === 'member') this.members[`u${number}`] = number
    this.change(settingsPath, apply)
  }

  private resolve(which: number, way: 'mine' | 'theirs'): void {
    const conflict = this.conflicts[which % Math.max(1, this.conflicts.length)]
    if (!conflict || !existsSync(join(this.site.root, conflict.path))) return
    endConflict(this.site, { cwd: this.site.root, path: conflict.path }, way)
    this.conflicts = this.conflicts.filter(other => other !== conflict)
  }

  /** A file that a version of ours has. */
  private ours(which: number): string {
    const paths = invented(this.minor)
      .files.filter(file => file.class !== 'state')
      .map(({ path }) => path)
    return [...paths, '.claude/countersign/decisions.jsonl'][which % (paths.length + 1)]!
  }

  private change(path: string, by: (text: string) => string): void {
    const absolute = join(this.site.root, path)
    if (existsSync(absolute)) writeFileSync(absolute, by(readFileSync(absolute, 'utf8')))
  }

  private write(path: string, text: string): void {
    mkdirSync(dirname(join(this.site.root, path)), { recursive: true })
    writeFileSync(join(this.site.root, path), text)
  }

  private mark = (): string => `U${++this.marks}`
}

/** Does something with a setup that is gone afterwards. */
export function withSetup<T>(made: Pick<History, 'before' | 'start' | 'choice'>, work: (setup: Setup) => T): T {
  const setup = new Setup(made)
  try {
    return work(setup)
  } finally {
    setup.dispose()
  }
}
