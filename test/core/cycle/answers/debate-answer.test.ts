import { describe, expect, it } from 'vitest'
import { readDebateAnswer } from '../../../../src/core/cycle/answers/debate-answer.ts'

const open = [
  { id: 'F1', priority: 'high' as const },
  { id: 'F2', priority: 'low' as const },
  { id: 'F4', priority: 'low' as const },
]
const settled = [{ id: 'F3', priority: 'medium' as const }]
const fence = (...lines: string[]) => ['Here is what I think.', '```countersign', ...lines, '```'].join('\n')

/** Each position in one word: F1+high, F2-, with ! for a concession. */
const read = (...lines: string[]) => {
  const { positions, unanswered, problems } = readDebateAnswer(fence(...lines), 1, open, settled)
  const short = positions.map(p => `${p.id}${p.needed ? `+${p.priority}` : '-'}${p.concession ? '!' : ''}`).sort()
  return { short: short.join(' '), unanswered: unanswered.join(' '), problems }
}

describe("Claude's answer in the debate", () => {
  it.each([
    [
      'the plain form',
      ['F1: needed, high — an empty list', 'F2, F4: not needed — the term is right'],
      'F1+high F2- F4-',
    ],
    ['hyphen, en dash and colon', ['F1: needed, low - x', 'F2: not needed – y', 'F4: not needed: z'], 'F1+low F2- F4-'],
    ['case, bullets, bold, spaces', ['- **f1**:  NEEDED , High — x', '* F2 F4 : Not Needed — y'], 'F1+high F2- F4-'],
    ['a range', ['F1-F4: not needed — none is reachable'], 'F1- F2- F4-'],
    ['a priority as ids', ['high: needed, medium — x', 'low: not needed — y'], 'F1+medium F2- F4-'],
    ['all', ['all: not needed — a prototype'], 'F1- F2- F4-'],
    [
      'a concession',
      ['F1: needed, low — conceded: the caller does pass it', 'F2,F4: not needed — y'],
      'F1+low! F2- F4-',
    ],
    [
      'underscores, brackets, no comma',
      ['F1: needed (HIGH): x', 'F2: not_needed - y', 'F4: not  needed -- z'],
      'F1+high F2- F4-',
    ],
    [
      'blanks around the colon, a list with numbers',
      ['1. F1 :needed,high', '2) F2,F4 : not needed — y'],
      'F1+high F2- F4-',
    ],
    ['blank lines between', ['', 'F1: needed, high', '', 'F2,F4: not needed — y', ''], 'F1+high F2- F4-'],
    [
      'a word of concession within the reason',
      ['F1: needed, high — he conceded: x', 'F2,F4: not needed — y'],
      'F1+high F2- F4-',
    ],
    ['needed without a reason', ['F1: needed, high', 'F2,F4: not needed — y'], 'F1+high F2- F4-'],
    ['full-width signs', ['F1：needed，high：空列表', 'F2、F4：not needed——no'], 'F1+high F2- F4-'],
    ['full-width letters', ['Ｆ１: needed, high — x', '- Ｆ２，Ｆ４： not needed — y'], 'F1+high F2- F4-'],
    ['ids in backticks', ['`F1`: needed, `high` — x', '`F2`, `F4`: `not needed` — y'], 'F1+high F2- F4-'],
    ['ids in brackets', ['[F1]: needed, [high] — x', '(F2, F4): not needed — y'], 'F1+high F2- F4-'],
    ['bold all through', ['**F1: needed, high — x**', '__F2, F4__: *not needed* — y'], 'F1+high F2- F4-'],
    ['headings', ['### F1: needed, high', 'x', '## F2, F4: not needed', 'y'], 'F1+high F2- F4-'],
    [
      'ids as headings',
      ['### F1', '', 'needed, high — x', '**F2**', 'not needed — y', '- [F4]:', '  not needed — z'],
      'F1+high F2- F4-',
    ],
    [
      'a table',
      [
        '| id | verdict | priority | reason |',
        '|---|---|---|---|',
        '| F1 | needed | high | x |',
        '| F2 | not needed | – | y |',
        '| F4 | not needed | | z |',
      ],
      'F1+high F2- F4-',
    ],
    ['a table of three columns', ['| **F1** | needed, high | x |', '| F2, F4 | not needed | y |'], 'F1+high F2- F4-'],
    [
      'a table with the priority first',
      ['| F1 | High | Needed | x |', '| F2 | low | not needed | y |', '| F4 | medium | not needed | z |'],
      'F1+high F2- F4-',
    ],
    ['a table without a frame', ['F1 | needed | high | x', 'F2 F4 | not needed | low | y'], 'F1+high F2- F4-'],
    ['dashes for colons', ['F1 — needed, high — x', 'F2, F4 - not needed - y'], 'F1+high F2- F4-'],
    ['colons all through', ['F1: needed: high: x', 'F2, F4: not needed: low: y'], 'F1+high F2- F4-'],
    ['no colon at all', ['F1 needed, high — x', 'F2, F4 not needed — y'], 'F1+high F2- F4-'],
    [
      'a title or place behind the id',
      ['F1 (division by zero): needed, high — x', 'F2 (src/a.js:3): not needed — y', 'F4 [low]: not needed — z'],
      'F1+high F2- F4-',
    ],
    [
      'signs before the id',
      ['✅ F1: needed, high — x', '❌ #F2: not needed — y', '> * F4: not needed — z'],
      'F1+high F2- F4-',
    ],
    [
      '“finding” before the id, “priority” beside it',
      ['Finding F1: needed, high priority — x', 'Findings F2 and F4: not needed, priority: low — y'],
      'F1+high F2- F4-',
    ],
    [
      'a full stop or comma before the reason',
      ['F1: needed, high, an empty list', 'F2, F4: not needed. The callers check.'],
      'F1+high F2- F4-',
    ],
    ['brackets around the priority', ['F1: needed [high] — x', 'F2, F4: not needed (low) — y'], 'F1+high F2- F4-'],
    [
      'a reason that begins like a priority',
      ['F1: needed, high — high load', 'F2, F4: not needed — high load is capped'],
      'F1+high F2- F4-',
    ],
    [
      'an answer to a settled finding is passed over',
      ['F1: needed, high — x', 'F2-F4: not needed — y'],
      'F1+high F2- F4-',
    ],
  ])('%s', (_, lines, short) => expect(read(...lines)).toEqual({ short, unanswered: '', problems: [] }))

  it.each([
    ['an unknown id', ['F1-F4: not needed — x', 'F9: needed, low — y'], '', /F9 is not one of/],
    ['a missing id', ['F1: needed, high — x'], 'F2 F4', /no usable answer for F2, F4/],
    [
      'no priority',
      ['F1: needed — x', 'F2,F4: not needed — y'],
      'F1',
      /“F1: needed — x”: “needed” requires a priority/,
    ],
    ['no reason for “not needed”', ['F1: not needed', 'F2,F4: not needed — y'], 'F1', /requires a reason/],
    [
      'a word of the choice',
      ['F1 disputed: needed, low — x', 'F2,F4: not needed — y'],
      'F1',
      /“disputed” is not a finding id/,
    ],
    ['no verdict', ['F1: maybe', 'F2,F4: not needed — y'], 'F1', /“F1: maybe” is not “ID: needed/],
    ['a second colon', ['F1: x: needed, high — y', 'F2,F4: not needed — y'], 'F1', /“F1: x: needed, high — y” is not/],
    ['words behind the priority', ['F1: needed, high really', 'F2,F4: not needed — y'], 'F1', /requires a priority/],
    ['words behind the verdict', ['F1: not needed really', 'F2,F4: not needed — y'], 'F1', /is not “ID: needed/],
    ['a question', ['F1: needed?', 'F2,F4: not needed — y'], 'F1', /“F1: needed\?” is not/],
    ['“not strictly needed”', ['F1: not strictly needed — x', 'F2,F4: not needed — y'], 'F1', /is not “ID/],
    ['“no longer needed”', ['F1: no longer needed — x', 'F2,F4: not needed — y'], 'F1', /is not “ID/],
    ['“needed-ish”', ['F1: needed-ish, high — x', 'F2,F4: not needed — y'], 'F1', /is not “ID/],
    ['two verdicts', ['F1: needed, not needed — x', 'F2,F4: not needed — y'], 'F1', /requires a priority/],
    ['two verdicts, the other way', ['F1: not needed, needed — x', 'F2,F4: not needed — y'], 'F1', /is not “ID/],
    ['two priorities', ['F1: needed, high, critical — x', 'F2,F4: not needed — y'], 'F1', /is not “ID/],
    ['a choice of priorities', ['F1: needed, high/medium — x', 'F2,F4: not needed — y'], 'F1', /requires a priority/],
    ['a priority that changes', ['F1: needed, high -> low — x', 'F2,F4: not needed — y'], 'F1', /requires a priority/],
    ['a sentence', ['F1 is not needed because nobody calls it', 'F2,F4: not needed — y'], 'F1', /“F1 is not needed/],
    ['an id and a group', ['F1 high: needed, low — x', 'F2,F4: not needed — y'], 'F1', /names ids and “high” together/],
    [
      'something struck out',
      ['F1: needed, high — x', '~~F1: needed, high — x~~', 'F2,F4: not needed — y'],
      'F1',
      /struck out/,
    ],
    ['the example', ['F1: needed, high — reason: path:line `quote`', 'F2,F4: not needed — y'], 'F1', /is the example/],
    ['another language', ['F1：需要，高：空列表', 'F2,F4: not needed — y'], 'F1', /“F1：需要，高：空列表” is not/],
    [
      'an id that is not there, quoted',
      ['F1-F4: not needed — x', '- **F17**: needed, low — y'],
      '',
      /“\*\*F17\*\*: needed, low — y”: F17 is not one of/,
    ],
    [
      'a good line and one that cannot be read',
      ['F1: needed, high — x', 'F1: on second thoughts no', 'F2,F4: not needed — y'],
      'F1',
      /“F1: on second/,
    ],
    [
      'a range that reaches too far',
      ['F1: needed, high — x', 'F2,F4: not needed — y', 'F7-F9: needed, low — z'],
      '',
      /covers none/,
    ],
    ['a priority nobody knows', ['F1: needed, urgent — x', 'F2,F4: not needed — y'], 'F1', /requires a priority/],
    [
      'an unknown id with words behind it',
      ['F9: needed, low', 'and more of it', 'all: not needed — x'],
      '',
      /F9 is not/,
    ],
  ])('%s is asked for again', (_, lines, unanswered, problem) => {
    const answer = read(...lines)
    expect(answer.unanswered).toBe(unanswered)
    expect(answer.problems.join('\n')).toMatch(problem)
  })

  it('quotes a long line only as far as it helps', () => {
    const line = (length: number) => `F1: ${'x'.repeat(length - 4)}`
    expect(read(line(80)).problems[0]).toContain(`“${line(80)}”`)
    expect(read(line(81)).problems[0]).toContain(`“${line(81).slice(0, 77)}…”`)
  })

  it.each(['not needed -- two words', 'not needed —two words', 'not needed: two words '])('“%s”: the reason', answer =>
    expect(readDebateAnswer(fence(`all: ${answer}`), 1, open, settled).positions[0]!.reason).toBe('two words'),
  )

  it('takes the concession alone, without what stands around it', () => {
    const { positions } = readDebateAnswer(
      fence('F1: needed, low — Conceded :  src/a.js:3', 'does it  ', 'F2, F4: not needed — conceded:y z'),
      2,
      open,
      settled,
    )
    expect(positions.map(({ id, round, concession, reason }) => [id, round, concession, reason])).toEqual([
      ['F1', 2, 'src/a.js:3\ndoes it', 'Conceded :  src/a.js:3\ndoes it'],
      ['F2', 2, 'y z', 'conceded:y z'],
      ['F4', 2, 'y z', 'conceded:y z'],
    ])
  })

  it('takes neither of two lines that contradict each other, and the one that is said twice', () => {
    const { short, unanswered, problems } = read(
      'F1, F2: not needed — no',
      'F1: needed, high — yes',
      'F2: not needed — so',
    )
    expect({ short, unanswered, problems }).toEqual({
      short: 'F2-',
      unanswered: 'F1 F4',
      problems: ['F1 has two answers that contradict each other', 'no usable answer for F1, F4'],
    })
    expect(read('all: needed, low — yes', 'F1: needed, high — yes').unanswered).toBe('F1')
  })

  it.each([
    [
      'bold',
      'F1: needed, high — **conceded:** 2 ** n: src/a.js:1 `a ** b - c`',
      '**conceded:** 2 ** n: src/a.js:1 `a ** b - c`',
    ],
    ['a quote first', 'F1: needed, high — `-x` is lost', '`-x` is lost'],
    ['a place in backticks first', 'F1：needed，high：`src/a.js：1` `x`', '`src/a.js：1` `x`'],
    ['a table', '| F1 | needed | high | both `a || b` and `c \\| d` |', 'both `a || b` and `c | d`'],
    ['bold around the line', '**F1: needed, high — so it is**', 'so it is'],
    ['a long one', `F1: needed, high — ${'x '.repeat(900)}end`, `${'x '.repeat(900)}end`],
  ])('leaves a reason as it is written: %s', (_, line, reason) => {
    const { positions } = readDebateAnswer(fence(line, 'F2, F4: not needed — y'), 2, open, settled)
    expect(positions[0]).toMatchObject({ id: 'F1', needed: true, priority: 'high', reason })
  })

  it('goes on with a line that only mentions an id without a verdict', () => {
    const { positions, problems } = readDebateAnswer(
      fence('all: not needed — see', 'F1 is the same bug'),
      1,
      open,
      settled,
    )
    expect([positions[0]!.reason, problems]).toEqual(['see\nF1 is the same bug', []])
  })

  it('takes a line that only mentions an id for words', () => {
    const { positions } = readDebateAnswer(fence('all: not needed — see', 'what F1 is: needed, high'), 1, open, settled)
    expect(positions.map(({ needed, reason }) => [needed, reason])).toEqual(
      Array(3).fill([false, 'see\nwhat F1 is: needed, high']),
    )
  })

  it('begins a reason on the next line where there is none yet', () => {
    const { positions } = readDebateAnswer(fence('all: needed, low', 'an empty list'), 1, open, settled)
    expect(positions[0]).toEqual({
      ...{ id: 'F1', by: 'claude', round: 1, needed: true, priority: 'low', reason: 'an empty list', concession: null },
      shared: true,
    })
  })

  it('reads a line only up to its ten-thousandth character', () => {
    const { positions } = readDebateAnswer(fence(`all: needed, low — ${'x'.repeat(20_000)}`), 1, open, settled)
    expect(positions[0]!.reason).toHaveLength(10_000 - 'all: needed, low — '.length)
  })

  it('goes on with the reason on the next line', () => {
    const { positions } = readDebateAnswer(
      fence('all: not needed — the term', 'is the one the field uses'),
      1,
      open,
      settled,
    )
    expect(positions[0]!.reason).toBe('the term\nis the one the field uses')
  })

  it.each(['high load: the pool holds', 'all callers: a.js and b.js', 'low-level: see the driver'])(
    'goes on with “%s”, which only begins like an answer',
    line => {
      const { positions, problems } = readDebateAnswer(fence('all: not needed — see below', line), 1, open, settled)
      expect([positions[0]!.reason, problems]).toEqual([`see below\n${line}`, []])
    },
  )

  it('takes the last block, and one whose fence was never closed', () => {
    const message = `${fence('all: needed, low — x')}\nOn second thoughts:\n~~~Countersign\nall: not needed — y\n~~~`
    expect(readDebateAnswer('~~~Countersign\nall: needed, low', 1, open, settled).unanswered).toEqual([])
    expect(readDebateAnswer(message, 1, open, settled).positions.map(p => p.needed)).toEqual([false, false, false])
  })

  it('says when there is no block at all', () =>
    expect(readDebateAnswer('I agree with F1.', 1, open, settled)).toEqual({
      positions: [],
      unanswered: ['F1', 'F2', 'F4'],
      problems: ['there is no fenced block with the info string `countersign`'],
    }))
})
