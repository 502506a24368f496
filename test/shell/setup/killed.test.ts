import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { planUninstall } from '../../../src/core/setup/plan-uninstall.ts'
import { fullHookPath, hookPath } from '../../../src/model/paths.ts'
import type { PlanWrite } from '../../../src/model/setup/disk-file.ts'
import { applyWrites } from '../../../src/shell/setup/apply-writes.ts'
import { healSetup } from '../../../src/shell/setup/heal-setup.ts'
import { snapshot } from '../../../src/shell/setup/snapshot.ts'
import { describeNeeds } from '../../support/platform.ts'
import { repository, repositoryAt, type TestRepository, temporaryDirectory } from '../../support/repository.ts'
import { manifestOf, onDisk, planned, wanted } from '../../support/setup/release.ts'

const source = fileURLToPath(new URL('../../support/setup/killed-apply.ts', import.meta.url))
let program = ''

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
  })
  program = outputFiles[0]!.text
})

const old = {
  'a.md': 'old a\n',
  '.claude/settings.json': '{ "model": "opus" }\n',
  '.claude/gone.md': 'old\n',
  'm.json': '1',
}
const next: Record<string, string | null> = {
  'a.md': 'new a\n',
  '.claude/agents/tester.md': 'new tester\n',
  '.claude/settings.json': '{ "model": "opus", "hooks": {} }\n',
  '.claude/gone.md': null,
  'm.json': '2',
}
const paths = Object.keys(next)

const writesFor = (root: string) => {
  const disk = snapshot(root, paths)
  return paths.map(path => ({ path, text: next[path] ?? null, before: disk[path] ?? null }))
}
const optionsFor = (root: string) => ({
  stateDir: join(root, '.git/countersign'),
  command: 'upgrade',
  version: '1.0.0',
})

/** Every file of the working tree, path → text. */
function treeOf({ root }: TestRepository): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const files = entries.map(entry =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/'),
  )
  const own = files.filter(file => !file.startsWith('.git/'))
  return Object.fromEntries(own.sort().map(file => [file, readFileSync(join(root, file), 'utf8')]))
}

const done = Object.fromEntries(Object.entries(next).filter(([, text]) => text !== null))

function killedAt(killAt: number) {
  const repo = repository(old)
  const input = JSON.stringify({
    root: repo.root,
    writes: writesFor(repo.root),
    options: optionsFor(repo.root),
    killAt,
  })
  const { signal, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { input, encoding: 'utf8' })
  expect(stderr).toBe('')
  return { repo, signal, points: stdout.trim().split('\n') }
}

describeNeeds('POSIX')('kill -9', () => {
  it('at every write point leaves each file old or new, and the next command finishes or has nothing to finish', () => {
    const { points, repo: whole } = killedAt(-1)
    expect(treeOf(whole)).toEqual(done)
    expect(points.length).toBeGreaterThan(15)
    for (let point = 0; point < points.length; point++) {
      const { repo, signal } = killedAt(point)
      expect(signal).toBe('SIGKILL')
      for (const path of paths) {
        const file = join(repo.root, path)
        const text = existsSync(file) ? readFileSync(file, 'utf8') : null
        expect([(old as Record<string, string>)[path] ?? null, next[path]], `${path} after ${points[point]}`).toContain(
          text,
        )
      }
      const { stateDir } = optionsFor(repo.root)
      const healed = healSetup(repo.root, stateDir)
      if (healed) expect(healed).toMatchObject({ command: 'upgrade', version: '1.0.0', changed: null })
      expect(treeOf(repo), `healed after ${points[point]}`).toEqual(healed ? done : old)
      expect(healSetup(repo.root, stateDir)).toBeNull()
      applyWrites(repo.root, writesFor(repo.root), optionsFor(repo.root))
      expect(treeOf(repo)).toEqual(done)
      expect(readdirSync(stateDir)).toEqual([])
    }
  })

  it('and an edit before the next command keeps the edit, and plans the rest anew', () => {
    const { points } = killedAt(-1)
    const { repo } = killedAt(points.indexOf('after a.md'))
    repo.write('m.json', 'edited')
    const healed = healSetup(repo.root, optionsFor(repo.root).stateDir)
    expect(healed?.changed).toBe('m.json')
    expect(treeOf(repo)).toEqual({ ...old, 'a.md': 'new a\n', 'm.json': 'edited' })
  })
})

describeNeeds('POSIX')('kill -9 while the hook changes', () => {
  const [alone, first, second] = ['// hook\n', '// hook\nloads the second\n', '// second\n']
  const disk = (files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, onDisk(text)]))
  const file = { noBase: true, calledAs: '// hook' } as const
  const two = { [hookPath]: first, [fullHookPath]: second }

  it.each<[string, Record<string, string>, { writes: PlanWrite[] } | object]>([
    [
      'from one file to two',
      { [hookPath]: alone },
      planned({
        files: [wanted(hookPath, first, file), wanted(fullHookPath, second, file)],
        manifest: manifestOf({ [hookPath]: alone }),
        disk: disk({ [hookPath]: alone }),
      }),
    ],
    ['from two files to none', two, planUninstall(manifestOf(two), disk(two), false)],
  ])('%s: at no write point is the first there without the second that it loads', (_, files, plan) => {
    if (!('writes' in plan)) throw new Error('the plan has a fault')
    const writesIn = (root: string) => {
      const now = snapshot(
        root,
        plan.writes.map(({ path }) => path),
      )
      return plan.writes.map(({ path, text }) => ({ path, text, before: now[path] ?? null }))
    }
    const killedAt = (killAt: number) => {
      const repo = repository(files)
      const input = { root: repo.root, writes: writesIn(repo.root), options: optionsFor(repo.root), killAt }
      const options = { input: JSON.stringify(input), encoding: 'utf8' } as const
      const { stdout, signal } = spawnSync(process.execPath, ['-e', program], options)
      return { tree: treeOf(repo), signal, points: stdout.trim().split('\n') }
    }
    const { points } = killedAt(-1)
    expect(points.length).toBeGreaterThan(5)
    for (const [point, name] of points.entries()) {
      const { tree, signal } = killedAt(point)
      expect(signal).toBe('SIGKILL')
      if (tree[hookPath] === first) expect(tree, name).toHaveProperty([fullHookPath], second)
    }
  })
})

