import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../../../src/core/review/reading/read-answer.ts'

const finding = {
  ...{ title: 'Divides by zero', body: 'An empty list.', kind: 'defect', priority: 'high', file: 'src/mean.js' },
  ...{ line_start: 2, line_end: 3, quote: 'return sum / xs.length', fix: 'return 0' },
}
const review = {
  ...{ verdict: 'findings', summary: 's', reviewed: ['src/mean.js'], findings: [finding], resolved: [], positions: [] },
}
const read = (...answers: unknown[]) =>
  readAnswer(answers.map(one => (typeof one === 'string' ? one : JSON.stringify(one))))
const one = (more: object) => read({ ...review, findings: [{ ...finding, ...more }] })
const rebuttal = (more: object) =>
  read({ positions: [{ id: 'F1', needed: true, priority: 'high', reason: 'r', concession: null, ...more }] })

describe('an answer is found', () => {
  const text = JSON.stringify(review)
  it.each([
    ['as it is', text],
    ['in a fence', `\`\`\`json\n${text}\n\`\`\``],
    ['after a sentence with a brace in it', `Here {so to say} it is:\n${text}`],
    ['before a sentence', `${text}\nThat is all [for now].`],
    ['in an object around it', JSON.stringify({ answer: review })],
    ['in a list', JSON.stringify([review])],
    ['in a string', JSON.stringify(text)],
    ['with its keys written otherwise', text.replaceAll('line_start', 'LineStart').replace('"verdict"', '"Verdict"')],
  ])('%s', (_, said) => expect(read(said)).toEqual(read(text)))

  it.each([
    ['nothing', '', 'the answer is empty'],
    ['prose', 'Looks good to me!', 'the answer is not JSON'],
    ['an object that is torn among its findings', text.slice(0, text.indexOf('"fix"')), 'the answer is not JSON'],
    ['a number', '7', 'the answer has none of the fields of the schema'],
    ['null in a list', '[null]', 'the answer has none of the fields of the schema'],
    ['something else', '{"looks":{"good":"to me"}}', 'the answer has none of the fields of the schema'],
    [
      'a string in a string in a string',
      JSON.stringify(JSON.stringify(JSON.stringify(text))),
      'the answer has none of the fields of the schema',
    ],
    ['more than anybody reads', `${' '.repeat(4_000_001)}{}`, 'the answer is longer than 4000000 characters'],
    [
      'a key twice',
      '{"verdict":"findings","verdict":"approve"}',
      'the answer is ambiguous: the key "verdict" stands twice in one object',
    ],
  ])('not in %s', (_, said, unreadable) => expect(read(said)).toMatchObject({ verdict: null, unreadable }))

  it('as far as it is whole, where it is torn after its findings; that it has no verdict is seen', () =>
    expect(read(text.slice(0, -1))).toMatchObject({ verdict: null, reviewed: [], findings: [finding] }))
  it('not where nothing was said', () => expect(readAnswer([])).toMatchObject({ unreadable: 'the answer is empty' }))
  it('not beside one that could be read either way', () =>
    expect(read('{"verdict":"findings","verdict":"approve"}', { ...review, verdict: 'approve' })).toMatchObject({
      unreadable: expect.stringContaining('twice'),
    }))
  it('as a bare list of findings, or of positions', () => {
    expect(read([finding])).toMatchObject({ verdict: null, findings: [finding] })
    expect(read([{ severity: 'high' }])).toMatchObject({ lost: [{ title: '' }] })
    expect(read([{ id: 'F1', needed: true }])).toMatchObject({
      positions: [{ id: 'F1', needed: true, priority: null }],
    })
    expect(read([[review]])).toMatchObject({ findings: [finding] })
    expect(read([[[review]]])).toMatchObject({ unreadable: expect.anything() })
    expect(read({ a: { b: { c: review } } })).toMatchObject({ unreadable: expect.anything() })
  })
})

