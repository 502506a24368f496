import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addLine,
  attributesLine,
  changeLine,
  coversGate,
  hasLine,
  removeLine,
} from '../../../src/core/setup/attributes.ts'
import { planAttributes, planAttributesRemoval } from '../../../src/core/setup/plan-attributes.ts'
import { onDisk } from '../../support/setup/release.ts'

const line = attributesLine
const plan = (entry: object | undefined, text: string | undefined, wanted = false) =>
  planAttributes(
    wanted,
    entry && { class: 'shared', sha256: null, ...entry },
    text === undefined ? undefined : onDisk(text),
  )

describe('the line for the gate in a file of the user’s', () => {
  it.each([
    ['no bytes', '', `${line}\n`],
    ['lines', '*.png binary\n', `*.png binary\n${line}\n`],
    ['no final newline', '*.png binary', `*.png binary\n${line}`],
    ['CRLF', 'a\r\nb\r\n', `a\r\nb\r\n${line}\r\n`],
    ['CRLF and no final newline', 'a\r\nb', `a\r\nb\r\n${line}`],
    ['a byte order mark', '\uFEFFa\n', `\uFEFFa\n${line}\n`],
    ['nothing but a byte order mark', '\uFEFF', `\uFEFF${line}\n`],
    ['mixed line ends', 'a\r\nb\n', `a\r\nb\n${line}\n`],
  ])('with %s is added and removed without a trace', (_, before, after) => {
    expect(addLine(before, line)).toBe(after)
    expect(removeLine(after, line)).toBe(before)
  })

  it.each([
    ['a line below', `a\n${line}\nb\n`, 'a\nb\n'],
    ['a line above', `b\na\n${line}`, 'b\na'],
    ['the newline that was missing', `a\n${line}\n`, 'a\n'],
    ['the same line once more', `${line}\na\n${line}\n`, `${line}\na\n`],
  ])('is removed without what the user added since: %s', (_, text, rest) => expect(removeLine(text, line)).toBe(rest))

  it('leaves any text byte for byte', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\uFEFF', ' ', line, '# x', '\r')), parts => {
        const text = parts.join('')
        expect(removeLine(addLine(text, line), line)).toBe(text)
      }),
    ))

  it('that is missing changes nothing when it is removed', () =>
    expect([removeLine('a\n', line), changeLine('a\n', line, 'new')]).toEqual(['a\n', 'a\n']))

  it('is not confused with another one', () => {
    for (const text of [`# ${line}\n`, `${line} -diff\n`, `x ${line}\n`]) expect(hasLine(text, line)).toBe(false)
    expect(changeLine(`a\r\n${line}\r\nb`, line, 'new')).toBe('a\r\nnew\r\nb')
  })

  it.each([
    ['.claude/hooks/countersign.cjs -diff\n', true],
    ['/.claude/hooks/countersign.cjs\ttext', true],
    ['.claude/hooks/countersign-full.cjs merge\n', true],
    ['/.claude/hooks/countersign*.cjs merge\n', true],
    ['.claude/** linguist-generated\n', false],
    ['# .claude/hooks/countersign.cjs\n', false],
  ])('is found in %j: %s', (text, speaks) => expect(coversGate(text)).toBe(speaks))
})

describe('the plan for .gitattributes', () => {
  const ours = { lines: [line] }

  it.each([
    ['is nothing unless it is asked for', undefined, 'a\n', false, undefined, undefined, false],
    ['creates it', undefined, undefined, true, 'create', `${line}\n`, true],
    ['adds to it', undefined, 'a\n', true, 'splice', `a\n${line}\n`, true],
    ['leaves the same line of the user’s, and claims nothing', undefined, `${line}\n`, true, 'yours', undefined, false],
    ['keeps our line', ours, `${line}\nb\n`, false, 'keep', undefined, true],
    ['puts a new wording in its place', { lines: ['old'] }, 'a\nold\nb\n', false, 'splice', `a\n${line}\nb\n`, true],
    ['gives up a line that was edited', ours, `${line} -diff\n`, false, 'yours', undefined, false],
    ['gives up a line that was taken out', ours, 'a\n', false, 'skip', undefined, false],
    ['and a file that was deleted', { ...ours, created: true }, undefined, false, 'skip', undefined, false],
    ['brings it back when it is asked for', ours, 'a\n', true, 'splice', `a\n${line}\n`, true],
  ] as const)('%s', (_, entry, text, asked, action, written, remembered) => {
    const { rows, writes, files } = plan(entry, text, asked)
    expect(rows[0]?.action).toBe(action)
    expect(writes[0]?.text).toBe(written)
    expect(files['.gitattributes']?.lines).toEqual(remembered ? [line] : undefined)
  })

  it('remembers that Countersign created the file when the line changes', () =>
    expect(plan({ lines: ['old'], created: true }, 'old\n').files['.gitattributes']).toMatchObject({ created: true }))

  it('changes no bytes that are not text', () =>
    expect(planAttributes(true, undefined, { text: null, hash: 'x' })).toMatchObject({ writes: [], files: {} }))

  it.each([
    ['a file of ours', { ...ours, created: true }, `${line}\n`, null],
    ['a file of ours with lines of the user’s', { ...ours, created: true }, `${line}\nb\n`, 'b\n'],
    ['an empty file of the user’s', ours, `${line}\n`, ''],
    ['an edited line', ours, `${line} x\n`, undefined],
  ] as const)('removes the line from %s', (_, entry, text, written) => {
    const { writes } = planAttributesRemoval({ class: 'shared', sha256: null, ...entry, lines: [line] }, onDisk(text))
    expect(writes[0]?.text).toBe(written)
  })
})
