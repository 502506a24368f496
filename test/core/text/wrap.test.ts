import { describe, expect, it } from 'vitest'
import { commandLines, wrap } from '../../../src/core/text/wrap.ts'

describe('text for a terminal', () => {
  it('is broken at spaces, and commands are not', () =>
    expect(wrap('one two three:\n  git add one two three', '> ', 12)).toBe(
      'one two\n> three:\n>   git add one two three',
    ))
  it('has a word longer than the line on a line of its own', () =>
    expect(wrap('a longword b', '', 4)).toBe('a\nlongword\nb'))
  it('names a command over several lines that a shell joins', () => {
    expect(commandLines('git add', ['one', 'two'], 20)).toBe('  git add one two')
    expect(commandLines('git add', ['one', 'two', 'three'], 16)).toBe('  git add one \\\n    two three')
  })
})