describe('a field is read', () => {
  it.each([
    ['High', 'high'],
    ['P0', 'critical'],
    ['p1', 'high'],
    ['P2 (medium)', 'medium'],
    ['[P3]', 'low'],
    ['high priority', 'high'],
  ])('priority %j', (said, priority) => expect(one({ priority: said })).toMatchObject({ findings: [{ priority }] }))
  it.each([null, 7, 'urgent', 'not high', 'high or critical', 'lower than high', 'P9', ['high'], 'x'.repeat(61)])(
    'but not priority %j',
    said => expect(one({ priority: said })).toMatchObject({ findings: [], lost: [{ title: 'Divides by zero' }] }),
  )
  it.each([
    ['12', '14', 12, 14],
    ['L12', null, 12, null],
    ['12-14', null, 12, 14],
    ['lines 12-14', undefined, 12, 14],
    [12, 14.5, 12, null],
    ['somewhere', {}, null, null],
  ])('lines %j to %j', (line_start, line_end, from, to) =>
    expect(one({ line_start, line_end })).toMatchObject({ findings: [{ line_start: from, line_end: to }] }),
  )
  it('under its other names', () => {
    const { priority: severity, file: path, body: description, fix: suggestion, ...rest } = finding
    const said = { ...review, findings: [{ ...rest, severity, path, description, suggestion }] }
    expect(read(said).findings).toEqual([finding])
  })
  it('where it may be empty, and is missing or null', () => {
    const { fix: _, quote: __, line_end: ___, ...rest } = finding
    const said = { verdict: 'findings', reviewed: null, findings: [{ ...rest, line_start: null }] }
    expect(read(said)).toMatchObject({
      ...{ summary: '', reviewed: [], resolved: [], positions: [] },
      findings: [{ ...finding, fix: '', quote: '', line_start: null, line_end: null }],
    })
  })
  it('from a title without a body, a body without a title, and a gap without a file', () => {
    expect(one({ body: null })).toMatchObject({ findings: [{ body: 'Divides by zero' }] })
    expect(one({ title: null })).toMatchObject({ findings: [{ title: 'An empty list.' }] })
    expect(one({ kind: 'gap', file: null })).toMatchObject({ findings: [{ kind: 'gap', file: '' }] })
    expect(one({ file: null, kind: 'Bug' })).toMatchObject({
      lost: [{ why: expect.stringContaining('`file` is missing') }],
    })
    expect(one({ title: {}, body: {} })).toMatchObject({
      lost: [{ title: '', why: expect.stringContaining('neither') }],
    })
    expect(one({ body: ['a', 'b', 1, true] })).toMatchObject({ findings: [{ body: 'a\nb\n1\ntrue' }] })
  })
  it('of what was read, in every shape of a list', () => {
    const reviewed = (said: unknown) => read({ ...review, reviewed: said }).reviewed
    expect(reviewed('a.js, b.js')).toEqual(['a.js, b.js', 'a.js', 'b.js'])
    expect(reviewed([{ path: 'a.js' }, { file: 'b.js' }, null, ''])).toEqual(['a.js', 'b.js'])
    expect(reviewed({ file: 'a.js' })).toEqual(['a.js'])
    expect(reviewed(7)).toEqual(['7'])
    expect(reviewed([{}])).toEqual([])
    expect(reviewed({ first: 'a.js' })).toEqual(['a.js'])
  })
  it('of a list that is one thing, or a thing for each id', () => {
    expect(read({ ...review, findings: finding }).findings).toEqual([finding])
    expect(read({ ...review, findings: { F1: finding } }).findings).toEqual([finding])
    const resolved = (said: unknown) => read({ ...review, resolved: said }).resolved
    expect(resolved({ F1: true, F2: { resolved: 'no', reason: 'r' } })).toEqual([
      { id: 'F1', resolved: true, reason: '' },
      { id: 'F2', resolved: false, reason: 'r' },
    ])
    expect(resolved({ id: 'F1', resolved: true })).toEqual([{ id: 'F1', resolved: true, reason: '' }])
  })
  it.each(['F1', ' f1', '`F1`', 'Finding F1:', '#F1', 'F01'])('id %j', id =>
    expect(rebuttal({ id })).toMatchObject({ positions: [{ id: 'F1' }] }),
  )
  it.each([
    [{ id: 'F1, F2' }, 'id “F1, F2”'],
    [{ id: '1' }, 'id “1”'],
    [{ id: 1 }, 'id “1”'],
    [{ needed: 'perhaps' }, '`needed` of F1 is “perhaps”'],
    [{ needed: null }, '`needed` of F1 is missing'],
    [{ priority: 'very' }, '`priority` of F1 is “very”'],
    [{ needed: true, Needed: false }, '`needed` of F1 is there twice'],
  ])('but not a position %j', (more, why) =>
    expect(rebuttal(more)).toMatchObject({ positions: [], odd: [{ why: expect.stringContaining(why) }] }),
  )
  it('nor an entry about an earlier finding without an id, or without a word of ours', () =>
    expect(read({ ...review, resolved: [{ resolved: true }, { id: 'F2', resolved: 'mostly' }] })).toMatchObject({
      resolved: [],
      odd: [
        { id: '', why: expect.stringContaining('missing') },
        { id: 'F2', why: expect.stringContaining('“mostly”') },
      ],
    }))
  it('what is written twice alike is there once', () =>
    expect(rebuttal({ Needed: true })).toMatchObject({ positions: [{ needed: true }] }))
  it('a position that says nothing of its priority leaves it as it was', () => {
    for (const priority of [null, undefined, ''])
      expect(rebuttal({ priority })).toMatchObject({ positions: [{ priority: null }], odd: [] })
    expect(rebuttal({ needed: 'no', priority: 'n/a' })).toMatchObject({
      positions: [{ needed: false, priority: null }],
    })
  })
  it('evidence as an object, a list, or words', () => {
    const cited = { file: 'a.js', line: 3, quote: 'x / y' }
    for (const evidence of [cited, [cited], { ...cited, line: '3' }, 'a.js:3 `x / y`', ['a.js:3 `x / y`']])
      expect(rebuttal({ evidence }).positions[0]!.evidence).toEqual([cited])
    for (const evidence of [null, {}, { file: 'a.js' }, ['see above']])
      expect(rebuttal({ evidence }).positions[0]!.evidence).toEqual([])
    expect(rebuttal({ evidence: { quote: 'x / y' } }).positions[0]!.evidence).toEqual([
      { file: '', line: null, quote: 'x / y' },
    ])
  })
  it('a long value is told in part', () =>
    expect(one({ kind: 'a '.repeat(50) }).lost[0]!.why).toMatch(/`kind` is “(?:a ){29}a…”/))
})

