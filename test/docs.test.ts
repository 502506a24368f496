import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ledgerStages } from '../src/rehearsal/stages.ts'
import { readConfig } from '../src/shell/state/config-file.ts'
import { countersign } from './support/programs/cli.ts'
import { gate, ready, says } from './support/programs/gate.ts'
import { user } from './support/programs/user.ts'
import { repository } from './support/repository.ts'
import { age, installed, olderTester, read } from './support/setup/aged.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

const fences = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
const blocks = (language: string) => fences.filter(([, name]) => name === language).map(([, , text]) => text!.trim())
const commands = blocks('sh').flatMap(block => block.split('\n'))
const ours = commands.filter(line => line.startsWith('npx countersign '))

/** A repository at the choice, with one agreed finding. */
async function atChoice() {
  const one = gate({ play: 'findings' })
  one.repo.write('a.js', 'export const a = 2\n')
  await one.fire('Stop', ready)
  await one.fire('Stop', says('F1: needed, high — yes'))
  return one
}

describe('the README', () => {
  it('names only commands that are known here', () => {
    const others = commands.filter(line => !ours.includes(line))
    expect(others).toEqual(['npm ci && npm run demo', 'npm ci && npm test', 'COUNTERSIGN=0 claude'])
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['demo', 'test']))
  })

  it.each(ours.filter(line => !/ (init|doctor|rehearse)$/.test(line)))('`%s` works', async line => {
    const { repo } = await atChoice()
    if (/ (upgrade|uninstall)/.test(line)) await countersign(repo.root, 'init', '--yes')
    const { exitCode, stdout, stderr } = await countersign(repo.root, ...line.split(' ').slice(2))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).not.toBe('')
  })

  it.each(ours.filter(line => / (doctor|rehearse)$/.test(line)))(
    '`%s` works where the programs are',
    async line => {
      const one = user()
      const repo = repository({ 'package.json': '{"scripts":{"test":"true"}}' })
      await one.run(repo, 'init', '--yes')
      const { exitCode, stdout, stderr } = await one.run(repo, ...line.split(' ').slice(2))
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).toMatch(/! Hooks: No hook has fired|Every stage fired/)
    },
    60_000,
  )

  it('shows what doctor and rehearse print', async () => {
    const shown = blocks('console').join('\n')
    const one = user()
    const repo = repository({ 'a.txt': '' })
    await one.run(repo, 'init', '--yes')
    const { stdout } = await one.run(repo, 'doctor')
    expect(stdout).toContain(shown.split('\n✓')[0])
    const titles = ledgerStages.map(({ title }) => title)
    const printed = [...shown.matchAll(/^[✓✗] (.+?) {2,}/gm)].map(match => match[1])
    expect(printed).toEqual(titles.slice(0, printed.length))
  })

  const resolves = blocks('')
    .flatMap(block => block.split('\n'))
    .filter(line => line.startsWith('npx countersign resolve'))

  it('ends a conflict in three ways', () => expect(resolves).toHaveLength(3))

  it.each(resolves)('`%s` ends one', async line => {
    const [path, way] = line.split(' ').slice(3) as [string, string]
    const repo = await installed()
    age(repo, { [path]: olderTester(repo) })
    repo.write(path, read(repo, path).replace('You test.', 'Mine.'))
    expect((await countersign(repo.root, 'upgrade', '--yes')).exitCode).toBe(3)
    const merge = `.claude/countersign/conflicts/${path}.merged`
    repo.write(merge, read(repo, merge).replace(/^[<>]{7} .*\n/gm, ''))
    expect(await countersign(repo.root, 'resolve', path, way)).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await countersign(repo.root, 'upgrade', '--check')).exitCode).toBe(0)
  })

  it('lists what init writes', async () => {
    const repo = repository({ 'package.json': '{"scripts":{"test":"node --test"}}' })
    await countersign(repo.root, 'init', '--yes')
    const listed = [...readme.matchAll(/^\| `([^`]+)` \|/gm)].map(match => match[1]!)
    const covers = (row: string, path: string) => (row.endsWith('/') ? path.startsWith(row) : path === row)
    const written = repo.git('ls-files', '--others').split('\n')
    expect(written.length).toBeGreaterThan(20)
    expect(written.filter(path => !listed.some(row => covers(row, path)))).toEqual([])
    expect(listed.filter(row => !written.some(path => covers(row, path)))).toEqual([])
  })

  it('picks in words that pick', async () => {
    const picks = readme.match(/^pick .+$/gm) ?? []
    expect(picks).toEqual(['pick F1 F3-F5', 'pick high', 'pick all', 'pick none'])
    for (const prompt of picks.slice(1)) {
      const one = await atChoice()
      await one.fire('UserPromptSubmit', { prompt })
      expect(one.ledger().some(({ kind }) => kind === 'picked')).toBe(true)
    }
  })

  it('shows a configuration that is valid', () => {
    const shown = blocks('yaml')
    expect(shown).toHaveLength(1)
    expect(readConfig(`version: 1\n${shown[0]}`)).toHaveProperty('config.tests.0.paths', ['src/**', 'test/**'])
  })
})

describe('paths that the documents name are there', () => {
  const named = (file: string, pattern: RegExp) => [
    ...new Set([...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([, path]) => path!)),
  ]
  const missing = (paths: string[]) => paths.filter(path => !existsSync(join(root, path)))

  it.each(['SECURITY.md', 'CONTRIBUTING.md'])('in %s', file => {
    const paths = named(file, /`((?:src|test|templates)\/[\w./-]+)`/g)
    expect(paths.length).toBeGreaterThan(3)
    expect(missing(paths)).toEqual([])
  })

  it('in the comments of the code', () => {
    const files = ['src', 'test'].flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map(name => join(folder, name))
        .filter(name => /\.(ts|mjs)$/.test(name) && !name.includes('fixtures')),
    )
    const paths = files.flatMap(file =>
      named(file, /^\s*(?:\/\/|\/?\*).*?(?<![\w./-])((?:[\w-]+\/)+[\w.-]+\.(?:ts|mjs))\b/gm),
    )
    expect(paths.length).toBeGreaterThan(3)
    expect(missing(paths.map(path => (/^(src|test)\//.test(path) ? path : `src/${path}`)))).toEqual([])
  })

  it('in the map', () => {
    const places = named('src/README.md', /`((?:core|shell|model|detect|commands|hook|rehearsal)\/[\w./-]*)`/g)
    expect(places.length).toBeGreaterThan(10)
    expect(missing(places.map(path => `src/${path}`))).toEqual([])
  })
})
