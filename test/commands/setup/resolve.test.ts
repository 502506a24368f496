import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import { inConflict, read, tester, treeOf } from '../../support/setup/aged.ts'

const merged = `.claude/countersign/conflicts/${tester}.merged`
const upgrade = ({ root }: TestRepository) => countersign(root, 'upgrade', '--yes')
const resolve = ({ root }: TestRepository, ...args: string[]) => countersign(root, 'resolve', tester, ...args)

/** The merge as a user leaves it who takes the new version of what both changed. */
const settled = (repo: TestRepository) => read(repo, merged).replace(/<{7} .*\n[\s\S]*={7}\n([\s\S]*)>{7} .*\n/, '$1')

describe('an edit made while a conflict is open', () => {
  it.each(['committed', 'not committed'])('is not lost by taking the merge: %s', async how => {
    const { repo } = await inConflict()
    repo.commit()
    await upgrade(repo)
    repo.write(merged, settled(repo))
    appendFileSync(join(repo.root, tester), '- A rule added meanwhile.\n')
    if (how === 'committed') repo.commit()
    const tree = treeOf(repo)
    const { exitCode, stderr } = await resolve(repo, '--merged')
    expect(exitCode).toBe(65)
    expect(stderr).toContain(`${tester}:${read(repo, tester).split('\n').length - 1}: this line is not in the merge`)
    expect(treeOf(repo)).toEqual(tree)

    const [program = '', ...args] = /^ {2}(git diff .+)$/m.exec(stderr)![1]!.split(' ')
    expect(execaSync(program, args, { cwd: repo.root, reject: false }).stdout).toContain('-- A rule added meanwhile.')
    appendFileSync(join(repo.root, merged), '- A rule added meanwhile.\n')
    expect(stderr).toContain(`\n  npx countersign resolve ${tester} --merged`)
    expect((await resolve(repo, '--merged')).exitCode).toBe(0)
    expect(read(repo, tester)).toMatch(/- A rule added meanwhile\.\n$/)
  })
})

describe('an edit of the user’s that the merge leaves out', () => {
  it('must be in a commit', async () => {
    const { repo } = await inConflict()
    await upgrade(repo)
    repo.write(merged, settled(repo))
    expect(await resolve(repo, '--merged')).toMatchObject({
      exitCode: 65,
      stderr: expect.stringContaining(`${tester}:7`),
    })
    repo.commit()
    expect((await resolve(repo, '--merged')).exitCode).toBe(0)
    expect(read(repo, tester)).not.toContain('gently')
  })
})

describe('--theirs', () => {
  it.each([
    ['says so when git cannot restore what it replaces', false],
    ['has nothing to say about what is committed', true],
  ])('%s', async (_, committed) => {
    const { repo, newest } = await inConflict()
    if (committed) repo.commit()
    await upgrade(repo)
    const { exitCode, stdout } = await resolve(repo, '--theirs')
    expect({ exitCode, text: read(repo, tester) }).toEqual({ exitCode: 0, text: newest })
    const warning = `! Your version was not committed, so git cannot restore it: ${tester}\n`
    expect(stdout.startsWith(warning)).toBe(!committed)
  })

  it('says it in JSON as well', async () => {
    const { repo } = await inConflict()
    await upgrade(repo)
    expect(JSON.parse((await resolve(repo, '--theirs', '--json')).stdout)).toEqual({
      path: tester,
      way: 'theirs',
      uncommitted: [tester],
    })
  })
})
