import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { countersign } from '../../support/programs/cli.ts'
import {
  age,
  bundle,
  fullBundle,
  gateAtStart,
  has,
  installed,
  manifestIn,
  manifestPath,
  remove,
  treeOf,
} from '../../support/setup/aged.ts'

/** How every hook begins that any version wrote: an upgrade without a manifest knows it by this line. */
const firstLine = "// Countersign's hook: generated, not for editing. Source: the npm package countersign.\n"

/** A setup as 0.1.0 left it, whose hook was one file. */
async function withOneFile() {
  const repo = await installed()
  remove(repo, fullBundle)
  age(repo, { [bundle]: `${firstLine}console.log('0.1.0')\n` })
  const { [fullBundle]: _, ...files } = manifestIn(repo).files
  repo.write(manifestPath, JSON.stringify({ ...manifestIn(repo), version: '0.0.9', files }))
  expect(gateAtStart(repo)).toBe('0.1.0')
  return repo
}

it('a hook of one file becomes one of two that runs, and both are gone after uninstall', async () => {
  const repo = await withOneFile()
  expect(await countersign(repo.root, 'upgrade', '--yes')).toMatchObject({ exitCode: 0, stderr: '' })
  expect(gateAtStart(repo)).toContain('Countersign · idle')
  expect(manifestIn(repo).files).toHaveProperty([fullBundle], expect.objectContaining({ class: 'owned', noBase: true }))
  expect((await countersign(repo.root, 'uninstall', '--yes')).exitCode).toBe(0)
  expect(Object.keys(treeOf(repo))).toEqual(['package.json'])
})

it('the same without its manifest', async () => {
  const repo = await withOneFile()
  remove(repo, manifestPath)
  expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
  expect(gateAtStart(repo)).toContain('Countersign · idle')
})

it('the second file comes back when it is missing, by `upgrade` and by `doctor --fix`', async () => {
  const repo = await installed()
  for (const args of [
    ['upgrade', '--yes'],
    ['doctor', '--fix'],
  ]) {
    remove(repo, fullBundle)
    expect(gateAtStart(repo)).toContain('npx countersign upgrade')
    await countersign(repo.root, ...args)
    expect(has(repo, fullBundle)).toBe(true)
    expect(gateAtStart(repo)).toContain('Countersign · idle')
  }
})

it('every version of the hook begins with the same line', () =>
  expect(readFileSync(fileURLToPath(new URL('../../../dist/hook.cjs', import.meta.url)), 'utf8')).toMatch(
    new RegExp(`^${firstLine.replaceAll('.', '\\.')}`),
  ))
