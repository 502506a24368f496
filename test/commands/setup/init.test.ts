import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hookEntries } from '../../../src/core/setup/settings/hook-entries.ts'
import { removeHooks } from '../../../src/core/setup/settings/settings.ts'
import { Manifest } from '../../../src/model/setup/manifest.ts'
import { itNeeds } from '../../support/platform.ts'
import { countersign } from '../../support/programs/cli.ts'
import { repository, repositoryAt, type TestRepository, temporaryDirectory } from '../../support/repository.ts'

const nodeProject = { 'package.json': '{ "name": "shop", "scripts": { "test": "node --test" } }\n', 'src/cart.js': '' }

const read = ({ root }: TestRepository, path: string) => readFileSync(join(root, path), 'utf8')

/** Path → hash of every file of the working tree, `.git` left out. */
function treeOf(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const own = files
    .map(file => file.slice(root.length + 1).replaceAll('\\', '/'))
    .filter(file => !file.startsWith('.git/'))
  return Object.fromEntries(
    own.sort().map(file => [
      file,
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex'),
    ]),
  )
}

describe('the tests', () => {
  it('are shown with the reason they were chosen for, in the plan, in JSON and in the configuration', async () => {
    const repo = repository({ 'go.mod': 'module a\n', 'a_test.go': '' })
    const json = JSON.parse((await countersign(repo.root, 'init', '--dry-run', '--json')).stdout)
    const why = 'it is usual for Go; neither CI nor a guide names a command.'
    expect(json.tests).toEqual([
      { name: 'go', command: 'go test ./...', single: 'go test ./PACKAGE -run NAME', why, guessed: true },
    ])
    const { stdout } = await countersign(repo.root, 'init', '--yes')
    expect(stdout).toContain(
      `? go test ./...: Not sure: ${why}\n  If that is not it: npx countersign init --test "COMMAND"`,
    )
    expect(read(repo, '.claude/countersign.yaml')).toContain(`    # Not sure: ${why}\n    command: "go test ./..."`)
  })

  it('are those that the user names with --test, while the configuration is not there yet', async () => {
    const repo = repository(nodeProject)
    const { stdout } = await countersign(repo.root, 'init', '--yes', '--test', 'make a', '--test', 'make b')
    expect(stdout).toContain('Tests: make a, make b\n')
    expect(read(repo, '.claude/countersign.yaml')).toMatch(
      /- name: "?tests"?\n +command: "?make a"?[\s\S]*"?tests-2"?\n +command: "?make b"?/,
    )
    const again = await countersign(repo.root, 'init', '--test', 'make c')
    expect(again.stdout).toContain('--test changes nothing')
    expect(read(repo, '.claude/countersign.yaml')).not.toContain('make c')
  })

  it('of an empty repository are open, and no CLAUDE.md is written about nothing', async () => {
    const repo = repository({})
    await countersign(repo.root, 'init', '--yes')
    expect(treeOf(repo.root)).not.toHaveProperty(['CLAUDE.md'])
    expect(treeOf(repo.root)).toHaveProperty(['.claude/countersign.yaml'])
  })
})

