import { describe, expect, it } from 'vitest'
import type { Run } from '../../../src/core/ledger/state.ts'
import { findingsSarif } from '../../../src/core/report/sarif.ts'
import { Cycle, debating, finding, ready, says } from '../../support/cycle/cycle.ts'
import { signed } from '../../support/cycle/reported.ts'

const hash = (text: string) => `#${text.replaceAll('\n', '|')}`
const log = (run: Run | null) => findingsSarif(run, { version: '1.2.3', hash }).runs[0]!
/** As whoever reads the file has them. */
const results = (run: Run | null) => JSON.parse(JSON.stringify(log(run).results))
const agreed = (...findings: ReturnType<typeof finding>[]) => {
  const cycle = debating(...findings)
  cycle.stop(says(...findings.map(({ id, priority }) => `${id}: needed, ${priority} — yes`)))
  return cycle
}

describe('findings as SARIF', () => {
  it('give agreed ones a level by their priority', () => {
    const { run } = agreed(
      finding('F1', 'critical'),
      finding('F2', 'high'),
      finding('F3', 'medium'),
      finding('F4', 'low'),
    ).state
    expect(results(run).map(({ level }: { level: string }) => level)).toEqual(['error', 'error', 'warning', 'note'])
    expect(results(run)[0].properties).toEqual({
      ...{ priority: 'critical', outcome: 'agreed', fate: 'pending', verified: true },
    })
  })
  it('mark disputed ones for review, and suppress what neither considers needed', () => {
    const cycle = debating(finding('F1', 'low'), finding('F2', 'low', { kind: 'excess' }))
    cycle.rebuttals.push({
      F1: { needed: true, evidence: 'none', cited: [] },
      F2: { needed: false, concession: 'used' },
    })
    cycle.stop(says('F1, F2: not needed — no'))
    expect(results(cycle.state.run)).toMatchObject([
      { ruleId: 'defect', ruleIndex: 0, level: 'none', kind: 'review' },
      {
        ...{ ruleId: 'excess', ruleIndex: 2, level: 'note' },
        suppressions: [{ kind: 'external', status: 'accepted', justification: 'r' }],
      },
    ])
  })
  it('leave out what is resolved, and suppress what the user dismissed', () => {
    expect(signed().run.findings.map(({ id, fate }) => `${id} ${fate}`)).toContain('F1 resolved')
    expect(results(signed().run)).toEqual([])
    const { run } = agreed(finding('F1', 'high')).state
    const dismissed = { ...run!, findings: run!.findings.map(one => ({ ...one, fate: 'dismissed' as const })) }
    expect(results(dismissed)).toMatchObject([
      {
        level: 'error',
        suppressions: [{ status: 'accepted', justification: expect.stringMatching(/user has decided/) }],
      },
    ])
  })
  it('explain each rule, and claim no severity for security', () => {
    const { driver } = log(null).tool
    expect(driver.rules.map(({ id }) => id)).toEqual(['defect', 'gap', 'excess'])
    for (const rule of driver.rules) {
      expect(rule.shortDescription.text).toMatch(/\.$/)
      expect(rule.fullDescription.text.length).toBeGreaterThan(rule.shortDescription.text.length)
      expect(rule.help.text).toContain('countersign pick')
      expect(rule.help.text).not.toContain('`')
      expect(rule.help.markdown).toContain('`countersign pick`')
      expect(rule.name.toLowerCase()).not.toBe(rule.id)
      expect(rule.properties['problem.severity']).toBe(
        rule.defaultConfiguration.level === 'note' ? 'recommendation' : rule.defaultConfiguration.level,
      )
      expect(rule.properties).not.toHaveProperty('security-severity')
    }
  })
  it('say which analysis and which run of it they are', () => {
    expect(log(agreed(finding('F1')).state.run).automationDetails).toEqual({ id: 'countersign/r1' })
    expect(log(null).automationDetails).toEqual({ id: 'countersign/' })
    expect(log(null).tool.driver).toMatchObject({ name: 'Countersign', version: '1.2.3', semanticVersion: '1.2.3' })
  })
  it('never look clean when the review could not be done', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
    for (const run of [cycle.state.run, null])
      expect(log(run)).toMatchObject({ results: [], invocations: [{ executionSuccessful: false }] })
    expect(log(agreed(finding('F1')).state.run).invocations).toEqual([{ executionSuccessful: true }])
  })
})

