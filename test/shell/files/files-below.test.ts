import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { filesBelow } from '../../../src/shell/files/files-below.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

function folder(...files: string[]): string {
  const root = temporaryDirectory()
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  return root
}
const below = (root: string, most = 10) =>
  filesBelow(root, path => path.endsWith('.env'), most).map(path => path.slice(root.length + 1).replaceAll('\\', '/'))

it('files are found level by level, and not among what no person writes', () =>
  expect(below(folder('a/b/c.env', 'z.env', 'a/d.env', 'a/e.txt', 'node_modules/x.env', 'a/.git/y.env'))).toEqual([
    'z.env',
    'a/d.env',
    'a/b/c.env',
  ]))

it('no more are found than wanted', () => expect(below(folder('1.env', '2.env', '3.env'), 2)).toHaveLength(2))

itNeeds('POSIX')('links are not followed', () => {
  const root = folder('a/1.env')
  symlinkSync(root, join(root, 'a/again'))
  symlinkSync(join(root, 'a/1.env'), join(root, '2.env'))
  expect(below(root)).toEqual(['a/1.env'])
})

it('a folder that is not there has none', () => expect(below(join(temporaryDirectory(), 'missing'))).toEqual([]))