describe('init --yes in a fresh repository', () => {
  it('writes the whole setup and nothing else', async () => {
    const repo = repository(nodeProject)
    const { exitCode, stdout, stderr } = await countersign(repo.root, 'init', '--yes')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toContain('Tests: npm test')
    expect(stdout).toContain('git add CLAUDE.md .claude')

    const written = Object.keys(treeOf(repo.root)).filter(path => !(path in nodeProject) && !path.includes('/base/'))
    expect(written).toEqual([
      '.claude/agents/architect.md',
      '.claude/agents/developer.md',
      '.claude/agents/tester.md',
      '.claude/countersign.yaml',
      '.claude/countersign/config.schema.json',
      '.claude/countersign/decisions.jsonl',
      '.claude/countersign/manifest.json',
      '.claude/hooks/countersign-full.cjs',
      '.claude/hooks/countersign.cjs',
      '.claude/rules/countersign.md',
      '.claude/settings.json',
      '.claude/skills/debate/SKILL.md',
      '.claude/skills/feature/SKILL.md',
      '.claude/skills/findings/SKILL.md',
      '.claude/skills/self-review/SKILL.md',
      '.gitattributes',
      'CLAUDE.md',
    ])
    expect(read(repo, '.claude/countersign/decisions.jsonl')).toBe('')
    expect(read(repo, '.claude/countersign.yaml')).toContain('command: "npm test"')
  })

  it('records what it wrote: a hash for each file, and the bytes of each but the hook', async () => {
    const repo = repository(nodeProject)
    await countersign(repo.root, 'init', '--yes')
    const { files } = Manifest.parse(JSON.parse(read(repo, '.claude/countersign/manifest.json')))
    const owned = Object.entries(files).filter(([, entry]) => entry.class === 'owned')
    const bases = readdirSync(join(repo.root, '.claude/countersign/base'))
    expect(bases.sort()).toEqual(
      owned
        .filter(([path]) => !path.endsWith('.cjs'))
        .map(([, entry]) => entry.sha256!)
        .sort(),
    )
    for (const [path, { sha256 }] of owned)
      expect(createHash('sha256').update(read(repo, path)).digest('hex')).toBe(sha256)
    expect(files['.claude/settings.json']).toEqual({
      class: 'shared',
      sha256: null,
      created: true,
      entries: Object.fromEntries(hookEntries.map(({ event, group }) => [event, group])),
    })
  })

  it('a second one changes no byte and says so', async () => {
    const repo = repository(nodeProject)
    await countersign(repo.root, 'init', '--yes')
    const tree = treeOf(repo.root)
    const second = await countersign(repo.root, 'init')
    expect(second).toMatchObject({ exitCode: 0, stderr: '' })
    expect(second.stdout).toContain('There is nothing to write')
    expect(treeOf(repo.root)).toEqual(tree)
  })

  it('two repositories get the same bytes', async () => {
    const [one, other] = [repository(nodeProject), repository(nodeProject)]
    for (const { root } of [one, other]) await countersign(root, 'init', '--yes')
    const { 'CLAUDE.md': _, ...tree } = treeOf(one.root)
    expect(treeOf(other.root)).toMatchObject({ ...tree, '.claude/countersign/manifest.json': expect.any(String) })
  })
})

describe('without a yes nothing is written', () => {
  it('--dry-run shows the plan', async () => {
    const repo = repository(nodeProject)
    const tree = treeOf(repo.root)
    const { exitCode, stdout } = await countersign(repo.root, 'init', '--dry-run')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/\+ CLAUDE\.md[\s\S]*\+ \.claude\/settings\.json[\s\S]*Nothing was written/)
    expect(treeOf(repo.root)).toEqual(tree)
    expect(readdirSync(join(repo.root, '.git'))).not.toContain('countersign')
  })

  it('no terminal and no --yes is refused, with the flag that would do', async () => {
    const repo = repository(nodeProject)
    const tree = treeOf(repo.root)
    const { exitCode, stdout, stderr } = await countersign(repo.root, 'init')
    expect(exitCode).toBe(64)
    expect(stdout).toContain('+ CLAUDE.md')
    expect(stderr).toContain('--yes')
    expect(treeOf(repo.root)).toEqual(tree)
  })
})

describe('--json is one document on stdout', () => {
  it('with the plan', async () => {
    const { root } = repository(nodeProject)
    const { exitCode, stdout } = await countersign(root, 'init', '--json', '--dry-run')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      root,
      written: false,
      tests: [{ name: 'node', command: 'npm test' }],
      fillIn: null,
      files: expect.arrayContaining([
        { path: 'CLAUDE.md', class: 'seed', action: 'create', reason: 'describes this repository to every session' },
      ]),
    })
  })

  it.each([
    ['no yes', ['init', '--json'], 64, 'confirmation-needed'],
    ['a bad flag', ['init', '--json', '--yess'], 64, 'usage'],
  ])('with the error: %s', async (_, args, code, name) => {
    const { exitCode, stdout, stderr } = await countersign(repository(nodeProject).root, ...args)
    expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: name, message: expect.any(String) } })
  })
})

it('what the files do not tell is in the plan, and stays as a comment in the configuration', async () => {
  const repo = repository({ 'pom.xml': '<project/>\n', 'src/test/java/CartTest.java': '' })
  const { stdout } = await countersign(repo.root, 'init', '--yes')
  const sentence = 'There is no Maven wrapper, so `mvn` from PATH is used.'
  expect(stdout).toContain(`! ${sentence}`)
  expect(read(repo, '.claude/countersign.yaml')).toContain(`\n# Note: ${sentence}\n`)
})