describe.each(['ENOSPC', 'EDQUOT', 'EIO'])('%s', code => {
  const failAt = (root: string, wanted: (point: string) => boolean) =>
    applyWrites(root, writesFor(root), {
      ...optionsFor(root),
      at: point => {
        if (wanted(point)) throw Object.assign(new Error('no'), { code })
      },
    })

  it('before anything is in place undoes everything', () => {
    for (const point of [/^6 of 6 bytes of .*\.countersign-a/, /^before a\.md/, /bytes of .*\.countersign-m\.json/]) {
      const repo = repository(old)
      expect(() => failAt(repo.root, name => point.test(name))).toThrow(
        expect.objectContaining({ code: 'write-failed', facts: expect.objectContaining({ written: 0 }) }),
      )
      expect(treeOf(repo)).toEqual(old)
      expect(existsSync(join(repo.root, '.claude/agents'))).toBe(false)
      expect(readdirSync(join(repo.root, '.git/countersign'))).toEqual([])
    }
  })

  it('in the middle leaves a journal, and the next command finishes', () => {
    const repo = repository(old)
    expect(() => failAt(repo.root, point => point === 'before .claude/settings.json')).toThrow(
      expect.objectContaining({ code: 'write-failed', facts: expect.objectContaining({ written: 2 }) }),
    )
    expect(healSetup(repo.root, optionsFor(repo.root).stateDir)).toMatchObject({ changed: null })
    expect(treeOf(repo)).toEqual(done)
  })

  it('in the journal itself writes nothing', () => {
    const repo = repository(old)
    expect(() => failAt(repo.root, point => point.includes('setup-journal'))).toThrow(
      expect.objectContaining({ code: 'not-writable' }),
    )
    expect(treeOf(repo)).toEqual(old)
    expect(readdirSync(join(repo.root, '.git/countersign'))).toEqual([])
  })
})

describe('settings.json rewritten between reading and renaming', () => {
  const settings = '.claude/settings.json'
  const run = (repo: TestRepository, rewrites: number) => {
    let count = 0
    applyWrites(repo.root, writesFor(repo.root), {
      ...optionsFor(repo.root),
      remake: (path, now) => (path === settings ? { text: `${now?.text}// ours\n` } : undefined),
      at: point => {
        if (point === `before ${settings}` && count < rewrites) repo.write(settings, `{ "rewritten": ${++count} }\n`)
      },
    })
  }

  it.each([1, 2, 3])('%i times loses nothing', times => {
    const repo = repository(old)
    run(repo, times)
    expect(treeOf(repo)).toEqual({ ...done, [settings]: `{ "rewritten": ${times} }\n// ours\n` })
  })

  it('more often is left complete, and nothing after it is written', () => {
    const repo = repository(old)
    expect(() => run(repo, 4)).toThrow(
      expect.objectContaining({ code: 'changed-meanwhile', facts: { path: settings } }),
    )
    expect(treeOf(repo)).toEqual({
      ...old,
      ...{ 'a.md': 'new a\n', '.claude/agents/tester.md': 'new tester\n' },
      [settings]: '{ "rewritten": 4 }\n',
    })
    expect(readdirSync(join(repo.root, '.git/countersign'))).toEqual([])
  })

  it('does not apply to other files: one that changed in between is not overwritten', () => {
    const repo = repository(old)
    const apply = () =>
      applyWrites(repo.root, writesFor(repo.root), {
        ...optionsFor(repo.root),
        at: point => {
          if (point === 'before a.md') rmSync(join(repo.root, 'a.md'))
        },
      })
    expect(apply).toThrow(expect.objectContaining({ code: 'changed-meanwhile', facts: { path: 'a.md' } }))
    const { 'a.md': _, ...rest } = old
    expect(treeOf(repo)).toEqual(rest)
  })
})

describe('kill -9 of the command line', () => {
  const cli = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))
  const init = (root: string, timeout?: number) =>
    spawnSync(process.execPath, [cli, 'init', '--yes'], { cwd: root, timeout, killSignal: 'SIGKILL', encoding: 'utf8' })
  // CLAUDE.md has the directory's name in it.
  const fresh = () => {
    const repo = repositoryAt(join(temporaryDirectory(), 'shop'))
    repo.write('a.txt', '')
    repo.git('init', '-q')
    return repo
  }

  it('at any moment lets the next one reach what an undisturbed one writes', () => {
    const whole = fresh()
    const started = performance.now()
    expect(init(whole.root).status).toBe(0)
    const tookMs = performance.now() - started
    let killed = 0
    for (const part of [0.5, 0.6, 0.7, 0.8, 0.9, 1]) {
      const repo = fresh()
      if (init(repo.root, Math.round(tookMs * part)).signal === 'SIGKILL') killed++
      const again = init(repo.root)
      expect(again).toMatchObject({ status: 0 })
      expect(treeOf(repo)).toEqual(treeOf(whole))
    }
    expect(killed).toBeGreaterThan(0)
  })
})
