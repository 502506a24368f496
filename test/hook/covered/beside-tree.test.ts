import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../../support/platform.ts'
import { type Gate, gate, ready } from '../../support/programs/gate.ts'

const said = async (one: Gate, fields: object = {}) =>
  (await one.fire('Stop', { ...ready, ...fields })).json?.systemMessage ?? ''

/** A gate in a session, with a second file that changes beside whatever a test hides. */
async function session(config = ''): Promise<Gate> {
  const one = gate({ play: 'reads-all', config })
  await one.fire('SessionStart', { source: 'startup' })
  await one.fire('UserPromptSubmit', { prompt: 'change it' })
  await one.fire('Stop')
  return one
}
const visibly = (one: Gate, text = 'exports.s = 1\n') => one.repo.write('sub.js', text)
const first = 'export const a = 1\n'

const notSigned = /! the review is about the working tree alone\. This change is not countersigned/
const besideHead = /! HEAD holds other content than the working tree for: a\.js\./

describe('what HEAD holds beside the reviewed tree', () => {
  const commitElse = (one: Gate) => {
    one.repo.write('a.js', `${first}EVIL\n`)
    one.repo.git('commit', '-q', '-am', 'e')
  }

  it.each([false, true])('is named, and the change is not signed (skip-worktree: %s)', async skip => {
    const one = await session()
    commitElse(one)
    if (skip) one.repo.git('update-index', '--skip-worktree', 'a.js')
    one.repo.write('a.js', first)
    visibly(one)
    const line = await said(one)
    expect(line).toMatch(besideHead)
    expect(line).toMatch(notSigned)
    expect(line).not.toMatch(/✓ countersigned/)
    one.repo.git('update-index', '--no-skip-worktree', 'a.js')
    one.repo.git('commit', '-q', '-am', 'taken back')
    visibly(one, 'exports.s = 2\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
  })

  it('is named at a stop at which nothing else has changed, once', async () => {
    const one = await session()
    commitElse(one)
    one.repo.write('a.js', first)
    expect(await said(one)).toMatch(besideHead)
    expect(await said(one)).toBe('')
  })

  it('is nothing where a commit holds what was signed, or is taken back', async () => {
    const one = await session()
    one.repo.write('a.js', 'mine\n')
    visibly(one)
    expect(await said(one)).toMatch(/✓ countersigned/)
    one.repo.git('commit', '-q', '-m', 'a part', 'a.js')
    expect(await said(one)).toBe('')
    one.repo.commit('mine')
    expect(await said(one)).toBe('')
    one.repo.git('reset', '-q', '--soft', 'HEAD~1')
    expect(await said(one)).toBe('')
    one.repo.write('a.js', 'mine again\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
    one.repo.write('a.js', 'and again\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
  })
})

describe('what is staged beside the reviewed tree', () => {
  it('is named, and the change is not signed', async () => {
    const one = await session()
    one.repo.write('a.js', `${first}EVIL\n`)
    one.repo.write('evil.js', 'EVIL\n')
    one.repo.git('add', '-A')
    one.repo.write('a.js', first)
    one.repo.git('rm', '-q', '--cached', 'evil.js')
    one.repo.write('evil.js', 'EVIL\n')
    one.repo.git('add', 'evil.js')
    visibly(one)
    writeFileSync(join(one.repo.root, 'evil.js'), 'good\n')
    const line = await said(one)
    expect(line).toMatch(/! the index \(`git diff --cached`\) holds other content .* for: a\.js, evil\.js\./)
    expect(line).toMatch(notSigned)
  })

  it('is nothing where it is in the working tree, or was signed', async () => {
    const one = await session()
    one.repo.write('a.js', 'mine\n')
    one.repo.git('add', '-A')
    expect(await said(one)).toMatch(/✓ countersigned/)
    one.repo.write('a.js', 'mine again\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
  })
})

describe('what git never lists', () => {
  it.each(['.GIT/x.js', 'git~1/x.js', '.git /x.js', 'lib/.git/x.js'])('%s is named, and not signed', async path => {
    const one = await session()
    one.repo.write(path, 'EVIL\n')
    one.repo.write('lib/good.js', 'good\n')
    visibly(one)
    const line = await said(one)
    expect(line).toMatch(/! not looked at, since git adds nothing of it: /)
    expect(line).toMatch(notSigned)
  })

  it.each(['.claude/worktrees/x/evil.js', '.claude/countersign/evil.js'])('%s is part of the change', async path => {
    const one = await session()
    one.repo.write(path, 'EVIL\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
    expect(one.prompts().at(-1)).toContain(path)
  })

  it('a registered checkout of Claude’s is not', async () => {
    const one = await session()
    one.repo.git('worktree', 'add', '-q', '.claude/worktrees/topic')
    one.repo.write('.claude/worktrees/topic/b.js', 'elsewhere\n')
    expect(await said(one)).toBe('')
  })
})

describe('what `ignore` hides', () => {
  const config = 'ignore: ["dist/**", "docs/**"]\n'

  it('is named where git tracks it by force or anew, and the change is not signed', async () => {
    const one = await session(config)
    one.repo.write('.git/info/exclude', 'dist\n')
    await one.fire('UserPromptSubmit', { prompt: 'go on' })
    for (const path of ['dist/evil.js', 'docs/evil.js', 'docs/untracked.md']) one.repo.write(path, 'EVIL\n')
    one.repo.git('add', '-f', 'dist/evil.js', 'docs/evil.js')
    visibly(one)
    const line = await said(one)
    expect(line).toMatch(/! not looked at because of `ignore` .* tracked by git: dist\/evil\.js, docs\/evil\.js\./)
    expect(line).toMatch(notSigned)
  })

  describe('and git knew before is left out as configured, and named in the line that signs', () => {
    const known = async () => {
      const one = gate({ play: 'reads-all', config })
      for (const path of ['docs/a.md', 'docs/b.md', 'docs/gone.md', 'docs/same.md', 'dist/a.js'])
        one.repo.write(path, `${path}\n`)
      one.repo.commit()
      await one.fire('SessionStart', { source: 'startup' })
      return one
    }
    const edit = (one: Gate) => {
      one.repo.write('docs/a.md', 'EVIL\n')
      rmSync(join(one.repo.root, 'docs/gone.md'))
      one.repo.write('docs/same.md', 'docs/same.md\n')
    }
    const clause = /✓ countersigned .*; not looked at: 2 files under `ignore` \(docs\/a\.md, docs\/gone\.md\)$/

    it.each<[string, (one: Gate) => void]>([
      ['in the working tree', () => {}],
      ['in the index', one => void one.repo.git('add', '-A')],
      ['in a commit', one => one.repo.commit()],
      ['behind a flag', one => void one.repo.git('update-index', '--assume-unchanged', 'docs/a.md', 'docs/gone.md')],
    ])('%s', async (_, then) => {
      const one = await known()
      edit(one)
      then(one)
      visibly(one)
      expect(await said(one)).toMatch(clause)
      visibly(one, 'exports.s = 2\n')
      expect(await said(one)).toMatch(/✓ countersigned (?!.*under `ignore`)/)
    })

    it('nothing is said where nothing has changed there', async () => {
      const one = await known()
      visibly(one)
      expect(await said(one)).toMatch(/✓ countersigned (?!.*under `ignore`)/)
    })
  })
})

describe('what git converts', () => {
  /** A gate in a session, with these attributes and this configuration from before it. */
  const converting = async (attributes: string, filter = '') => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('.gitattributes', attributes)
    if (filter) one.repo.git('config', 'filter.x.clean', filter)
    one.repo.commit()
    await one.fire('SessionStart', { source: 'startup' })
    return one
  }
  const words = /! reviewed only as git converts it \(`git check-attr -a`\), .*: a\.js\./

  it.each<[string, string, string, string]>([
    ['a filter', '*.js filter=x\n', 'grep -v EVIL', `${first}EVIL\n`],
    ['an id', '*.js ident\n', '', '// $Id: EVIL() $\n'],
  ])('by %s is named, and the change is not signed', async (_, attributes, filter, text) => {
    const one = await converting(attributes, filter)
    one.repo.write('a.js', text)
    visibly(one)
    const line = await said(one)
    expect(line).toMatch(words)
    expect(line).toMatch(notSigned)
  })

  it('is reviewed or named when the filter was there only while it was added', async () => {
    const one = await session()
    one.repo.git('config', 'filter.x.clean', 'grep -v EVIL')
    one.repo.write('.git/info/attributes', '*.js filter=x\n')
    one.repo.write('a.js', `${first}EVIL\n`)
    one.repo.git('add', 'a.js')
    one.repo.git('config', '--unset', 'filter.x.clean')
    one.repo.write('.git/info/attributes', '')
    visibly(one)
    const line = await said(one)
    expect(/✓ countersigned/.test(line) ? one.prompts().at(-1) : line).toMatch(/a\.js/)
  })

  it.each<[string, string, Buffer]>([
    ['line ends', '*.js text eol=lf\n', Buffer.from('one\r\ntwo\r\n')],
    ['UTF-16', '*.js working-tree-encoding=UTF-16LE\n', Buffer.from('one\n', 'utf16le')],
  ])('%s are signed', async (_, attributes, bytes) => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('.gitattributes', attributes)
    one.repo.write('a.js', attributes.includes('16') ? Buffer.from('was\n', 'utf16le') : 'was\n')
    one.repo.commit()
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write('a.js', bytes)
    expect(await said(one)).toMatch(/✓ countersigned/)
  })
})

it('a text stays a text in the diff, whatever git is told of large files', async () => {
  const one = await session()
  one.repo.git('config', 'core.bigFileThreshold', '1')
  one.repo.write('a.js', 'EVIL\n')
  expect(await said(one)).toMatch(/✓ countersigned/)
  expect(one.prompts().at(-1)).toMatch(/^\+EVIL$/m)
})

describe('a directory that is set up and that git finds no working tree in', () => {
  it.each<[string, (one: Gate) => void]>([
    ['core.worktree', one => void one.repo.git('config', 'core.worktree', '/')],
    ['core.bare', one => void one.repo.git('config', 'core.bare', 'true')],
    ['no .git', one => renameSync(join(one.repo.root, '.git'), join(one.repo.root, 'away'))],
  ])('is told to the user at a start and at each stop: %s', async (_, spoil) => {
    const one = await session()
    spoil(one)
    expect(await said(one)).toMatch(/! git finds no working tree here, so nothing is tested or reviewed/)
    const { json } = await one.fire('SessionStart', { source: 'startup' })
    expect(json?.systemMessage).toMatch(/! git finds no working tree here/)
  })
})

itNeeds('Linux')(
  'a name that differs in case alone is a file of its own, whatever git is told of the file system',
  async () => {
    const one = await session()
    one.repo.git('config', 'core.ignoreCase', 'true')
    one.repo.write('A.JS', 'EVIL\n')
    expect(await said(one)).toMatch(/✓ countersigned/)
    expect(one.prompts().at(-1)).toMatch(/^A\.JS \(added/m)
  },
)

it('a lock that somebody else has is told as one, once', async () => {
  const one = await session()
  one.repo.write('.git/countersign/lock', '')
  visibly(one)
  expect(await said(one)).toMatch(/! nothing was tested or reviewed at this stop: somebody has the file/)
})

it('files that a .gitignore above the setup hides since the last look are named', async () => {
  const one = gate({ play: 'reads-all', home: 'pkg' })
  one.repo.write('.gitignore', '*.log\n')
  one.repo.commit()
  await one.fire('SessionStart', { source: 'startup' })
  await one.fire('Stop')
  one.repo.write('pkg/old.log', 'x')
  one.repo.write('pkg/sub.js', 'mine\n')
  expect(await said(one)).not.toMatch(/; without/)
  one.repo.write('.gitignore', '*.log\nevil.js\n')
  one.repo.write('pkg/evil.js', 'EVIL\n')
  one.repo.write('pkg/sub.js', 'mine again\n')
  expect(await said(one)).toMatch(/✓ countersigned .*; without evil\.js, old\.log, which ignore/)
})
