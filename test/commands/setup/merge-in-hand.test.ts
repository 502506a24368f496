import { describe, expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import type { TestRepository } from '../../support/repository.ts'
import { age, has, installed, manifestIn, olderTester, read, remove, tester } from '../../support/setup/aged.ts'

const merged = `.claude/countersign/conflicts/${tester}.merged`
const theirs = `.claude/countersign/conflicts/${tester}.theirs`

/** A setup with a conflict in the tester that an upgrade has laid out. */
async function laidOut() {
  const repo = await installed()
  const newest = read(repo, tester)
  const old = olderTester(repo)
  age(repo, { [tester]: old })
  repo.write(tester, old.replace('You test.', 'You test gently.'))
  // What is in no commit no merge may leave out.
  repo.commit()
  await countersign(repo.root, 'upgrade', '--yes')
  return { repo, newest, asLaidOut: read(repo, merged) }
}

/** Takes the markers out of the merge, and puts a line of the user's there. */
function mergedByHand(repo: TestRepository): string {
  const text = read(repo, merged).replace(/<<<<<<< [\s\S]*>>>>>>> .*/, 'You test gently, and well.')
  repo.write(merged, text)
  return text
}

describe('a merge that the user has begun to edit', () => {
  it.each(['upgrade', 'init'])(
    'is kept when %s runs again, which says so, and resolves the conflict',
    async command => {
      const { repo } = await laidOut()
      const mine = mergedByHand(repo)
      const { exitCode, stdout } = await countersign(repo.root, command, '--yes')
      expect({ exitCode, stdout }).toEqual({
        exitCode: 3,
        stdout: expect.stringMatching(/Your file and your edits in the merge are left untouched/),
      })
      expect(stdout).toMatch(/kept because you edited it; delete it to get\s+a new merge/)
      expect(read(repo, merged)).toBe(mine)
      expect((await countersign(repo.root, 'resolve', tester, '--merged')).exitCode).toBe(0)
      expect(read(repo, tester)).toBe(mine)
    },
  )

  it('stays the merge of its version; a newer version is merged after it is resolved', async () => {
    const { repo, newest } = await laidOut()
    // The version that comes is this one; the conflict was with the one before it.
    const between = newest.replace(/^You .*$/m, 'You test, always.')
    age(repo, {}, '0.0.9')
    repo.write(theirs, between)
    const manifest = manifestIn(repo)
    age(repo, { 'made-up.md': between })
    manifest.files[tester].conflict = manifestIn(repo).files['made-up.md'].sha256
    repo.write('.claude/countersign/manifest.json', JSON.stringify(manifest))
    const mine = mergedByHand(repo)
    const { stdout } = await countersign(repo.root, 'upgrade', '--yes')
    expect(stdout).toContain('it is a merge with an earlier version')
    expect({ merged: read(repo, merged), theirs: read(repo, theirs) }).toEqual({ merged: mine, theirs: between })
    await countersign(repo.root, 'resolve', tester, '--merged')
    expect(await countersign(repo.root, 'upgrade', '--check')).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('tester.md'),
    })
  })

  it('is kept by uninstall without --purge', async () => {
    const { repo } = await laidOut()
    const mine = mergedByHand(repo)
    expect((await countersign(repo.root, 'uninstall', '--yes')).stdout).toContain(
      `Kept because you edited or added them: ${tester}, ${merged}`,
    )
    expect(read(repo, merged)).toBe(mine)
    expect((await countersign(repo.root, 'uninstall', '--yes', '--purge')).exitCode).toBe(0)
    expect(has(repo, merged)).toBe(false)
  })

  it('is made again from the current file where it is unedited or was deleted', async () => {
    const { repo, asLaidOut } = await laidOut()
    repo.write(tester, read(repo, tester).replace('gently', 'softly'))
    await countersign(repo.root, 'upgrade', '--yes')
    expect(read(repo, merged)).toBe(asLaidOut.replace('gently', 'softly'))
    mergedByHand(repo)
    remove(repo, merged)
    await countersign(repo.root, 'upgrade', '--yes')
    expect(read(repo, merged)).toBe(asLaidOut.replace('gently', 'softly'))
  })

  it('is told from an unedited one in a clone, too', async () => {
    const { repo, asLaidOut } = await laidOut()
    remove(repo, '.git/countersign')
    expect((await countersign(repo.root, 'upgrade', '--check')).stdout).not.toContain('kept because you edited it;')
    mergedByHand(repo)
    await countersign(repo.root, 'upgrade', '--yes')
    expect(read(repo, merged)).not.toBe(asLaidOut)
  })
})
