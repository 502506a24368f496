import { describe, expect, it } from 'vitest'
import { bare, fencedAnswer } from '../../../src/core/cycle/fenced-answer.ts'

describe('the fence around an answer', () => {
  const lines = (...message: string[]) => fencedAnswer(message.join('\n'))?.join('|') ?? null
  it.each<[string, string[], string | null]>([
    ['is the last of several', ['```countersign', 'a', '```', 'x', '```countersign', 'b', '```'], 'b'],
    ['has any length, and ends with one as long', ['````countersign', 'a', '```', 'b', '`````', 'c'], 'a|```|b'],
    ['ends with its own sign', ['~~~countersign', 'a', '```', 'b', '~~~', 'c'], 'a|```|b'],
    ['does not end with an info string', ['```countersign', '```js', 'b', '```', 'c'], '```js|b'],
    ['may be indented, and hang in a list', ['-  ```countersign', '  a', '   ```', 'b'], '  a'],
    ['is not indented as code is', ['    ```countersign', 'a', '    ```'], null],
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
    ['- **F1**: x ', 'F1: x'],
    ['  10) F1', 'F1'],
    ['*   F1', 'F1'],
    ['3.  F1', 'F1'],
    ['• F1', 'F1'],
    ['-F1', '-F1'],
    ['1.F1', '1.F1'],
    ['F1 - x', 'F1 - x'],
    ['F1. 2) x', 'F1. 2) x'],
  ])('a line without what only decorates it: “%s”', (line, plain) => expect(bare(line)).toBe(plain))
})
