import { describe, expect, it } from 'vitest'
import { CappedOutput, WholeLines } from '../../../src/shell/processes/capped-output.ts'

describe('output capped at 4 bytes of head and 6 of tail', () => {
  it.each([
    ['nothing', [], '', false],
    ['what fits the head', ['ab', 'cd'], 'abcd', false],
    ['what fits both', ['abc', 'defgh', 'ij'], 'abcdefghij', false],
    ['one byte too many', ['abcdefghij', 'k'], 'abcd\n… 1 bytes left out …\nfghijk', true],
    ['one large chunk', ['abcdefghijklmnopqrstuvwxyz'], 'abcd\n… 16 bytes left out …\nuvwxyz', true],
    ['many small chunks', [...'abcdefghijklmnopqrstuvwxyz'], 'abcd\n… 16 bytes left out …\nuvwxyz', true],
    ['chunks that wrap', ['abcdefg', 'hijkl', 'mnopq'], 'abcd\n… 7 bytes left out …\nlmnopq', true],
  ])('%s', (_, chunks, text, truncated) => {
    const output = new CappedOutput(4, 6)
    for (const chunk of chunks) output.take(Buffer.from(chunk))
    expect({ text: output.text(), truncated: output.truncated }).toEqual({ text, truncated })
  })
})

describe('blocks of whole lines, of at most 10 bytes held back', () => {
  it.each([
    ['lines in one chunk', ['a\nb\n'], ['a\nb\n']],
    ['a line in pieces', ['a', 'b', 'c\n'], ['abc\n']],
    ['a piece of the next line', ['a\nb', 'c\n'], ['a\n', 'bc\n']],
    ['a last line without its end', ['a\nb'], ['a\n', 'b']],
    ['a line without end', ['abcdef', 'ghijkl', 'mn'], ['abcdefghijkl', 'mn']],
  ])('%s', (_, chunks, expected) => {
    const blocks: string[] = []
    const lines = new WholeLines(block => blocks.push(block.toString()), 10)
    for (const chunk of chunks) lines.take(Buffer.from(chunk))
    lines.flush()
    expect(blocks).toEqual(expected)
  })
})
