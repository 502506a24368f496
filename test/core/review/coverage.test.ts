import { describe, expect, it } from 'vitest'
import { coverage, isOpened, isRead, unneeded } from '../../../src/core/review/coverage.ts'
import { generatedOf } from '../../../src/core/review/generated-files.ts'
import type { ChangedBlob } from '../../../src/model/changed-file.ts'

const file = (path: string, more: Partial<ChangedBlob> = {}): ChangedBlob => ({
  ...{ path, status: 'modified', added: 1, deleted: 1, binary: false, blob: `${path} now` },
  ...more,
})
const read = (...paths: string[]) => Object.fromEntries(paths.map(path => [path, `${path} now`]))
const of = (files: ChangedBlob[], more: Partial<Parameters<typeof coverage>[1]> = {}) =>
  coverage(files, { read: {}, generated: new Set(), leftOut: [], unsent: [], ...more })

describe('what a review covers', () => {
  const [a, b] = [file('a.js'), file('b.js')]
  it.each<[string, ReturnType<typeof coverage>, Partial<ReturnType<typeof coverage>>]>([
    ['nothing that was not read', of([a, b]), { reviewed: [], unread: ['a.js', 'b.js'] }],
    [
      'what was read',
      of([a, b], { read: read('a.js') }),
      { reviewed: ['a.js'], unread: ['b.js'], notReviewed: ['b.js'] },
    ],
    [
      'all, once all was read',
      of([a, b], { read: read('a.js', 'b.js') }),
      { unread: [], notReviewed: [], unneeded: {} },
    ],
    [
      'not what has changed since it was read',
      of([file('a.js', { blob: 'other' })], { read: read('a.js') }),
      { unread: ['a.js'] },
    ],
    ['no file of another name', of([file('constructor')]), { unread: ['constructor'] }],
    [
      'a file that is gone, without a word of it',
      of([file('a.js', { status: 'deleted' })]),
      { unread: [], unneeded: { 'a.js': 'deleted' } },
    ],
    ['a binary file', of([file('a.png', { binary: true })]), { unread: [], unneeded: { 'a.png': 'binary' } }],
    ['a lock file', of([file('app/Cargo.lock')]), { unread: [], unneeded: { 'app/Cargo.lock': 'generated' } }],
    ['a file marked as generated', of([a], { generated: new Set(['a.js']) }), { unneeded: { 'a.js': 'generated' } }],
    [
      'what is left out by its name',
      of([a], { leftOut: ['.env'] }),
      { notReviewed: ['a.js', '.env'], unneeded: { '.env': 'left out' } },
    ],
    [
      'what was not sent, which is told by itself',
      of([a, b], { unsent: ['b.js'] }),
      { unread: ['a.js'], notReviewed: ['a.js', 'b.js'] },
    ],
    [
      'a lock file that was read all the same',
      of([file('go.sum')], { read: read('go.sum') }),
      { reviewed: ['go.sum'], unneeded: {} },
    ],
  ])('%s', (_, covered, expected) => expect(covered).toMatchObject(expected))

  it('asks of each file whether it is to be read', () => {
    expect(unneeded(file('src/lock.js'), false)).toBeNull()
    expect(unneeded(file('package-lock.json'), false)).toBe('generated')
    expect(isRead({}, file('toString'))).toBe(false)
  })
})

describe('a file is opened', () => {
  it.each([
    ['by its path', 'cat src/big.js', true],
    ['by a longer way to it', '{"cmd":"sed -n 1,50p /repo/src/big.js"}', true],
    ['from its folder', 'cd src && cat big.js', true],
    ['through the file that its diff is in', 'cat "/state/change.patch"', true],
    ['not by another of a similar name', 'cat src/big.js.map other-src/big.jsx', false],
    ['not by its folder alone', 'ls src', false],
    ['not by its name in another folder', 'cat lib/big.js', false],
  ])('%s', (_, command, opened) => expect(isOpened('src/big.js', [command], ['/state/change.patch'])).toBe(opened))
  it('at the root by its name', () => {
    expect(isOpened('big.js', ['cat big.js'])).toBe(true)
    expect(isOpened('big.js', ['ls'])).toBe(false)
  })
})

describe('files that .gitattributes marks as generated', () => {
  const marked = (text: string, path: string, folder = '') => generatedOf([path], [{ folder, text }]).has(path)
  it.each([
    ['*.js linguist-generated', 'deep/a.js', true],
    ['*.js linguist-generated=true text', 'a.js', true],
    ['*.js text linguist-generated', 'a.ts', false],
    ['*.js linguist-generated=false', 'a.js', false],
    ['*.js -linguist-generated', 'a.js', false],
    ['dist/** linguist-generated', 'dist/a/b.js', true],
    ['dist/* linguist-generated', 'dist/a/b.js', false],
    ['**/gen/*.ts linguist-generated', 'a/b/gen/x.ts', true],
    ['/a.js linguist-generated', 'b/a.js', false],
    ['/a.js linguist-generated', 'a.js', true],
    ['dist/ linguist-generated', 'dist/a.js', false],
    ['"a b.js" linguist-generated', 'a b.js', true],
    ['[ab]?.js linguist-generated', 'bx.js', true],
    ['[!ab].js linguist-generated', 'c.js', true],
    ['[a-c].js linguist-generated', 'd.js', false],
    ['a\\*.js linguist-generated', 'a*.js', true],
    ['a\\*.js linguist-generated', 'ab.js', false],
    ['a*b*c linguist-generated', 'axbxbc', true],
    ['a** linguist-generated', 'a', true],
    ['a/**/b linguist-generated', 'a/c/d/e', false],
    ['# *.js linguist-generated', 'a.js', false],
    ['*.js', 'a.js', false],
    ['[ linguist-generated', '[', true],
    ['*.js linguist-generated\n*.js !linguist-generated', 'a.js', false],
  ])('%s: %s', (text, path, expected) => expect(marked(text, path)).toBe(expected))
  it('each for its folder, the nearest last', () => {
    const files = [
      { folder: 'src/deep', text: '*.js -linguist-generated' },
      { folder: 'src', text: '*.js linguist-generated' },
    ]
    expect(generatedOf(['a.js', 'src/a.js', 'src/deep/a.js', 'srcs/a.js'], files)).toEqual(new Set(['src/a.js']))
  })
})
