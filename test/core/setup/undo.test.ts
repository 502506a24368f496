import { describe, expect, it } from 'vitest'
import { sidecars } from '../../../src/core/setup/record-paths.ts'
import { undoOf } from '../../../src/core/setup/undo.ts'
import { onDisk } from '../../support/setup/release.ts'

const { merged, theirs } = sidecars('a.md')
const created = (path: string) => ({ path, text: 'new', before: null })

describe('what a plan wrote is undone', () => {
  it('by restoring what was there, and removing what was not', () =>
    expect(
      undoOf(
        [
          { path: 'a.md', text: 'new', before: onDisk('old') },
          { path: 'gone.md', text: null, before: onDisk('old') },
          created('b.md'),
        ],
        ['a.md', 'gone.md'],
      ),
    ).toEqual({ restored: ['a.md', 'gone.md'], cleared: ['b.md'] }))

  it('with the whole directory of conflicts, when there was none', () =>
    expect(undoOf([created(merged), created(theirs)], ['a.md']).cleared).toEqual(['.claude/countersign/conflicts']))

  it('file by file, when one was laid out before', () =>
    expect(undoOf([created(merged), created(theirs)], [sidecars('b.md').theirs]).cleared).toEqual([merged, theirs]))
})
