import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StageResult } from '../../src/rehearsal/stages.ts'
import { processesIn } from '../support/programs/lab.ts'
import { user } from '../support/programs/user.ts'
import { repository, type TestRepository } from '../support/repository.ts'

type Report = {
  fired: boolean
  copy: { files: number; linked: string[]; leftOut: string[]; setUp: boolean; taken: { dropped: string[] } }
  stages: StageResult[]
  scratch: string | null
}

const test = (body: string) => `require('node:test').test('adds', () => { ${body} })\n`
const files = {
  'package.json': '{ "name": "shop", "scripts": { "test": "node --test" } }\n',
  '.gitignore': 'node_modules\n.env\n',
}

async function setUp(one: ReturnType<typeof user>, more: Record<string, string>): Promise<TestRepository> {
  const repo = repository({ ...files, ...more })
  await one.run(repo, 'init', '--yes')
  repo.commit('set up')
  return repo
}

/** Everything in a working tree and its ledger, to see that nothing of it has changed. */
const traces = ({ root, git }: TestRepository) => ({
  tree: git('status', '--short', '--ignored'),
  state: readdirSync(join(root, '.git/countersign'), { withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ name }) => [name, readFileSync(join(root, '.git/countersign', name), 'utf8')]),
})

describe('rehearse', () => {
  it('shows every stage when the tests are green, spends no tokens and leaves no trace', async () => {
    const one = user()
    const repo = await setUp(one, { 'test/a.test.js': test('require("dep")') })
    repo.write('node_modules/dep/index.js', '')
    repo.write('.env', 'KEY=1')
    mkdirSync(join(one.home, '.claude'))
    const settings = {
      model: 'opus',
      env: { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' },
      permissions: { allow: ['Read'] },
    }
    writeFileSync(join(one.home, '.claude/settings.json'), JSON.stringify(settings))
    const before = traces(repo)

    const { exitCode, stdout, stderr } = await one.run(repo, 'rehearse', '--json')
    const report = JSON.parse(stdout) as Report
    expect({ stages: report.stages.filter(({ fired }) => !fired), stderr, exitCode }).toEqual({
      stages: [],
      stderr: '',
      exitCode: 0,
    })
    expect(report.stages.map(({ id }) => id)).toEqual([
      'session',
      'prompt',
      'tests',
      'self-review',
      'review',
      'debate',
      'choice',
      'pick',
      'tests-again',
      'second-review',
      'countersigned',
    ])
    expect(report.copy).toMatchObject({
      setUp: true,
      linked: ['node_modules'],
      leftOut: ['.env'],
      taken: { dropped: ['model in ~/.claude/settings.json', 'env.ANTHROPIC_BASE_URL in ~/.claude/settings.json'] },
    })
    expect(traces(repo)).toEqual(before)
    expect(readdirSync(one.home)).toEqual(['.claude'])
    expect(readdirSync(one.tmp).filter(name => name.startsWith('countersign'))).toEqual([])
    expect(await processesIn(one.tmp)).toEqual([])
  }, 90_000)

  it('reports red tests, and shows the later stages with a test command that passes', async () => {
    const one = user()
    const red = 'if (require("fs").existsSync("countersign-rehearsal.txt")) throw new Error("red")'
    const repo = await setUp(one, { 'test/a.test.js': test(red) })
    const { exitCode, stdout } = await one.run(repo, 'rehearse', '--keep', '--json')
    const { stages, scratch, fired } = JSON.parse(stdout) as Report
    expect({ exitCode, fired }).toEqual({ exitCode: 1, fired: false })
    expect(stages.filter(stage => !stage.fired)).toMatchObject([
      {
        id: 'tests',
        says: expect.stringMatching(/^red, although only a text file was added: npm test: test\/a\.test\.js > adds/),
      },
    ])
    expect(existsSync(join(scratch!, 'countersign-rehearsal.txt'))).toBe(true)
    expect(existsSync(join(repo.root, 'countersign-rehearsal.txt'))).toBe(false)
  }, 90_000)

  it('says why Claude could not write where edits are denied, also without a setup', async () => {
    const one = user()
    const repo = repository({
      ...files,
      'test/a.test.js': test(''),
      '.claude/settings.json': '{ "permissions": { "deny": ["Edit", "Write"] } }',
    })
    const { exitCode, stdout, stderr } = await one.run(repo, 'rehearse')
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(stdout).toContain('Countersign is not set up here. `init --yes` sets it up in the copy.')
    expect(stdout).toMatch(/✓ Session start/)
    expect(stdout).toMatch(/✗ Tests +Claude could not write countersign-rehearsal\.txt: /)
    expect(stdout).toMatch(/✗ Countersigned +not reached/)
    expect(repo.git('status', '--short')).toBe('')
  }, 90_000)

  it('ends at its time limit and names the option', async () => {
    const one = user()
    const repo = await setUp(one, { 'test/a.test.js': test('setTimeout(() => {}, 60000)') })
    const { exitCode, stdout } = await one.run(repo, 'rehearse', '--deadline', '6')
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/✗ Tests +the time limit was reached \(--deadline\)/)
    expect(await processesIn(one.tmp)).toEqual([])
  }, 90_000)

  it('leaves no process and no copy after Ctrl-C', async () => {
    const one = user()
    const repo = await setUp(one, { 'test/a.test.js': test('setTimeout(() => {}, 60000)') })
    const running = one.run(repo, 'rehearse')
    for await (const line of running) if (/✓ Prompt/.test(line)) running.kill('SIGINT')
    expect((await running).exitCode).toBe(130)
    expect(readdirSync(one.tmp).filter(name => name.startsWith('countersign'))).toEqual([])
    expect(await processesIn(one.tmp)).toEqual([])
  }, 90_000)

  it.each([
    ['codex', ['claude'], 'npm install --global @openai/codex'],
    ['claude', ['codex'], 'npm install --global @anthropic-ai/claude-code'],
  ])('without %s it names the command that installs it', async (_, programs, line) => {
    const one = user({ programs })
    const { exitCode, stderr } = await one.run(repository(files), 'rehearse')
    expect({ exitCode, last: stderr.trim().split('\n').at(-1)?.trim() }).toEqual({ exitCode: 69, last: line })
  })
})
