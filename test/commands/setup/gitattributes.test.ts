import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import { repository, repositoryAt, temporaryDirectory } from '../../support/repository.ts'
import { bundle, fullBundle, has, manifestIn, manifestPath, read, treeOf } from '../../support/setup/aged.ts'

const file = '.gitattributes'
const line = '.claude/hooks/countersign*.cjs linguist-generated -merge'
/** As 0.1.0 wrote it, whose hook was one file. */
const olderLine = `${bundle} linguist-generated -merge`
const project = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }
const init = ({ root }: { root: string }, ...args: string[]) => countersign(root, 'init', '--yes', ...args)

describe('.gitattributes', () => {
  it('gets its line with a new setup, which the plan shows', async () => {
    const repo = repository(project)
    const { exitCode, stdout } = await init(repo)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('+ .gitattributes') })
    expect(read(repo, file)).toBe(`${line}\n`)
    const tree = treeOf(repo)
    for (const args of [['init'], ['init', '--gitattributes'], ['upgrade', '--check']])
      expect((await countersign(repo.root, ...args)).exitCode).toBe(0)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('gets none from whoever said no, until they ask for it', async () => {
    const repo = repository(project)
    await init(repo, '--no-gitattributes')
    await init(repo)
    expect(has(repo, file)).toBe(false)
    expect((await init(repo, '--gitattributes')).stdout).toContain('git add .gitattributes')
    expect(read(repo, file)).toBe(`${line}\n`)
  })

  it.each([
    ['none', undefined],
    ['no bytes', ''],
    ['CRLF, a byte order mark and no final newline', '\uFEFF*.png binary\r\n*.sh eol=lf'],
    ['our very line', `${line}\n`],
  ])('is the same byte for byte after uninstall: %s', async (_, before) => {
    const repo = repository({ ...project, ...(before !== undefined && { [file]: before }) })
    const tree = treeOf(repo)
    expect((await init(repo, '--gitattributes')).exitCode).toBe(0)
    expect(read(repo, file).split(line)).toHaveLength(2)
    expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(0)
    expect(treeOf(repo)).toEqual(tree)
  })

  it('gets the new wording of an unedited line, and keeps an edited one', async () => {
    const repo = repository({ ...project, [file]: '* text=auto\n' })
    await init(repo, '--gitattributes')
    const older = read(repo, manifestPath).replace(line, olderLine)
    repo.write(manifestPath, older)
    repo.write(file, `* text=auto\r\n${olderLine}\r\n*.md text`)
    expect((await countersign(repo.root, 'upgrade', '--yes')).stdout).toContain('± .gitattributes')
    expect(read(repo, file)).toBe(`* text=auto\r\n${line}\r\n*.md text`)
    repo.write(file, '* text=auto\n')
    expect((await countersign(repo.root, 'upgrade', '--yes')).stdout).toContain('it is not added again')
    expect(read(repo, file)).toBe('* text=auto\n')
    expect(manifestIn(repo).files).not.toHaveProperty([file])
  })

  it('makes git treat both files of the gate as generated, and merge it without markers', async () => {
    const repo = repository(project)
    await init(repo, '--gitattributes')
    for (const path of [bundle, fullBundle]) {
      const attributes = repo.git('check-attr', 'linguist-generated', 'merge', 'diff', '--', path)
      expect(attributes.split('\n').map(text => text.split(': ').slice(1).join(' '))).toEqual([
        'linguist-generated set',
        'merge unset',
        'diff unspecified',
      ])
    }
    repo.commit('set up')
    repo.git('checkout', '-q', '-b', 'theirs')
    repo.write(bundle, '// theirs\n')
    repo.commit()
    repo.git('checkout', '-q', 'main')
    repo.write(bundle, '// ours\n')
    repo.commit()
    expect(() => repo.git('merge', '-q', 'theirs')).toThrow()
    expect(read(repo, bundle)).toBe('// ours\n')
    expect(repo.git('ls-files', '--unmerged')).toContain(bundle)
  })

  it('of a directory below the root is in that directory', async () => {
    const repo = repository({ 'packages/a/package.json': project['package.json'], [file]: '* text=auto\n' })
    await countersign(join(repo.root, 'packages/a'), 'init', '--yes', '--here', '--gitattributes')
    expect({ root: read(repo, file), a: read(repo, `packages/a/${file}`) }).toEqual({
      root: '* text=auto\n',
      a: `${line}\n`,
    })
    expect(repo.git('check-attr', 'merge', '--', `packages/a/${bundle}`)).toContain('merge: unset')
  })

  it.runIf(process.platform !== 'win32')(
    'that is a link out of the repository is refused only when the line is asked for',
    async () => {
      const [repo, outside] = [repository(project), repositoryAt(temporaryDirectory())]
      outside.write(file, 'theirs\n')
      symlinkSync(join(outside.root, file), join(repo.root, file))
      expect(await init(repo, '--gitattributes')).toMatchObject({ exitCode: 73, stderr: expect.stringContaining(file) })
      expect(has(repo, '.claude')).toBe(false)
      expect((await init(repo)).exitCode).toBe(0)
      expect(read(outside, file)).toBe('theirs\n')
    },
  )
})