describe('a SARIF location', () => {
  const locations = (...more: object[]) => {
    const { run } = agreed(...more.map((one, n) => finding(`F${n + 1}`, 'high', one))).state
    return results(run).map((one: { locations: object[] }) => one.locations)
  }
  const at = (uri: string, region?: object) => [
    { physicalLocation: { artifactLocation: { uri }, ...(region && { region }) } },
  ]
  it('is the file with its lines, and with the code that was found there', () =>
    expect(
      locations(
        { lineStart: 3, lineEnd: 5 },
        { lineStart: 3, lineEnd: null, verified: false },
        { lineStart: 2, lineEnd: 2, quote: '' },
        { lineStart: null, lineEnd: null },
      ),
    ).toEqual([
      at('a.js', { startLine: 3, endLine: 5, snippet: { text: 'x / y' } }),
      at('a.js', { startLine: 3, endLine: 3 }),
      at('a.js', { startLine: 2, endLine: 2 }),
      at('a.js'),
    ]))
  it('is a relative URI whatever the file is called', () => {
    const files = [
      'mit leer/grün.js',
      'src/b#?%.js',
      '"onload=x.js',
      '/abs.js',
      'a:b.js',
      'x\ud800.js',
      'a\nb.js',
      'C:\\x',
    ]
    const uris = locations(...files.map(file => ({ file, lineStart: null, lineEnd: null }))).map(
      ([one]: [{ physicalLocation: { artifactLocation: { uri: string } } }]) =>
        one.physicalLocation.artifactLocation.uri,
    )
    expect(uris.slice(0, 4)).toEqual([
      ...['mit%20leer/gr%C3%BCn.js', 'src/b%23%3F%25.js', '%22onload%3Dx.js', 'abs.js'],
    ])
    for (const uri of uris) expect(uri).toMatch(/^(?!\/)[\w%/.~!'()*-]+$/)
  })
  it('is a changed file that says so where a finding has none, since no result may be without', () => {
    const message = { text: expect.stringMatching(/change as a whole/) }
    expect(locations({ file: '' })).toEqual([[{ ...at('a.js')[0], message }]])
    const { run } = agreed(finding('F1', 'high', { file: '' })).state
    expect(results({ ...run!, review: null })[0].locations).toEqual([{ ...at('.claude/countersign.yaml')[0], message }])
  })
})

describe('a SARIF message', () => {
  const text = (more: object) => results(agreed(finding('F1', 'high', more)).state.run)[0].message.text
  it('is the title as a sentence, what is wrong, and the smallest fix', () => {
    expect(text({})).toBe('F1 title of F1.\n\nbody of F1\n\nSmallest fix: mend it')
    expect(text({ title: 'Why?\nso', body: '', fix: '' })).toBe('F1 Why? so.')
    expect(text({ title: 'It fails!', body: '', fix: '' })).toBe('F1 It fails!')
  })
  it('has no live link of a model’s', () =>
    expect(text({ title: '[click](https://evil.test)', body: '[x](1)', fix: '' })).not.toContain(']('))
})

describe('a SARIF fingerprint', () => {
  const prints = (...more: object[]) => {
    const { run } = agreed(...more.map((one, n) => finding(`F${n + 1}`, 'high', one))).state
    return results(run).map((one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints)
  }
  const v2 = (print: string) => ({ 'countersign/v2': print })
  it('is that of the code the finding stands at, whatever line that is on and however it is worded', () => {
    const first = prints({ anchor: 'const r = x / y', lineStart: 1, title: 'One' })
    expect(prints({ anchor: 'const r  =\n x / y', lineStart: 90, title: 'Other', quote: 'r' })).toEqual(first)
    expect(first).toEqual([v2('#defect|a.js|const r = x / y:1')])
  })
  it('is that of its quote, or of its title, where no code was found', () =>
    expect(prints({ quote: 'x  / y' }, { quote: '', title: 'Nobody Asked' })).toEqual([
      v2('#defect|a.js|x / y:1'),
      v2('#defect|a.js|nobody asked:1'),
    ]))
  it('differs for two findings at the same code, of another kind, and in another file', () =>
    expect(prints({}, {}, { kind: 'gap' }, { file: 'b.js' })).toEqual([
      v2('#defect|a.js|x / y:1'),
      v2('#defect|a.js|x / y:2'),
      v2('#gap|a.js|x / y:1'),
      v2('#defect|b.js|x / y:1'),
    ]))
})
