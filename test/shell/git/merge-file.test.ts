import { describe, expect, it } from 'vitest'
import { mergeFile } from '../../../src/shell/git/merge-file.ts'

const text = (...lines: string[]) => lines.map(line => `${line}\n`).join('')
const base = text('1', '2', '3', '4', '5', '6', '7')

describe('three texts', () => {
  it('changed in different places come to one with both changes', () => {
    const merged = mergeFile('theirs', base, base.replace('1', 'mine'), base.replace('7', 'theirs'))
    expect(merged).toEqual({ text: text('mine', '2', '3', '4', '5', '6', 'theirs'), lines: [] })
  })

  it('changed on the same line come to markers, and their place', () => {
    const merged = mergeFile('Countersign 2.0.0', base, base.replace('4', 'mine'), base.replace('4', 'theirs'))
    expect(merged).toEqual({
      text: text(
        '1',
        '2',
        '3',
        '<<<<<<< yours',
        'mine',
        '=======',
        'theirs',
        '>>>>>>> Countersign 2.0.0',
        '5',
        '6',
        '7',
      ),
      lines: [4],
    })
  })

  it('without a last line end keep it so', () => {
    expect(mergeFile('theirs', 'a\nb\nc\nd', 'A\nb\nc\nd', 'a\nb\nc\nD').text).toBe('A\nb\nc\nD')
  })

  it('with a great many conflicts are no failure', () => {
    const many = (word: string) =>
      text(...Array.from({ length: 400 }, (_, index) => (index % 2 ? `${index}` : `${word}${index}`)))
    expect(mergeFile('theirs', many('a'), many('b'), many('c')).lines.length).toBeGreaterThan(0)
  })

  it('of 5,000 alike lines are merged in good time', () => {
    const alike = text(...Array.from({ length: 5000 }, () => 'x'))
    const started = performance.now()
    expect(mergeFile('theirs', alike, `mine\n${alike}`, `${alike}theirs\n`).text).toBe(`mine\n${alike}theirs\n`)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
