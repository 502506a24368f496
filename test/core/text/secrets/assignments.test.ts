import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../../../src/core/text/secrets.ts'
import { written } from '../../../support/secrets/settings.ts'
import { filled } from '../../../support/secrets/shape.ts'

const marked = (text: string, mark: string) => text.replace(/^/gm, mark)
const inDiff = (file: string, text: string) =>
  `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -0,0 +1,9 @@\n${marked(text, '+')}`
const ways: [name: string, around: (text: string, file: string) => string][] = [
  ['as a text', text => text],
  ['in the diff of its file', (text, file) => inDiff(file, text)],
  ['in the lines around a change', text => marked(text, ' ')],
  ['in removed lines', text => marked(text, '-')],
]
const left = (text: string, secrets: string[]) => secrets.filter(secret => secret.length > 3 && text.includes(secret))

describe.each(written.map(one => [one.name, one] as const))('%s', (_, { file, example }) => {
  it.each(ways)('is masked %s', (_, around) => {
    const { text, secrets } = filled(example, 5)
    const all = around(text, file)
    const shown = withoutSecrets(all)
    expect(left(shown, secrets)).toEqual([])
    expect(shown.split('\n').length).toBe(all.split('\n').length)
    expect(withoutSecrets(shown)).toBe(shown)
  })
})

it('with any letters, and several after each other, nothing is left and a second time changes nothing', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...written), fc.integer({ min: 1 })), { minLength: 1, maxLength: 4 }),
      picked => {
        const all = picked.map(([one, seed]) => ({ ...filled(one.example, seed), file: one.file }))
        const text = all.map(one => inDiff(one.file, one.text)).join('\n')
        const shown = withoutSecrets(text)
        expect(
          left(
            shown,
            all.flatMap(({ secrets }) => secrets),
          ),
        ).toEqual([])
        expect(withoutSecrets(shown)).toBe(shown)
      },
    ),
    { numRuns: 300 },
  ))

const random = 'k3Jd9sLq0Zx7Vb2N'
const inCode = (line: string) => withoutSecrets(`diff --git a/a.ts b/a.ts\n+${line}`).split('\n')[1]!.slice(1)

describe('a name and a value parted by a space', () => {
  it.each([
    ['x --password hunter2, y', 'x --password [masked], y'],
    ["x --password 'hunter'", "x --password '[masked]'"],
    ['x --password hunters', 'x --password [masked]'],
    ['x --password abc', 'x --password abc'],
    ['x --password pearl', 'x --password pearl'],
    ['x --password changeme', 'x --password changeme'],
    ['x --token TOKEN', 'x --token TOKEN'],
    ['x --token should', 'x --token should'],
    ['x --token <token1>', 'x --token <token1>'],
    ['x --key id', 'x --key id'],
    [`x --key=${random}`, 'x --key=[masked]'],
    ['x set db_password hunter2', 'x set db_password [masked]'],
    ['x set db_password hunters', 'x set db_password hunters'],
    ['setenv DB_PASSWORD hunters', 'setenv DB_PASSWORD [masked]'],
    ['npm config set //x.example/:_authToken hunter-22', 'npm config set //x.example/:_authToken [masked]'],
    ['  password "hunter"', '  password "[masked]"'],
    ['  password "hunter" is wrong', '  password "hunter" is wrong'],
    ['  password hunter2  ', '  password [masked]  '],
    ['  password hunter2 is wrong', '  password hunter2 is wrong'],
    ['  password hunters', '  password hunters'],
    ['  secret hunter2', '  secret hunter2'],
    ['  password', '  password'],
    ['  password abc', '  password abc'],
    ['say password hunter2', 'say password hunter2'],
    ['mnemonic hunter2', 'mnemonic hunter2'],
  ])('%s', (text, shown) => expect(withoutSecrets(text)).toBe(shown))
})

