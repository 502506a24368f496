import { describe, expect, it } from 'vitest'
import {
  decodedText,
  isFilledIn,
  isRandom,
  isSecretValue,
  withoutEnd,
} from '../../../../src/core/text/secrets/values.ts'

const random = 'k3Jd9sLq0Zx7Vb2N'
const words = 'ant bee cat dog elk fox gnu hen ibis jay kiwi lark'

describe('a value is judged with care', () => {
  it.each([
    ['hunter', 'any', true],
    ['correct horse', 'any', true],
    ['correct-horse-battery-staple', 'any', true],
    ['123456', 'any', true],
    ['abc', 'any', false],
    ['Passwort', 'any', false],
    ['Invalid login', 'any', false],
    ['Forgot it?', 'any', false],
    ['Falsche Eingabe', 'any', true],
    ['Falsche eingabe', 'any', false],
    ['a b c d e f g h i', 'any', false],
    ['the secret word', 'any', false],
    ['secret: word', 'any', false],
    ['secret word2', 'any', true],
    ['Größe', 'any', false],
    ['Größe2', 'any', true],
    ['db-password', 'any', false],
    ['DB_PASSWORD', 'any', false],
    ['userPassword', 'any', false],
    ['abcd-efgh', 'any', true],
    ['git-creds', 'unnamed', false],
    ['hunter', 'unnamed', true],
    ['server.pem', 'any', false],
    ['/run/secrets/db', 'any', false],
    ['C:\\keys\\db', 'any', false],
    ['--', 'any', false],
    ['!@#$', 'any', false],
    ['your-token-1', 'any', false],
    ['),required:!0', 'any', false],
    ['+string(token)', 'any', false],
    [`x${'[masked]'}hunter`, 'any', true],
    ['[masked]', 'any', false],
    ['x[masked]', 'any', false],
    ['hunter', 'likely', false],
    ['hunter2', 'likely', true],
    ['123456', 'likely', true],
    ['12345', 'likely', false],
    ['Hunt!er', 'likely', true],
    ['two word2', 'likely', false],
    ['hunter22', 'random', false],
    [random, 'random', true],
    [Buffer.from('app:hunter-2').toString('base64'), 'random', true],
    [words, 'words', true],
    ['ant bee cat', 'words', false],
    [random, 'words', true],
  ] as const)('%s, %s: %s', (value, care, expected) => expect(isSecretValue(value, care)).toBe(expected))
})

it.each([
  [random, true],
  [random.slice(1), false],
  [`${random} x`, false],
  ['3fa85f64-5717-4562-b3fc-2c963f66afa6', true],
  ['1234567890123456', false],
  ['1234567890123-abc', true],
  ['limitMessageOfAllRequests2', false],
  ['abcdefghijklmnopqr', false],
  ['aaaaaaaaaaaaaaa11', false],
  ['ecs:us-west-2:123456789012', false],
  ['a-1-b-2-c-3-d-4-e-5', false],
])('%s is random: %s', (value, expected) => expect(isRandom(value)).toBe(expected))

it.each(['$' + '{X}', '$X', '<x>', '{{ x }}', '%s', '****', 'xxxx', '*alias', 'a...', '{name}'])(
  '%s is filled in',
  value => expect(isFilledIn(value)).toBe(true),
)

it.each([
  [Buffer.from('user:pass').toString('base64'), 'user:pass'],
  ['username', undefined],
  ['abcd', undefined],
  ['abcdefghi', undefined],
  ['ab-cdefg', undefined],
])('%s is base64 of %s', (value, text) => expect(decodedText(value)).toBe(text))

it.each([
  ['abc', 'abc'],
  ['abc",  ', 'abc'],
  ["abc'", 'abc'],
  ['abc, ', 'abc'],
])('%s ends with %s', (rest, value) => expect(withoutEnd(rest)).toBe(value))