describe('no test command', () => {
  it('is not invented: the very line to fill in is named, until it is', async () => {
    const repo = repository({ 'notes.txt': 'x' })
    const { stdout } = await countersign(repo.root, 'init', '--yes')
    const line = Number(/\.claude\/countersign\.yaml:(\d+)/.exec(stdout)?.[1])
    expect(read(repo, '.claude/countersign.yaml').split('\n')[line - 1]).toBe('tests: []')
    expect((await countersign(repo.root, 'init')).stdout).toContain(`.claude/countersign.yaml:${line}`)

    const filled = read(repo, '.claude/countersign.yaml').replace('tests: []', 'tests: [{ name: a, command: make }]')
    repo.write('.claude/countersign.yaml', filled)
    expect((await countersign(repo.root, 'init')).stdout).not.toContain('Fill in')
    expect(read(repo, '.claude/countersign.yaml')).toBe(filled)
  })
})

describe('what was there before', () => {
  it('settings.json keeps every byte; only hook entries are added', async () => {
    const before = '{\r\n\t"model": "opus", // mine\r\n\t"hooks": {"Stop": [{"hooks": []}]}\r\n}'
    const repo = repository({ ...nodeProject, '.claude/settings.json': before })
    const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('± .claude/settings.json')
    expect(stdout).toMatch(
      /Claude Code ignores \.claude\/settings\.json and all its hooks while it contains\s+comments/,
    )
    expect(removeHooks(read(repo, '.claude/settings.json'))).toEqual({ text: before })
  })

  it.each([
    ['a list of hooks', '{\n  "hooks": []\n}\n', '2:12', 'must be an object'],
    ['null hooks', '{ "hooks": null }', '1:12', 'must be an object'],
    ['a list at the root', '[]', '1:1', 'one JSON object'],
    ['a key given twice', '{\n "hooks": {},\n "hooks": {}\n}', '3:2', 'appears twice'],
    ['a missing brace', '{\n  "model": "opus"\n', '3:1', 'closing brace'],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x7d]), '1:1', 'not UTF-8'],
  ])('settings.json with %s stops everything, with line and column', async (_, text, at, says) => {
    const repo = repository(nodeProject)
    repo.write('.claude/settings.json', text)
    const tree = treeOf(repo.root)
    const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(65)
    expect(stderr).toContain(`.claude/settings.json:${at}: `)
    expect(stderr).toContain(says)
    expect(treeOf(repo.root)).toEqual(tree)
  })

  it('a CLAUDE.md or an agent with the name of a managed file is left untouched, and reported', async () => {
    const theirs = { 'CLAUDE.md': '# Mine\n', '.claude/agents/tester.md': 'mine\n' }
    const repo = repository({ ...nodeProject, ...theirs })
    const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/= CLAUDE\.md +your file; left unchanged/)
    expect(stdout).toMatch(/- \.claude\/agents\/tester\.md +you already have a file with this name/)
    for (const [path, text] of Object.entries(theirs)) expect(read(repo, path)).toBe(text)
    expect(JSON.parse(read(repo, '.claude/countersign/manifest.json')).files).not.toHaveProperty([
      '.claude/agents/tester.md',
    ])
  })

  itNeeds('Linux')('a name that differs only in case counts as the user’s: elsewhere it is the same file', async () => {
    const theirs = { 'claude.md': '# Mine\n', '.claude/agents/Tester.md': 'mine\n' }
    const repo = repository({ ...nodeProject, ...theirs })
    for (const _ of ['first', 'again']) {
      const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
      expect(exitCode).toBe(0)
      expect(stdout).toMatch(/= CLAUDE\.md +your file; left unchanged/)
      expect(stdout).toMatch(/- (\.claude\/agents\/)?tester\.md +you already have a file with this name/)
    }
    const paths = Object.keys(treeOf(repo.root)).filter(path => /claude\.md|tester\.md/i.test(path))
    expect(paths).toEqual(['.claude/agents/Tester.md', 'claude.md'])
    await countersign(repo.root, 'uninstall', '--yes')
    expect(Object.keys(treeOf(repo.root)).sort()).toEqual(Object.keys({ ...nodeProject, ...theirs }).sort())
  })

  it('.claude/CLAUDE.md counts as well: no second one is written', async () => {
    const repo = repository({ ...nodeProject, '.claude/CLAUDE.md': '# Mine\n' })
    await countersign(repo.root, 'init', '--yes')
    expect(treeOf(repo.root)).not.toHaveProperty(['CLAUDE.md'])
  })

  it('AGENTS.md, which a CLAUDE.md hides, is imported by it', async () => {
    const repo = repository({ ...nodeProject, 'AGENTS.md': 'Be kind.\n' })
    await countersign(repo.root, 'init', '--yes')
    expect(read(repo, 'CLAUDE.md')).toMatch(/^@AGENTS\.md$/m)
  })

  it('what the user edited or deleted since stays so', async () => {
    const repo = repository(nodeProject)
    await countersign(repo.root, 'init', '--yes')
    repo.write('.claude/agents/tester.md', 'mine now\n')
    rmSync(join(repo.root, '.claude/agents/architect.md'))
    const { '.claude/countersign/manifest.json': _, ...tree } = treeOf(repo.root)
    const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /- \.claude\/agents\/architect\.md +you deleted it[\s\S]*= \.claude\/agents\/tester\.md +you edited it/,
    )
    expect(treeOf(repo.root)).toMatchObject(tree)
    const again = await countersign(repo.root, 'init')
    expect(again.stdout).toMatch(/= .claude\/agents\/tester\.md +you edited it/)
    expect(again.stdout).not.toContain('architect')
  })
})

