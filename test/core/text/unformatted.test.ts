import { describe, expect, it } from 'vitest'
import { formattedLike, unformatted } from '../../../src/core/text/unformatted.ts'

describe('two texts differ in formatting alone', () => {
  it.each([
    ['wrapped lines', 'One two\nthree.\n', 'One two three.\r\n'],
    ['a blank line after the head', '---\nname: a\n---\n\nText', '---\n\nname: a\n\n---\nText'],
    ['marks of a list', '* one\n+ two', '- one\n-   two'],
    ['marks of emphasis', 'a *word* and __two__', 'a _word_ and **two**'],
    ['escapes', 'a_b \\_c\\_', 'a\\_b _c_'],
    ['quotes in YAML', "name: 'unit'", 'name: "unit"'],
    ['the width of a table', '| a |\n|---|', '| a     |\n| ------- |'],
  ])('%s', (_, one, other) => expect(unformatted(one)).toBe(unformatted(other)))

  it.each([
    ['a word', 'Never edit.', 'Edit.'],
    ['a number', '1. one', '2. one'],
  ])('and not where %s is another', (_, one, other) => expect(unformatted(one)).not.toBe(unformatted(other)))
})

it('what only a formatter changed is as it was; the rest, blank lines and doubled ones stay', () =>
  expect(formattedLike('- one\n\n-  two\nmine\n\\-\n\\-', '* one\n* two\n-\n-')).toBe('* one\n\n* two\nmine\n\\-\n\\-'))
