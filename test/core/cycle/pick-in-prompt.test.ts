import { describe, expect, it } from 'vitest'
import { parsePick } from '../../../src/core/cycle/pick.ts'
import { isLikeAPick, pickInPrompt } from '../../../src/core/cycle/pick-in-prompt.ts'

describe('a prompt that is a choice', () => {
  it.each([
    ['pick F1 F3-F5 high', 'F1 F3-F5 high'],
    ['  Pick: all', 'all'],
    ['/pick none', 'none'],
    ['pick none.', 'none'],
    ['countersign: pick F1', 'F1'],
    ['/countersign pick high,\nlow ', 'high,\nlow'],
    ['pick F1 to F3!', 'F1 to F3'],
    ['pick F1 - F3', 'F1-F3'],
    ['pick f2 and F3, please', 'f2 F3'],
    [`pick F1${' '.repeat(1993)}`, 'F1'],
  ])('“%s” → %s', (prompt, pick) => expect(pickInPrompt(prompt)).toEqual({ is: 'choice', terms: parsePick(pick) }))
})

describe('a prompt that is a choice and asks for something else', () => {
  it.each([
    ['pick F1 and also rename n', 'F1'],
    ['pick F1 and rename n', 'F1'],
    ['pick F1, F3: then deploy', 'F1 F3'],
    ['pick F1. Also look at the readme', 'F1'],
    ['pick F1\nrename n to count', 'F1'],
    ['pick F1, high and also add a test', 'F1 high'],
    ['pick F2-F4; afterwards run the linter', 'F2-F4'],
    [`pick F1 and also ${'write '.repeat(800)}`, 'F1'],
  ])('“%s” → %s', (prompt, pick) =>
    expect(pickInPrompt(prompt)).toEqual({ is: 'choice-and-more', terms: parsePick(pick) }),
  )
})

describe('a prompt that looks like a choice and is none', () => {
  it.each([
    'pick F1 but not F2',
    'pick F1, not F3',
    'pick F1 except when it is slow',
    'pick F1 and do not touch b.js',
    'pick F1 and don’t touch b.js',
    'pick F1 without the test',
    'pick F1 or maybe the other',
    'pick F1 perhaps',
    'pick F10 first',
    'pick F1 if you like',
    'pick F1 and then F3 too',
    'pick F1, none of the others',
    'pick F1 and leave the rest',
    'pick F1 and skip the others',
    'pick F1 all and also rename n',
    'pick all but F2',
    'pick everything but F2',
    'pick where F1 left off',
    'pick none of them',
    'pick none and also rename n',
    'pick all and also rename n',
    'pick all the findings',
    'pick high ones',
    'pick high and also rename n',
    'pick everything',
    'pick nothing',
    'pick both',
    'pick the first two',
    'pick F2-F4x',
  ])('“%s”', prompt => expect(pickInPrompt(prompt)).toEqual({ is: 'unclear' }))
})

describe('a prompt that merely begins with “pick”', () => {
  it.each([
    'pick up the phone handler and make it async',
    'pick a colour for the button',
    'pick',
    'pick high and mighty',
    'pick high contrast colours for the button',
    'pick all the low-hanging fruit in the parser and clean it up',
    'pick none of the libraries above; write it yourself instead of adding one more',
    'pick the first element of the list in f()',
    'pick the best name for n',
    'pick ,',
    'pickaxe F1',
    'repick F1',
    'please pick F1',
    'unpick F1',
    `pick F1${' '.repeat(1994)}`,
    `pick ${'F1 '.repeat(666)}`,
    `pick ${'x'.repeat(5000)}`,
  ])('“%s” is a prompt like any other', prompt => expect(pickInPrompt(prompt)).toBeNull())
})

describe('a prompt without “pick”', () => {
  it.each(['F1', 'F1 and F3', 'none', 'all', 'please fix F1.', 'please pick F1', 'ok, I’ll pick F1 and F2', 'F1-F3'])(
    '“%s” is so like a choice that nobody else is meant',
    prompt => expect(isLikeAPick(prompt)).toBe(true),
  )
  it.each([
    'why did you pick F1?',
    'high',
    'continue',
    'what is F1 about?',
    'explain F1',
    'please pick a name',
    '',
    'F1 '.repeat(100),
  ])('“%s” is not', prompt => expect(isLikeAPick(prompt)).toBe(false))
})