describe('where it cannot work it says why and writes nothing', () => {
  it('outside a repository', async () => {
    const cwd = temporaryDirectory()
    const { exitCode, stderr } = await countersign(cwd, 'init', '--yes')
    expect(exitCode).toBe(64)
    expect(stderr).toContain('git init')
    expect(readdirSync(cwd)).toEqual([])
  })

  it('below the root of one', async () => {
    const repo = repository(nodeProject)
    const { exitCode, stderr } = await countersign(join(repo.root, 'src'), 'init', '--yes')
    expect(exitCode).toBe(64)
    expect(stderr).toContain(`npx countersign init --cwd ${repo.root}`)
    expect(treeOf(repo.root)).not.toHaveProperty(['CLAUDE.md'])
  })

  itNeeds('POSIX')('through a .claude that is a link to elsewhere', async () => {
    const repo = repository(nodeProject)
    const elsewhere = temporaryDirectory()
    symlinkSync(elsewhere, join(repo.root, '.claude'))
    const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(73)
    expect(stderr).toContain(elsewhere)
    expect(readdirSync(elsewhere)).toEqual([])
    expect(treeOf(repo.root)).not.toHaveProperty(['CLAUDE.md'])
  })

  it.each([
    ['a manifest that is not one', '{}', 65, 'git checkout'],
    ['a newer manifest', '{"schema":2,"version":"9.0.0"}', 78, 'npx countersign@9.0.0'],
  ])('%s', async (_, manifest, code, says) => {
    const repo = repository({ ...nodeProject, '.claude/countersign/manifest.json': manifest })
    const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
    expect(exitCode).toBe(code)
    expect(stderr).toContain(says)
    expect(treeOf(repo.root)).not.toHaveProperty(['CLAUDE.md'])
  })
})

it('paths may have blanks and letters beyond ASCII', async () => {
  const outer = temporaryDirectory()
  const repo = repositoryAt(join(outer, 'mein Läden 🛒'))
  repo.write('package.json', nodeProject['package.json'])
  repo.git('init', '-q')
  expect((await countersign(outer, 'init', '--yes', '--cwd', repo.root)).exitCode).toBe(0)
  expect(read(repo, 'CLAUDE.md')).toContain('# mein Läden 🛒')
})

it('a git-ignored .claude is set up, and the user told what that means', async () => {
  const repo = repository({ ...nodeProject, '.gitignore': '.claude/\n' })
  const { exitCode, stdout } = await countersign(repo.root, 'init', '--yes')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Git ignores .claude here')
  expect(stdout).not.toContain('git add')
})

it('a fresh settings.json fires each hook exactly as the table says', async () => {
  const repo = repository(nodeProject)
  await countersign(repo.root, 'init', '--yes')
  const { hooks } = JSON.parse(read(repo, '.claude/settings.json'))
  expect(hooks).toEqual(Object.fromEntries(hookEntries.map(({ event, group }) => [event, [group]])))
})
