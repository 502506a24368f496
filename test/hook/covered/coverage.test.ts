import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready } from '../../support/programs/gate.ts'
import { repositoryAt, temporaryDirectory } from '../../support/repository.ts'

const said = async (one: Gate, fields: object = {}) =>
  (await one.fire('Stop', { ...ready, ...fields })).json?.systemMessage ?? ''

/** A gate in a session, with a submodule `sub` when that is wanted. */
async function session({ sub = false, config = '' } = {}): Promise<Gate> {
  const one = gate({ play: 'reads-all', config })
  if (sub) {
    one.repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', one.repo.root, 'sub')
    one.repo.commit()
  }
  return one
}

describe('what lies in a repository of its own', () => {
  it('is said when a session starts, and a change there is not countersigned', async () => {
    const one = await session({ sub: true })
    const { json } = await one.fire('SessionStart', { source: 'startup' })
    expect(json?.systemMessage).toMatch(/! not looked at: sub\. Changes inside a submodule/)
    const again = async (session_id: string) =>
      (await one.fire('SessionStart', { source: 'startup', session_id })).json?.systemMessage ?? ''
    expect(await again('untouched')).toBe('')
    one.repo.write('a.js', 'mine\n')
    expect(await said(one)).toMatch(/countersigned/)
    one.repo.write('sub/a.js', 'inside\n')
    one.repo.write('a.js', 'mine again\n')
    expect(await said(one)).toMatch(
      /! not looked at: sub, a submodule or nested repository that changed\. .* not countersigned/,
    )
    one.repo.write('a.js', 'and again\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
    expect(await again('since named')).toBe('')
    one.repo.write('sub/a.js', 'once more\n')
    expect(await again('touched')).toMatch(/! not looked at: sub\./)
  })

  it('is said of a commit inside as well', async () => {
    const one = await session({ sub: true })
    await one.fire('SessionStart', { source: 'startup' })
    const sub = repositoryAt(join(one.repo.root, 'sub'))
    sub.write('a.js', 'inside\n')
    sub.commit()
    expect(await said(one)).toMatch(/! not looked at: sub,/)
  })

  it('is said of a new one without a commit, once a session, at a stop where nothing else changed', async () => {
    const one = await session()
    await one.fire('SessionStart', { source: 'startup' })
    mkdirSync(join(one.repo.root, 'new'))
    repositoryAt(join(one.repo.root, 'new')).git('init', '-q')
    one.repo.write('new/x.js', 'inside\n')
    expect(await said(one)).toMatch(/^Countersign: ! not looked at: new\./)
    expect(await said(one)).toBe('')
    one.repo.write('a.js', 'mine\n')
    expect(await said(one)).toMatch(/! not looked at: new, /)
  })
})

it('another working tree that Claude goes to is said, once a session', async () => {
  const one = await session()
  const other = join(temporaryDirectory(), 'other')
  one.repo.git('worktree', 'add', '-q', other)
  await one.fire('SessionStart', { source: 'startup' })
  expect(await said(one, { cwd: other })).toMatch(
    /! Claude is now in another working tree, which this session does not test or review\..*\n {2}cd .*other && claude/,
  )
  expect(await said(one, { cwd: other })).toBe('')
  expect(await said(one, { cwd: join(one.repo.root, '.claude') })).toBe('')
})

describe('a glob that is new', () => {
  const config = async (one: Gate, globs: string) => {
    one.repo.write(
      '.claude/countersign.yaml',
      `version: 1\ntests:\n  - name: unit\n    command: "sh ./suite.sh"\nignore: [${globs}]\n`,
    )
    await one.fire('UserPromptSubmit', { prompt: 'go on' })
  }

  it('deletes nothing from the change, and what it hides is named', async () => {
    const one = await session()
    one.repo.write('docs/a.md', 'a\n')
    one.repo.commit()
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write('docs/b.md', 'b\n')
    await config(one, '"docs/**"')
    expect(await said(one)).toMatch(/✓ countersigned .*; without docs\/a\.md, docs\/b\.md, which ignore rules added/)
    expect(one.prompts().at(-1)).toMatch(/countersign\.yaml \(modified/)
    expect(one.prompts().at(-1)).not.toMatch(/docs\/a\.md \(deleted/)
  })

  it('does not take the configuration out of the change', async () => {
    const one = await session()
    await one.fire('SessionStart', { source: 'startup' })
    await config(one, '"**"')
    expect(await said(one)).toMatch(/reviewed 1 file [\s\S]*✓ countersigned .*; without .*a\.js/)
    await config(one, '".claude", "*.js"')
    expect(await said(one)).toMatch(/reviewed 2 files/)
  })
})

it('files that a new rule in .gitignore hides are named, those of an older rule are not', async () => {
  const one = await session()
  one.repo.write('.gitignore', '*.log\n')
  one.repo.commit()
  await one.fire('SessionStart', { source: 'startup' })
  one.repo.write('old.log', 'x')
  one.repo.write('evil.js', 'x')
  one.repo.write('deep/evil.js', 'x')
  one.repo.write('.gitignore', '*.log\nevil.js\n')
  expect(await said(one)).toMatch(/✓ countersigned .*; without deep\/evil\.js, evil\.js, which ignore/)
})

it('what a .gitignore hides that hides itself is named once', async () => {
  const one = await session()
  one.repo.write('older/.gitignore', '*\n')
  one.repo.write('older/cache', 'x')
  await one.fire('SessionStart', { source: 'startup' })
  one.repo.write('hid/.gitignore', '*\n')
  one.repo.write('hid/deep/evil.js', 'x')
  one.repo.write('a.js', 'mine\n')
  expect(await said(one)).toMatch(/✓ countersigned .*; without hid\/, which ignore/)
  one.repo.write('a.js', 'mine again\n')
  expect(await said(one)).toMatch(/✓ countersigned [^;]*$/m)
})

describe('what decides what git sees', () => {
  it.each<[string, (one: Gate) => void, RegExp]>([
    ['.git/info/exclude', one => one.repo.write('.git/info/exclude', 'evil.js\n'), /\.git\/info\/exclude/],
    ['.git/info/attributes', one => one.repo.write('.git/info/attributes', '* -text\n'), /\.git\/info\/attributes/],
    ['core.fileMode', one => void one.repo.git('config', 'core.fileMode', 'false'), /git config core\.fileMode/],
    ['a filter', one => void one.repo.git('config', 'filter.x.clean', 'cat'), /git config filter/],
    ['an include', one => void one.repo.git('config', 'include.path', 'more'), /git config include/],
    [
      'core.excludesFile',
      one => void one.repo.git('config', 'core.excludesFile', 'x'),
      /git config core\.excludesFile/,
    ],
    [
      'the global gitignore',
      one => one.repo.write(`../${one.env.HOME!.split('/').at(-1)}/.config/git/ignore`, 'x'),
      /global gitignore/,
    ],
  ])('is watched: %s', async (_, change, told) => {
    const one = await session()
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('UserPromptSubmit', { prompt: 'begin' })
    change(one)
    const { json } = await one.fire('UserPromptSubmit', { prompt: 'go on' })
    expect(json?.systemMessage).toMatch(/gate files changed: /)
    expect(json?.systemMessage).toMatch(told)
    expect((await one.fire('UserPromptSubmit', { prompt: 'go on' })).stdout).toBe('')
  })

  it('is named with what it hides, when the change is signed', async () => {
    const one = await session()
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('UserPromptSubmit', { prompt: 'begin' })
    one.repo.write('evil.js', 'x\n')
    one.repo.write('.git/info/exclude', 'evil.js\n')
    one.repo.write('a.js', 'mine\n')
    expect(await said(one)).toMatch(/✓ countersigned .*; without evil\.js, which ignore/)
    one.repo.write('a.js', 'mine again\n')
    expect(await said(one)).toMatch(/✓ countersigned [^;]*$/m)
  })
})

it('an edited copy of the configuration in the state directory is not believed', async () => {
  const one = await session({ config: 'ignore:\n  - "docs/**" # and *.js\n' })
  await one.fire('SessionStart', { source: 'startup' })
  expect(await said(one)).toBe('')
  const file = join(one.repo.root, '.git/countersign/config.json')
  for (const glob of ['evil.js', '*.js']) {
    const cache = JSON.parse(readFileSync(file, 'utf8'))
    cache.config.ignore = ['docs/**', glob]
    writeFileSync(file, JSON.stringify(cache))
    one.repo.write('evil.js', `${glob}\n`)
    expect(await said(one)).toMatch(/✓ countersigned [^;]*$/m)
  }
})
