import { describe, expect, it } from 'vitest'
import { repositoryPath } from '../../../src/core/review/repository-path.ts'
import { shownPath } from '../../../src/core/text/plain-text.ts'

const tree = [
  'src/mean.js',
  'a/b.js',
  'x.js',
  'b.js',
  'README.md',
  'Makefile',
  'makefile',
  'libs/sub',
  'docs/café.md',
  'lib/a/index.js',
  'lib/b/index.js',
]
const odd = ['a`b.js', 'to\u202etal.js', ' edge.js', 'a, b.js', 'say "hi".js', 'é.js', 'x.js:12', "quoted'.js"]

describe('a path as a model writes it', () => {
  it.each([
    ['as it is', 'src/mean.js', 'src/mean.js'],
    ['with ./ before', './src/mean.js', 'src/mean.js'],
    ['with steps that lead back', 'src/../src/./mean.js', 'src/mean.js'],
    ['absolute', '/home/me/repo/src/mean.js', 'src/mean.js'],
    ['absolute, with a line', '/home/me/repo/src/mean.js:12', 'src/mean.js'],
    ['as a link to a file', 'file:///home/me/repo/src/mean.js', 'src/mean.js'],
    ['from the root by a slash', '/src/mean.js', 'src/mean.js'],
    ['with backslashes', 'src\\mean.js', 'src/mean.js'],
    ['with the a/ of a diff', 'a/src/mean.js', 'src/mean.js'],
    ['with the b/ of a diff', 'b/src/mean.js', 'src/mean.js'],
    ['as a line of a diff', '+++ b/src/mean.js', 'src/mean.js'],
    ['in a folder a/ that is there', 'a/b.js', 'a/b.js'],
    ['in a folder a/ that is there, with the a/ of a diff', 'a/a/b.js', 'a/b.js'],
    ['with a line', 'src/mean.js:12', 'src/mean.js'],
    ['with lines', 'src/mean.js:12-14', 'src/mean.js'],
    ['with one line twice', 'src/mean.js:1-1', 'src/mean.js'],
    ['with line and column', 'src/mean.js:12:3', 'src/mean.js'],
    ['with lines as GitHub has them', 'src/mean.js#L12-L14', 'src/mean.js'],
    ['with line and column in brackets', 'src/mean.js(12,3)', 'src/mean.js'],
    ['in backticks', '`src/mean.js`', 'src/mean.js'],
    ['in backticks with a line behind', '`src/mean.js`:12', 'src/mean.js'],
    ['in double quotes', '"src/mean.js"', 'src/mean.js'],
    ['in single quotes', "'./src/mean.js:3'", 'src/mean.js'],
    ['in bold', '**src/mean.js**', 'src/mean.js'],
    ['in angle brackets', '<src/mean.js>', 'src/mean.js'],
    ['as a Markdown link', '[mean.js](/home/me/repo/src/mean.js:3)', 'src/mean.js'],
    ['as an item of a list', '- src/mean.js,', 'src/mean.js'],
    ['as the prompt lists it', 'src/mean.js (modified, +1 -2)', 'src/mean.js'],
    ['between blanks', ' src/mean.js\n', 'src/mean.js'],
    ['in another case', 'SRC/Mean.js', 'src/mean.js'],
    ['decomposed', 'docs/cafe\u0301.md', 'docs/café.md'],
    ['within a submodule', 'libs/sub/src/deep/z.c:3', 'libs/sub'],
    ['of a submodule with a slash', 'libs/sub/', 'libs/sub'],
    ['of no file', 'src/median.js', null],
    ['without the folder above it', 'mean.js:3', 'src/mean.js'],
    ['without the folder above it, absolute', '/mean.js', null],
    ['of a name that several folders have', 'index.js', null],
    ['with the one folder that tells', 'b/index.js', 'lib/b/index.js'],
    ['of a folder', 'src', null],
    ['of several files', 'MAKEFILE', null],
    ['of one of two by its case', 'makefile', 'makefile'],
    ['outside of the root', '/etc/passwd', null],
    ['beside the root', '/home/me/repo2/src/mean.js', null],
    ['above the root', '../src/mean.js', null],
    ['of what was not there before', '/dev/null', null],
    ['of nothing', '', null],
    ['of quotes alone', '""', null],
    ['longer than any', 'a/'.repeat(20_000), null],
  ])('%s: %j', (_, said, path) => expect(repositoryPath(said, tree, '/home/me/repo')).toBe(path))

  it.each(odd)('as it is shown where it is odd: %j', path => {
    expect(repositoryPath(shownPath(path), odd)).toBe(path)
    expect(repositoryPath(path, odd)).toBe(path)
    expect(repositoryPath(`\`${shownPath(path)}\``, odd)).toBe(path)
  })

  it.each([
    ['as git escapes it', '"\\303\\251.js"', 'é.js'],
    ['with escaped quotes', '"say \\"hi\\".js"', 'say "hi".js'],
    ['with broken escapes', '"\\q.js"', null],
    ['without the quotes around it', 'to‹U+202E›tal.js', 'to\u202etal.js'],
    ['without the blank at its edge', 'edge.js', ' edge.js'],
    ['that ends like a line number', 'x.js:12', 'x.js:12'],
  ])('%s', (_, said, path) => expect(repositoryPath(said, odd)).toBe(path))

  it('names no file where two differ by nothing else', () => {
    const both = ['caf\u00e9.md', 'cafe\u0301.md']
    expect(repositoryPath('CAFE\u0301.md', both)).toBeNull()
    expect(both.map(path => repositoryPath(path, both))).toEqual(both)
  })

  it.each([
    ['the setup', 'src/api.js', 'src/api.js'],
    ['the root', 'packages/api/src/api.js', 'src/api.js'],
    ['the root, in a diff', 'b/packages/api/src/api.js', 'src/api.js'],
    ['the disk', 'C:\\code\\shop\\packages\\api\\src\\api.js', 'src/api.js'],
    ['the disk, in another case', 'c:/code/Shop/packages/api/src/api.js', 'src/api.js'],
    ['the setup, by way of the root', '../../packages/api/src/api.js', 'src/api.js'],
    ['another package', '../web/src/api.js', null],
    ['the disk, in another package', 'C:/code/shop/packages/web/src/api.js', null],
    ['the root, the setup itself', 'packages/api', null],
  ])('in a setup below the root, seen from %s', (_, said, path) =>
    expect(repositoryPath(said, ['src/api.js'], 'C:\\code\\shop', 'packages/api')).toBe(path),
  )
})
