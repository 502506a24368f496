import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { realPlace, wayInside } from '../../../src/shell/files/real-place.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

it.each([
  ['/repo/a/b', 'a/b'],
  ['/repo', ''],
  ['/repo/..shared/x', '..shared/x'],
  ['/repository', null],
  ['/', null],
])('the way inside /repo to %s is %j', (path, way) => expect(wayInside('/repo', path)).toBe(way))

itNeeds('POSIX')('a file that is not there yet lies where the links on its way lead', () => {
  const dir = temporaryDirectory()
  mkdirSync(join(dir, 'real'))
  symlinkSync('real', join(dir, 'link'))
  expect(realPlace(join(dir, 'link/new/file'))).toBe(join(dir, 'real/new/file'))
})
