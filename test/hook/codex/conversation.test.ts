import { describe, expect, it } from 'vitest'
import { type Gate, gate, ready, says } from '../../support/programs/gate.ts'

// What Codex says is read as far as it can be; exactly what is missing is asked for, once, in the same thread.

const finding = (title: string, more: object = {}) => ({
  ...{ title, body: 'B', kind: 'defect', priority: 'high', file: 'a.js', line_start: null, line_end: null },
  ...{ quote: `export const ${title}`, fix: 'x', ...more },
})
const review = (more: object = {}) => ({
  ...{ verdict: 'approve', summary: 'fine', reviewed: ['a.js'], findings: [], resolved: [], positions: [], ...more },
})
const found = (...findings: unknown[]) => review({ verdict: 'findings', findings })
const empty = { verdict: null, summary: '', reviewed: [], findings: [], resolved: [], positions: [] }

/** A gate with a change in `files`, whose reviewer gives these answers, one a call. */
function answering(answers: unknown[], files: string[] = ['a.js'], config = ''): Gate {
  const one = gate({ play: 'scripted', config })
  one.env.STUB_SCRIPT = JSON.stringify(answers)
  for (const file of files)
    one.repo.write(file, ['A', 'B', 'C'].map(name => `export const ${name} = "${file}"\n`).join(''))
  return one
}
const last = (one: Gate, kind: string) => one.ledger().findLast(entry => entry.kind === kind) as object | undefined
const asked = (one: Gate) => one.prompts().at(-1)!
const followUps = (one: Gate) => one.ledger().filter(entry => entry.kind === 'codex-called' && entry.followUp)

describe('what is missing in a review', () => {
  it.each([
    [
      'a finding that cannot be read',
      [found(finding('A'), finding('B', { priority: 'urgent' })), found(finding('B'))],
      /finding 2 “B”: `priority` is “urgent”/,
    ],
    ['a file that was not read', [found(finding('A'), finding('B')), review()], null],
    ['the findings', [review({ verdict: 'findings' }), found(finding('A'), finding('B'))], /no finding is listed/],
    [
      'everything',
      ['Looks bad to me!', found(finding('A'), finding('B'))],
      /it cannot be read: the answer is not JSON\. Give the whole answer/,
    ],
    [
      'a quote that stands somewhere',
      [found(finding('A'), finding('B', { quote: 'nowhere at all' })), found(finding('B'))],
      /the quote of “B” \(high, a\.js\) stands nowhere/,
    ],
  ])('is asked for once: %s', async (_, answers, ask) => {
    const one = answering(answers)
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/Codex reviewed 1 file in .*: 2 high/)
    expect(last(one, 'reviewed')).toMatchObject({
      findings: [
        { id: 'F1', title: 'A', verified: true },
        { id: 'F2', title: 'B', verified: true },
      ],
    })
    expect(one.codexCalls()).toHaveLength(ask ? 2 : 1)
    if (!ask) return
    expect(asked(one)).toMatch(/^Countersign · review · cycle 1\n\nYour last answer in this thread is not complete/)
    expect(asked(one)).toMatch(ask)
    expect(asked(one)).not.toMatch(/diff --git|“A”/)
    expect(followUps(one)).toHaveLength(1)
  })

  it('and still missing is pending with the last reason; what is whole is kept, and the next stop asks for the rest alone', async () => {
    const one = answering([
      ...[found(finding('A'), finding('B', { priority: 'urgent' })), found(finding('B', { kind: 'bad' }))],
      found(finding('B')),
    ])
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/could not review \(malformed\): finding 1 “B”: `kind` is “bad”/)
    expect(last(one, 'could-not-review')).toMatchObject({ kept: { thread: 't1', findings: [{ title: 'A' }] } })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/Codex reviewed 1 file in .*: 2 high/)
    expect(asked(one)).toMatch(/not complete/)
    expect(one.prompts().filter(prompt => prompt.includes('diff --git'))).toHaveLength(1)
  })

  it('goes on in the thread that it began in', async () => {
    const one = answering([review({ reviewed: [] }), review()])
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/✓ countersigned in cycle 1: 2 Codex calls/)
    expect(one.args().map(args => args.includes('resume'))).toEqual([false, true])
    expect(one.args()[1]!.slice(-3)).toEqual(['resume', 't1', '-'])
  })

  it('never ends without end: a Codex that is wrong in a new way each time is left alone for a while', async () => {
    const wrong = [
      ...[
        'Fine!',
        { verdict: 'approve' },
        { verdict: 'maybe' },
        found('bad'),
        found(finding('A', { kind: 'x' })),
        [],
        7,
      ],
      ...['{"verdict":"findings","verdict":"approve"}', found(), { findings: 'many' }],
    ]
    const one = answering(wrong)
    for (let stop = 0; stop < 6; stop++) await one.fire('Stop', ready)
    expect(one.codexCalls()).toHaveLength(3)
    expect(followUps(one)).toHaveLength(2)
    expect(one.ledger().filter(({ kind }) => kind === 'countersigned' || kind === 'reviewed')).toEqual([])
  })

  it('is not asked for where a limit on calls is reached', async () => {
    const one = answering(['Fine!', review()], ['a.js'], 'limits:\n  codexCalls: 1\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
      /could not review \(malformed\): the answer is not JSON/,
    )
    expect(one.codexCalls()).toHaveLength(1)
  })

  it('findings of a review that could not be done count, and nothing counts as read', async () => {
    const one = answering([review({ verdict: 'could-not-review', findings: [finding('A')] }), empty])
    await one.fire('Stop', ready)
    expect(last(one, 'reviewed')).toMatchObject({ findings: [{ title: 'A' }], reviewed: [], unread: ['a.js'] })
  })
})

