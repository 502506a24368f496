import { expect, it } from 'vitest'
import { relativePath } from '../../../src/core/text/relative-path.ts'

it('a path is shown from the root', () =>
  expect([relativePath('/r', '/r/a/b'), relativePath('C:\\r', 'C:\\r\\a\\b'), relativePath('/r', '/r')]).toEqual([
    'a/b',
    'a/b',
    '.',
  ]))
