import { expect, it } from 'vitest'
import { configDifference } from '../../../src/core/cycle/config-difference.ts'
import { Config } from '../../../src/model/config.ts'

const config = (more: object = {}) => Config.parse({ version: 1, ...more })
const suite = (command: string, paths: string[] = []) => ({ tests: [{ name: 'unit', command, paths }] })

it.each<[string, object, object, string[]]>([
  ['nothing', suite('npm test'), suite('npm test'), []],
  [
    'another command of a suite',
    suite('npm test'),
    suite('true', ['none/**']),
    ['tests.unit.command: "npm test" → "true"', 'tests.unit.paths: + "none/**"'],
  ],
  ['a glob that is new', {}, { ignore: ['src/**'] }, ['ignore: + "src/**"']],
  ['a glob that is gone', { ignore: ['src/**', 'a'] }, { ignore: ['a'] }, ['ignore: − "src/**"']],
  ['globs in another order', { ignore: ['b', 'a'] }, { ignore: ['a', 'b'] }, []],
  [
    'the reviewer',
    {},
    { review: { model: 'other', effort: 'low' } },
    ['review.model: null → "other"', 'review.effort: null → "low"'],
  ],
  ['a limit', {}, { limits: { codexCalls: 1 } }, ['limits.codexCalls: 20 → 1']],
])('%s', (_, before, after, says) => expect(configDifference(config(before), config(after))).toEqual(says))

it('a suite that is gone is named with its command', () =>
  expect(configDifference(config(suite('npm test')), config())).toContain('tests.unit.command: − "npm test"'))
