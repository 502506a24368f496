import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { countersign } from '../../../support/programs/cli.ts'
import { repository, type TestRepository } from '../../../support/repository.ts'
import { has, read, treeOf } from '../../../support/setup/aged.ts'

const biome = fileURLToPath(new URL('../../../../node_modules/.bin/biome', import.meta.url))
/** Runs the real Biome over the whole repository. */
const runBiome = ({ root }: TestRepository, ...args: string[]) =>
  spawnSync(biome, [...args, '--colors=off', '.'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })

const manifest = '{\n\t"name": "shop",\n\t"scripts": { "test": "node --test", "lint": "biome ci ." }\n}\n'
const source = { 'package.json': manifest, 'src/a.js': 'export const a = 1;\n' }

describe('Biome over the whole repository is green before and after', () => {
  it.each<[string, Record<string, string>]>([
    ['without a file of its own', {}],
    ['with a list that its line has room for', { 'biome.json': '{ "files": { "includes": ["**", "!dist"] } }\n' }],
    [
      'with a list that becomes too long for its line',
      {
        'biome.json':
          '{\n\t"files": {\n\t\t"includes": ["**", "!dist", "!coverage", "!some/long/directory", "!xxxxx"]\n\t}\n}\n',
      },
    ],
    ['beside files of others in .claude', { '.claude/mine.js': 'export const mine = 1;\n' }],
    ['with comments', { 'biome.jsonc': '{\n\t// mine\n\t"linter": { "enabled": false }\n}\n' }],
  ])('%s', async (_, files) => {
    const repo = repository({ ...source, ...files })
    runBiome(repo, 'check', '--write')
    const before = treeOf(repo)
    expect(runBiome(repo, 'ci')).toMatchObject({ status: 0 })
    const { stdout } = await countersign(repo.root, 'init', '--yes')
    expect(stdout).toMatch(/biome\.jsonc? +Biome leaves out Countersign's files/)
    const after = treeOf(repo)
    expect(runBiome(repo, 'ci')).toMatchObject({ status: 0 })
    expect(runBiome(repo, 'check', '--write')).toMatchObject({ status: 0 })
    expect(treeOf(repo)).toEqual(after)
    expect((await countersign(repo.root, 'upgrade', '--check')).exitCode).toBe(0)
    await countersign(repo.root, 'uninstall', '--yes')
    expect(treeOf(repo)).toEqual(before)
    expect(runBiome(repo, 'ci')).toMatchObject({ status: 0 })
  })

  it('and still judges what others keep in .claude', async () => {
    const repo = repository({ ...source, '.claude/mine.js': 'export const mine = 1;\n' })
    runBiome(repo, 'check', '--write')
    repo.write('.claude/mine.js', 'export   const mine=1\n')
    await countersign(repo.root, 'init', '--yes')
    const { status, stderr } = runBiome(repo, 'ci')
    expect({ status, named: [...new Set(stderr.match(/^\.claude\/\S+/gm))] }).toEqual({
      status: 1,
      named: ['.claude/mine.js'],
    })
  })
})

it('no formatter changes a byte of the gate, even where none is told to leave it alone', async () => {
  const repo = repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n' })
  await countersign(repo.root, 'init', '--yes')
  const gate = () => ['countersign', 'countersign-full'].map(name => read(repo, `.claude/hooks/${name}.cjs`))
  const before = gate()
  runBiome(repo, 'check', '--write', '--unsafe')
  expect(gate()).toEqual(before)
  for (const text of before) {
    const head = text.split('\n').slice(0, 12)
    expect(head.join('\n')).toContain('/* eslint-disable */')
    // Prettier leaves the statement behind this word alone; there is no other.
    expect(head.slice(head.indexOf('// prettier-ignore') + 1)[0]).toBe('{')
    expect(text).toMatch(/\n\}\)\(\);\n\}\n$/)
  }
})

it('after a formatter with other rules ran over everything, upgrade has nothing to ask and uninstall leaves nothing', async () => {
  const repo = repository({
    'package.json': '{"scripts":{"test":"node --test"}}\n',
    'README.md': '# shop\n\nSells *things*.\n',
  })
  const before = treeOf(repo)
  await countersign(repo.root, 'init', '--yes')
  for (const path of Object.keys(treeOf(repo))) {
    const text = read(repo, path)
    if (path in before || path.includes('/base/')) continue
    if (path.endsWith('.md')) repo.write(path, wrapped(text))
    if (path.endsWith('.yaml')) repo.write(path, text.replaceAll('"', "'"))
    if (path.endsWith('.json')) repo.write(path, `${JSON.stringify(JSON.parse(text), null, '\t')}\n`)
    if (path.endsWith('.cjs')) repo.write(path, text.replaceAll('  ', '\t'))
  }
  const upgraded = await countersign(repo.root, 'upgrade', '--yes')
  expect({ exitCode: upgraded.exitCode, conflicts: has(repo, '.claude/countersign/conflicts') }).toEqual({
    exitCode: 0,
    conflicts: false,
  })
  expect(upgraded.stdout).toContain('2 files written')
  expect((await countersign(repo.root, 'uninstall', '--yes')).stdout).not.toContain('Kept')
  expect(treeOf(repo)).toEqual(before)
})

/** Prose at 60 columns, lists four wide, emphasis and quotes the other way round. */
const wrapped = (text: string): string =>
  text
    .replace(/^- /gm, '*   ')
    .replaceAll('*things*', '_things_')
    .replace(/^(?![*#\-\d`]|name:|description:|tools:|allowed-tools:|argument-hint:)(.{61,})$/gm, line =>
      line.replace(/(.{50,}?) /g, '$1\n'),
    )