describe('a value without quotes', () => {
  it.each([
    ['x?token=hunter2&y=1', 'x?token=[masked]&y=1'],
    ['x (token=hunter2)', 'x (token=[masked])'],
    ['x (token=hunter)', 'x (token=hunter)'],
    ['x (token=a1)', 'x (token=a1)'],
    ['x (password=hunter2)', 'x (password=[masked])'],
    ['x (password=h2nt)', 'x (password=h2nt)'],
    ['x JWT_SECRET=hunter y', 'x JWT_SECRET=[masked] y'],
    ['x (password=hash2(y))', 'x (password=hash2(y))'],
    ['"User Id=sa;Password=hunter;"', '"User Id=sa;Password=[masked];"'],
    ['"Password=hunter;Server=x"', '"Password=[masked];Server=x"'],
    ['"Password=hunter;x"', '"Password=hunter;x"'],
    ['The password is hunter2', 'The password is [masked]'],
    ['The password is: hunter2', 'The password is: [masked]'],
    ['API key: hunter22', 'API key: [masked]'],
    ['API key: a', 'API key: a'],
    ['DB_PASS=', 'DB_PASS='],
    ['DB_PASS=;', 'DB_PASS=;'],
    ['"User Id=sa;Password=changeme;"', '"User Id=sa;Password=changeme;"'],
    ['DB_PASS= # hunter', 'DB_PASS= # hunter'],
    ['DB_PASS=(hunter2)', 'DB_PASS=(hunter2)'],
    ['password: hunters # hers', 'password: [masked] # hers'],
    ['password: pearl', 'password: pearl'],
    ['password: hunter two', 'password: hunter two'],
    ['password: one two three', 'password: [masked]'],
    [`${'x'.repeat(130)} db.password=hunter2`, `${'x'.repeat(130)} db.password=[masked]`],
  ])('%s', (text, shown) => expect(withoutSecrets(text)).toBe(shown))

  it.each([
    [`// token: ${random}`, '// token: [masked]'],
    ['// password: hunter2', '// password: [masked]'],
    [`f(token=${random})`, 'f(token=[masked])'],
    [`f(token=sha256-${random})`, `f(token=sha256-${random})`],
    ['f(token=hunter2)', 'f(token=hunter2)'],
    ['f("DB_PASSWORD=hunter")', 'f("DB_PASSWORD=[masked]")'],
    ['x?token=hunter2&y', 'x?token=[masked]&y'],
    ['the password is hunter2', 'the password is hunter2'],
    ['DB_PASSWORD=hunter2', 'DB_PASSWORD=hunter2'],
  ])('in code: %s', (line, shown) => expect(inCode(line)).toBe(shown))
})

describe('a literal', () => {
  it.each([
    ['password = "a\\"bc1"', 'password = "[masked]"'],
    ['password = "hunter2', 'password = "[masked]'],
    ['"{\\"password\\": \\"hunter2', '"{\\"password\\": \\"[masked]'],
    ['password = """hunter2"""', 'password = """[masked]"""'],
    ['password = new SecureString("hunter2")', 'password = new SecureString("[masked]")'],
    ['password = SecureString("hunter")', 'password = SecureString("hunter")'],
    ["x.password('hunter2')", "x.password('[masked]')"],
    ["x.password ('hunter2')", "x.password ('hunter2')"],
    ["password.is('hunter2')", "password.is('hunter2')"],
    ['getenv("API_KEY") or "hunter2"', 'getenv("API_KEY") or "[masked]"'],
    ['x["password"] || "hunter2"', 'x["password"] || "[masked]"'],
    ['password || hunter2', 'password || hunter2'],
    ["password !== 'hunter2'", "password !== '[masked]'"],
    ["set :password, 'hunter'", "set :password, '[masked]'"],
    ["['password', 'hunter2']", "['password', 'hunter2']"],
    ['f(password, "hunter2")', 'f(password, "hunter2")'],
    [`['token', '${random}']`, "['token', '[masked]']"],
    ["['--token', 'hunter']", "['--token', '[masked]']".replace('[masked]', 'hunter')],
    ["['--password', 'hunter']", "['--password', '[masked]']"],
  ])('%s', (text, shown) => expect(withoutSecrets(text)).toBe(shown))
})