describe('of several answers without work in between', () => {
  const approval = { ...review, verdict: 'approve', findings: [] }
  it.each([
    [
      'one with a finding that cannot be read outweighs an approval',
      [{ ...review, findings: ['bad'] }, approval],
      'findings',
    ],
    [
      'one that could not review outweighs an approval',
      [{ ...approval, verdict: 'could not review' }, approval],
      'could-not-review',
    ],
    ['an approval is one beside prose', ['All is well.', approval, 'Done.'], 'approve'],
  ])('%s', (_, said, verdict) => expect(read(...said)).toMatchObject({ verdict }))
})

/** A seeded source of numbers, so that a failure can be seen again. */
function source(seed: number) {
  let state = seed
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * most)
  }
}

describe('two hundred generated answers', () => {
  const priorities = ['critical', 'high', 'medium', 'low'] as const
  const spellings = {
    critical: ['critical', 'Critical', 'P0', 'CRITICAL '],
    high: ['high', 'High', 'P1', 'p1 (high)'],
    medium: ['medium', 'Medium', 'P2', 'medium priority'],
    low: ['low', 'LOW', 'P3', '“low”'],
  }
  const around = [
    (text: string) => text,
    (text: string) => `\`\`\`json\n${text}\n\`\`\``,
    (text: string) => `I have read all of it.\n\n${text}\n\nThat is it.`,
    (text: string) => JSON.stringify({ result: JSON.parse(text) }),
  ]
  const right = Array.from({ length: 100 }, (_, seed) => {
    const next = source(seed + 1)
    const choose = <T>(list: readonly T[]): T => list[next(list.length)]!
    const findings = Array.from({ length: next(4) }, (_, at) => ({
      ...finding,
      title: `T${at}`,
      priority: choose(priorities),
    }))
    const odd = findings.map(one => {
      const { fix, ...rest } = one
      const lines = choose([
        { line_start: '2', line_end: '3' },
        { line_start: 2, line_end: 3 },
        { lineStart: 2, lineEnd: 'L3' },
      ])
      const { line_start: _, line_end: __, ...without } = rest
      const more = choose([{ confidence: 0.4 }, {}])
      return {
        ...without,
        ...lines,
        ...more,
        fix,
        kind: choose(['defect', 'Defect', 'bug']),
        priority: choose(spellings[one.priority]),
      }
    })
    const resolved = Array.from({ length: next(3) }, (_, at) => ({
      id: `F${at + 1}`,
      resolved: next(2) === 0,
      reason: 'r',
    }))
    const answer = {
      verdict: choose(
        findings.length > 0 ? ['findings', 'Findings', 'FINDINGS'] : ['approve', 'Approved', ' approve '],
      ),
      ...{ summary: choose(['s', null]), reviewed: choose([['a.js'], 'a.js', [{ path: 'a.js' }]]), findings: odd },
      resolved: resolved.map(one => ({
        ...one,
        id: choose([one.id, one.id.toLowerCase()]),
        resolved: choose([one.resolved, String(one.resolved)]),
      })),
    }
    return { text: choose(around)(JSON.stringify(answer)), findings, resolved }
  })
  it.each(right)('right in an odd shape: $text', ({ text, findings, resolved }) =>
    expect(read(text)).toMatchObject({
      ...{ findings, resolved, lost: [], odd: [], unreadable: null },
      verdict: findings.length > 0 ? 'findings' : 'approve',
    }),
  )

  const twisted: ((next: (most: number) => number) => object)[] = [
    next => ({ verdict: ['not approved', 'do not approve', 'cannot approve', 'LGTM?', 'approve or not', ''][next(6)] }),
    next => ({ verdict: 'approve', findings: ['SQL injection in a.js', 'see summary', 7, true][next(4)] }),
    next => ({ verdict: 'approve', findings: [{ ...finding, priority: ['?', 'not low', {}, [], 1][next(5)] }] }),
    next => ({ verdict: 'approve', findings: [['nested'], { ...finding, kind: 'nit' }, { text: 'bad' }][next(3)] }),
    next => ({ verdict: 'approve', resolved: [{ id: 'F1', resolved: ['almost', 'not yet', null, 0, {}][next(5)] }] }),
    next => ({ verdict: 'approve', resolved: { F1: ['no', false, 'unclear'][next(3)] } }),
    next => ({ verdict: 'approve', Verdict: ['findings', 'could-not-review'][next(2)] }),
    next => ({ positions: [{ id: 'F1', needed: ['not sure', 'not needed?', null, 0, 'false?'][next(5)] }] }),
    next => ({ positions: [{ id: ['F1 and F2', 'all', '', null][next(4)], needed: false }] }),
    next => ({ positions: { F1: ['maybe', 3, null][next(3)] } }),
  ]
  const wrong = Array.from({ length: 100 }, (_, seed) => {
    const answer = { reviewed: ['a.js'], findings: [], resolved: [], ...twisted[seed % 10]!(source(seed + 1)) }
    return { text: JSON.stringify(answer) }
  })
  it.each(wrong)('wrong in a right shape is taken for no approval, no concession and no fix: $text', ({ text }) => {
    const { verdict, findings, lost, odd, resolved, positions } = read(text)
    const objects = findings.length + lost.length + odd.length + resolved.filter(one => !one.resolved).length
    expect(verdict === 'approve' && objects === 0).toBe(false)
    expect(resolved.filter(one => one.resolved)).toEqual([])
    expect(positions.filter(({ needed }) => !needed)).toEqual([])
  })
})
