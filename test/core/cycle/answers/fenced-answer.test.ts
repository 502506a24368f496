import { describe, expect, it } from 'vitest'
import { bare, fencedAnswer, plainSigns, undecorated } from '../../../../src/core/cycle/answers/fenced-answer.ts'

describe('the fence around an answer', () => {
  const lines = (...message: string[]) => fencedAnswer(message.join('\n'))?.join('|') ?? null
  it.each<[string, string[], string | null]>([
    ['is the last of several', ['```countersign', 'a', '```', 'x', '```countersign', 'b', '```'], 'b'],
    ['has any length, and ends with one as long', ['````countersign', 'a', '```', 'b', '`````', 'c'], 'a|```|b'],
    ['ends with its own sign', ['~~~countersign', 'a', '```', 'b', '~~~', 'c'], 'a|```|b'],
    ['does not end with an info string', ['```countersign', '```js', 'b', '```', 'c'], '```js|b'],
    ['may be indented, and hang in a list', ['-  ```countersign', '  a', '   ```', 'b'], '  a'],
    ['may be indented as code is', ['    ```countersign', 'a', '    ```', 'b'], 'a'],
    ['may stand in a quotation', ['> ```countersign', '> a', '> ```', 'b'], '> a'],
    ['may stand behind a number', ['1. ```countersign', '   a', '   ```', 'b'], '   a'],
    ['counts complete where a later one is torn', ['```countersign', 'a', '```', '```countersign', 'b'], 'a'],
    ['begins anew where the first was left open', ['```countersign', 'a', '```countersign', 'b', '```'], 'b'],
    ['is no example in a longer one', ['````md', '```countersign', 'a', '```', '````', 'b'], null],
    ['is no example in one of the other sign', ['~~~', '```countersign', 'a', '```', '~~~'], null],
    ['may follow one that was left open', ['```js', 'x', '```countersign', 'a', '```'], 'a'],
    ['may follow one of another kind', ['```js', 'x', '```', '```countersign', 'a', '```'], 'a'],
    ['ends lines as old Macs do', ['```countersign\ra\r```\rb'], 'a'],
    ['does not stand in a sentence', ['see ```countersign', 'a', '```'], null],
    ['may say more', ['``` Countersign answer', 'a', '```'], 'a'],
    [
      'is of no other kind',
      ['```js', 'a', '```', '```countersigned', 'b', '```', '```my countersign', 'c', '```'],
      null,
    ],
    ['may lack its end', ['```countersign', 'a', 'b'], 'a|b'],
    ['may be empty', ['```countersign', '```'], ''],
    ['ends lines as Windows does', ['```countersign\r', 'a\r', '```\r'], 'a'],
    ['is a short line', [`\`\`\`countersign ${'x'.repeat(300)}`, 'a', '```'], 'a'],
    ['is not looked for far to the right', [`\`\`\`${' '.repeat(300)}countersign`, 'a'], null],
    ['is not there', ['a'], null],
  ])('%s', (_, message, expected) => expect(lines(...message)).toBe(expected))

  it.each([
    ['- **F1**: x ', '**F1**: x'],
    ['> ## F1: x', 'F1: x'],
    ['  ### F1', 'F1'],
    ['a ** b', 'a ** b'],
    ['  10) F1', 'F1'],
    ['*   F1', 'F1'],
    ['3.  F1', 'F1'],
    ['• F1', 'F1'],
    ['-F1', '-F1'],
    ['1.F1', '1.F1'],
    ['F1 - x', 'F1 - x'],
    ['F1. 2) x', 'F1. 2) x'],
  ])('a line without what only decorates it: “%s”', (line, plain) => expect(bare(line)).toBe(plain))

  it.each([
    ['Ｆ１：needed，high', 'F1:needed,high'],
    ['F1、F2', 'F1,F2'],
    ['not\u2011needed \u2013 x \u2014 y', 'not-needed — x — y'],
    ['\u200bF1\u00a0:', ' F1 :'],
  ])('a line in plain signs is as long as before: “%s”', (line, plain) => {
    expect(plainSigns(line)).toBe(plain)
    expect(plain).toHaveLength(line.length)
  })
  it('and without bold and quotation marks, too', () => expect(undecorated('**`F1`**: _x_')).toBe('   F1   :  x '))
})