describe('a rebuttal that leaves something out', () => {
  const three = found(finding('A'), finding('B'), finding('C'))
  const position = (id: string) => ({
    id,
    needed: true,
    priority: 'high',
    reason: 'r',
    concession: null,
    evidence: null,
  })
  const rebuttal = (...ids: string[]) => ({ ...empty, positions: ids.map(position) })
  const answer = says('all: not needed — no')

  it('is asked for that alone, and keeps the rest', async () => {
    const one = answering([three, rebuttal('F1', 'F2'), rebuttal('F3')])
    await one.fire('Stop', ready)
    expect((await one.fire('Stop', answer)).json?.systemMessage).toMatch(/stands by F1, F2, F3/)
    expect(asked(one)).toMatch(
      /^Countersign · rebuttal · cycle 1 · round 1\n[\s\S]*- give the entry for F3 in `positions`\.$/,
    )
  })

  it('twice is pending, and the next stop asks for that alone', async () => {
    const one = answering([three, rebuttal('F1', 'F2'), rebuttal('F1'), rebuttal('F3')])
    await one.fire('Stop', ready)
    expect((await one.fire('Stop', answer)).json?.systemMessage).toMatch(/malformed\): the answer does not mention F3/)
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/stands by F1, F2, F3/)
    expect(asked(one)).toMatch(/give the entry for F3/)
    expect(asked(one)).not.toMatch(/F1/)
  })
})

describe('a later review that is silent on one of two picked findings', () => {
  it('is asked for that one alone', async () => {
    const resolved = (id: string) => ({ id, resolved: true, reason: 'r' })
    const one = answering([
      ...[found(finding('A'), finding('B')), review({ resolved: [resolved('F1')] })],
      { ...empty, verdict: 'approve', resolved: [resolved('F2')] },
    ])
    await one.fire('Stop', ready)
    await one.fire('Stop', says('all: needed, high — yes'))
    await one.fire('UserPromptSubmit', { prompt: 'pick all' })
    one.repo.write('a.js', 'export const b = 3\n')
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/2 of 2 picked findings resolved[\s\S]*✓ countersigned in cycle 2/)
    expect(asked(one)).toMatch(/- give the entry for F2 \(“B”\) in `resolved`\.$/)
  })
})
