import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

describe('the packed package, run by npx in an empty git repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-packed-'))
  const project = join(folder, 'empty')
  // A home and a cache of its own, and no network: nothing but the tarball may help.
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    npm_config_cache: join(folder, 'cache'),
    npm_config_offline: 'true',
  }
  const options = { cwd: project, env, extendEnv: false }
  const npx = (...args: string[]) =>
    execa('npx', ['--yes', `--package=${join(folder, tarball())}`, 'countersign', ...args], options)
  const tarball = () => readdirSync(folder).find(name => name.endsWith('.tgz'))!

  beforeAll(async () => {
    await execa('git', ['init', '--quiet', project])
    // The build is there already; running it again would pull it from under the other tests.
    await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { ...options, cwd: root })
    await npx('init', '--yes')
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('needs no package beside its own', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(dependencies).toBeUndefined()
  })

  it('writes the setup, but no CLAUDE.md: of an empty repository there is nothing to say yet', () => {
    const paths = ['.claude/settings.json', '.claude/hooks/countersign.cjs', '.claude/countersign.yaml', 'CLAUDE.md']
    expect(paths.filter(has)).toEqual(paths.slice(0, 3))
  })

  it('a second init changes nothing, and nothing that was written knows the time', async () => {
    const git = (...args: string[]) => execa('git', args, options)
    await git('add', '-A')
    const second = await npx('init', '--yes')
    expect(second.exitCode).toBe(0)
    expect(second.stdout).toContain('There is nothing to write')
    expect((await git('status', '--porcelain')).stdout).not.toMatch(/^.[^ ]/m)
    expect((await git('diff')).stdout).toBe('')
    const { stdout } = await git('ls-files')
    const today = new Date().toISOString().slice(0, 10)
    const timed = stdout.split('\n').filter(path => {
      const text = readFileSync(join(project, path), 'utf8')
      return text.includes(today) || /\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)
    })
    expect(timed).toEqual([])
  }, 30_000)

  it('has a hook that runs from the repository alone', async () => {
    const input = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup', session_id: 's1', cwd: project })
    const hook = join(project, '.claude/hooks/countersign.cjs')
    const { stdout, stderr } = await execa(process.execPath, [hook], { ...options, input })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout).hookSpecificOutput.additionalContext).toMatch(/^Countersign · idle/)
  })

  it('answers status', async () => {
    const { stdout } = await npx('status', '--json')
    expect(JSON.parse(stdout)).toMatchObject({ version: 2, stage: 'idle', now: null })
  }, 30_000)

  it('ships the schemas of what tools read', async () => {
    const packed = await execa('tar', ['-tzf', join(folder, tarball())], options)
    for (const name of ['findings', 'status']) expect(packed.stdout).toContain(`package/dist/${name}.schema.json`)
  })

  const has = (path: string) => existsSync(join(project, path))
})
