import { describe, expect, it } from 'vitest'
import { citedPaths, withEvidence } from '../../../src/core/review/author-evidence.ts'
import { type Claim, type FrozenTree, shownBy } from '../../../src/core/review/evidence.ts'
import { pathsOf } from '../../../src/core/review/repository-path.ts'
import { debating, finding } from '../../support/cycle/cycle.ts'

const files: Record<string, string | null> = {
  'src/mean.js': 'export function mean(xs) {\n  const sum = add(xs)\n  return sum / xs.length\n}\n',
  'src/api.js': `import { mean } from './mean.js'\n${'  check(xs)\n'.repeat(5)}  if (!xs.length) return null\n`,
  'src/many.js': 'return null // nothing\n'.repeat(1000),
  'logo.png': null,
}
const tree: FrozenTree = {
  paths: pathsOf(Object.keys(files)),
  root: '/repo',
  home: '',
  textAt: path => files[path] ?? null,
  request: () => '- The mean is given in whole cents.\n',
}
const where = { file: 'src/mean.js', lineStart: 3, lineEnd: 3, quote: 'return sum / xs.length' }
const against = (more: object = {}): Claim => ({ finding: { ...finding('F1'), ...where, ...more }, against: true })
const inFavour = (more: object = {}): Claim => ({ ...against(more), against: false })
const at = (file: string, line: number | null, quote: string) => [{ file, line, quote }]

describe('what a quote shows', () => {
  it.each([
    ['where it stands, whatever line is named', at('src/api.js', 99, 'if (!xs.length) return null'), 'checked'],
    ['with other white space', at('./src/api.js:7', 7, 'if  (!xs.length)\treturn null'), 'checked'],
    ['in one of several places, near the line that is named', at('src/api.js', 9, 'check(xs)'), 'checked'],
    ['in several places and none of them near', at('src/api.js', 20, 'check(xs)'), 'none'],
    ['in several places, with no line named', at('src/api.js', null, 'check(xs)'), 'none'],
    ['a thousand times', at('src/many.js', 1, 'return null // nothing'), 'none'],
    ['as a brace', at('src/mean.js', 4, '}'), 'none'],
    ['nowhere', at('src/api.js', 7, 'if (xs.length === 0) return null'), 'false'],
    ['in a binary', at('logo.png', 1, 'anything at all'), 'false'],
    ['outside the tree', at('/etc/passwd', 1, 'root:x:0:0:root'), 'false'],
    ['with no place, in the request', at('', null, 'in whole cents'), 'none'],
    ['not at all', [], 'none'],
  ] as const)('that stands %s: %s → %s', (_, citations, evidence) =>
    expect(shownBy([...citations], against(), tree).evidence).toBe(evidence),
  )

  it('is told with its place', () =>
    expect(shownBy(at('src\\api.js', 2, 'if (!xs.length) return null'), against(), tree)).toEqual({
      evidence: 'checked',
      cited: [{ file: 'src/api.js', lineStart: 7, lineEnd: 7, quote: 'if (!xs.length) return null' }],
    }))
  it('is the best of several', () => {
    const several = [
      ...at('src/api.js', 7, 'nowhere to be found'),
      ...at('src/api.js', 7, 'if (!xs.length) return null'),
    ]
    expect(shownBy(several, against(), tree).evidence).toBe('checked')
  })

  it('within the finding’s own lines speaks for it, never against it', () => {
    const own = at('src/mean.js', 3, 'sum / xs.length')
    expect([shownBy(own, against(), tree).evidence, shownBy(own, inFavour(), tree).evidence]).toEqual([
      'none',
      'checked',
    ])
    // Where the reviewer was wrong about the line, the quote says which lines are its own.
    expect(shownBy(own, against({ lineStart: 1, lineEnd: null }), tree).evidence).toBe('none')
    expect(shownBy(own, against({ lineStart: null, lineEnd: null, quote: 'x' }), tree).evidence).toBe('checked')
    expect(shownBy(at('src/mean.js', 2, 'const sum = add(xs)'), against(), tree).evidence).toBe('checked')
  })

  it.each(['gap', 'excess'])('from the request counts for a %s', kind => {
    const asked = { evidence: 'checked', cited: [{ file: '', lineStart: 1, lineEnd: 1, quote: 'in whole cents' }] }
    expect(shownBy(at('', null, 'in whole cents'), against({ kind }), tree)).toEqual(asked)
    expect(shownBy(at('prompt', 1, 'in whole cents'), against({ kind }), tree)).toEqual(asked)
    expect(shownBy(at('', null, 'The'), against({ kind }), tree).evidence).toBe('none')
    expect(shownBy(at('', null, 'in whole euros'), against({ kind }), tree).evidence).toBe('none')
    expect(shownBy(at('prompt', 1, 'in whole euros'), against({ kind }), tree).evidence).toBe('false')
  })
})

describe('the author’s positions', () => {
  const said = (needed: boolean, quote: string, more: object = {}) => ({
    ...{ id: 'F1', by: 'claude' as const, round: 1, needed, priority: needed ? ('high' as const) : null },
    ...{ reason: `so: ${quote}`, concession: null, shared: false, ...more },
  })
  const run = debating(finding('F1', 'high', where), finding('F2', 'medium', where)).state.run!
  const evidence = (position: ReturnType<typeof said>) => withEvidence(run, [position], tree)[0]!.evidence
  const elsewhere = 'src/api.js:7 `if (!xs.length) return null`'
  const own = 'src/mean.js:3 `sum / xs.length`'
  it('are judged by what they claim: “not needed” and less urgent are against the finding', () =>
    expect([
      evidence(said(false, elsewhere)),
      evidence(said(false, own)),
      evidence(said(true, own)),
      evidence(said(true, own, { priority: 'low' })),
      evidence(said(true, own, { priority: 'low', id: 'F2' })),
    ]).toEqual(['checked', 'none', 'checked', 'none', 'checked']))
  it('name the files that are looked up, each once', () =>
    expect(citedPaths([said(false, `${elsewhere} and ${elsewhere} and \`words\``), said(true, own)])).toEqual([
      'src/api.js',
      'src/mean.js',
    ]))
  it('that stand in one line for several show nothing of what is urgent', () =>
    expect([
      evidence(said(false, elsewhere, { shared: true })),
      evidence(said(false, elsewhere, { shared: true, id: 'F2' })),
    ]).toEqual(['none', 'checked']))
  it('on a finding that is not there show nothing', () =>
    expect(evidence(said(false, elsewhere, { id: 'F9' }))).toBe('none'))
})
