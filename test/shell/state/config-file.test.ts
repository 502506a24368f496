import { describe, expect, it } from 'vitest'
import { largestConfig } from '../../../src/shell/state/cached-config.ts'
import { readConfig } from '../../../src/shell/state/config-file.ts'

const problems = (text: string) => {
  const read = readConfig(text)
  return 'problems' in read ? read.problems.map(({ line, column, problem }) => `${line}:${column} ${problem}`) : []
}

describe('the configuration', () => {
  it('has a default for everything but its version', () =>
    expect(readConfig('version: 1')).toMatchObject({
      config: {
        tests: [],
        ignore: [],
        debate: { rounds: 2 },
        gate: { onReviewerFailure: 'allow' },
        review: { timeoutSeconds: 900 },
      },
    }))

  it.each([
    [
      'version: 1\ntests:\n  - name: unit\n    comand: npm test\n',
      ['3:5 tests.0.command: Invalid input: expected string, received undefined', '4:5 tests.0: unknown key “comand”'],
    ],
    ['version: 1\ndebate: {rounds: 9}\n', ['2:18 debate.rounds: Too big: expected number to be <=5']],
    [
      'version: 1\nignore: [docs/**, ../x]\n',
      ['2:19 ignore.1: a glob starts in the directory that holds .claude and cannot leave it'],
    ],
    ['version: 2\n', ['1:10 version: Invalid input: expected 1']],
    ['version: 1\ntests: [\n', [expect.stringMatching(/^\d+:\d+ /)]],
    ['', ['1:1 the file: Invalid input: expected object, received null']],
    ['version: 1\nversion: 1\n', [expect.stringMatching(/^2:1 Map keys must be unique/)]],
  ])('%j says all that is wrong, and where', (text, expected) => expect(problems(text)).toEqual(expected))

  it('is measured in bytes: a text that was cut off at the limit is refused', () => {
    const most = largestConfig - 'version: 1\n# '.length
    const lengths = [most / 2, most / 2 + 1].map(Math.floor)
    const found = lengths.map(length => problems(`version: 1\n# ${'ü'.repeat(length)}`))
    expect(found).toEqual([[], ['1:1 is larger than 256 kB']])
  })
})
