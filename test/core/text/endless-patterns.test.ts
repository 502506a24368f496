import { describe, expect, it } from 'vitest'
import { readDebateAnswer } from '../../../src/core/cycle/answers/debate-answer.ts'
import { readSelfReview } from '../../../src/core/cycle/answers/self-review.ts'
import { readPick } from '../../../src/core/cycle/choice.ts'
import { isLikeAPick, pickInPrompt } from '../../../src/core/cycle/pick-in-prompt.ts'
import { isScheduled, isUsersWord } from '../../../src/core/cycle/word/schedules.ts'
import { typedPart } from '../../../src/core/cycle/word/speaker.ts'
import { escaped } from '../../../src/core/report/markdown-words.ts'
import { codexFaultIn } from '../../../src/core/review/codex-fault.ts'
import { isEvidenceQuote } from '../../../src/core/review/quote-forms.ts'
import { standsAt } from '../../../src/core/review/quote-place.ts'
import { repositoryPath } from '../../../src/core/review/repository-path.ts'
import { rulesOf } from '../../../src/core/review/rules-of.ts'
import { wontDo } from '../../../src/core/review/wont-do.ts'
import { failingTests } from '../../../src/core/suites/failing-tests/index.ts'
import { foreign } from '../../../src/core/text/foreign-text.ts'
import { plainText, shownPath, spelledOut, tail } from '../../../src/core/text/plain-text.ts'
import { isSecretFile, withoutSecrets } from '../../../src/core/text/secrets.ts'
import { oneLine } from '../../../src/core/text/wording.ts'
import { mentions } from '../../../src/shell/codex/skill-mentions.ts'
import { Cycle, finding, ready } from '../../support/cycle/cycle.ts'

// Foreign text goes through these; none may need more than linear time. Each case is 200,000 characters.
const size = 200_000
const many = (unit: string) => unit.repeat(Math.ceil(size / unit.length)).slice(0, size)
const nasty: [string, string][] = [
  '@a ',
  '@a.b\\ ',
  '[$a](',
  '[$a] ',
  ' ',
  '\t',
  '\n',
  '\r',
  'a',
  '1',
  '-',
  ':',
  '`',
  '~',
  '"',
  "'",
  '(',
  '[',
  '{',
  '.',
  '=',
  '/',
  '@',
  '\x1b',
  '\x1b[',
  '\x1b]',
  'a ',
  '1d',
  '1 d ',
  'F1',
  'F1 ',
  'F1:',
  'F1: needed',
  '- ',
  '● ',
  '✗ ',
  'not ok ',
  '    at ',
  'FAIL ',
  '--- FAIL: ',
  'token=',
  'token = ',
  'password:"',
  'eyJ',
  'eyJ-',
  'eyJaaaaaaaa.',
  '://a:',
  '://',
  'Bearer ',
  '-----BEGIN ',
  'AKIA',
  'xox',
  'again in ',
  'again at ',
  'again in 1 d',
  '`` ',
  '```x ',
  'pick F1 ',
  'F1..',
  '1-',
  ') ',
  'a\n ',
  'x:: ',
  'test a ... ',
  '/.env.',
].map(unit => [JSON.stringify(unit), unit])
const framed = (unit: string) => [
  many(unit),
  `\`\`\`countersign\n${many(unit)}x`,
  `F1${many(unit)}!`,
  `pick ${many(unit)}!`,
]

const cycle = new Cycle()
cycle.reviews.push({ findings: [finding('F1')] })
cycle.stop(ready, 't1')
const run = cycle.state.run!

const readers: [string, (text: string) => unknown][] = [
  ['plain text', plainText],
  ['its tail', tail],
  ['signs spelled out', spelledOut],
  ['a path', shownPath],
  ['secrets', withoutSecrets],
  ['a secret file', isSecretFile],
  ['foreign text', text => foreign(text, 6000)],
  ['one line', oneLine],
  ['words in Markdown', escaped],
  ['failing tests', failingTests],
  ['what kept Codex', text => codexFaultIn(text, '2026-01-05T10:00:00.000Z')],
  ['a self-review', readSelfReview],
  ['a debate answer', text => readDebateAnswer(text, 1, run.findings, [])],
  ['a pick', text => readPick(text, run)],
  ['a pick in a prompt', pickInPrompt],
  ['a prompt like a pick', isLikeAPick],
  ['rules', text => rulesOf({ read: path => (path === 'CLAUDE.md' ? text : null), list: () => [] }, 24_000)],
  ['a path that a model wrote', text => repositoryPath(text.slice(0, 32_000), ['src/a.js'], '/r', 'src')],
  ['a quote', text => standsAt(text, text)],
  ['a quote that shows something', text => isEvidenceQuote(text, 1)],
  ['decisions', text => wontDo(text, [])],
  ['skills in a prompt', mentions],
  ['what of a prompt was typed', typedPart],
  ['a word that is the user’s', isUsersWord],
  ['a prompt that was scheduled', text => isScheduled(text, ['x', 'y'])],
]

describe('no pattern takes more than linear time', () => {
  it.each(readers)(
    '%s',
    (_, read) => {
      const slow = nasty.flatMap(([name, unit]) =>
        framed(unit).flatMap(text => {
          const started = performance.now()
          read(text)
          const ms = performance.now() - started
          return ms > 5000 ? [`${name}: ${Math.round(ms)} ms`] : []
        }),
      )
      expect(slow).toEqual([])
    },
    120_000,
  )
})

// What the table of secrets is most likely to stumble over, and lines of a megabyte.
const half = [
  ...[
    'PASS=',
    '?token=',
    'password: ',
    'password: x = ',
    "token='",
    '\\"',
    '\\n',
    '%3D',
    'a-',
    'a.',
    'A1b2',
    'sk-',
    'key-',
    '1//0',
  ],
  ...['8Q~', 'AAAAAAAAAAAAAAAAAAAAAAa%', 'aA1/', 'eyJrIjoi', 'LS0tLS1CRUdJTiB', 'postgres://a:a/', '://a:b@', 'a@tcp('],
  ...[
    'a:',
    'curl -u a:',
    ' -u a:',
    'mysql -p',
    'redis-cli ',
    'htpasswd -b ',
    'vault login ',
    'echo a',
    'login a password ',
  ],
  ...[
    "PASSWORD '",
    "auth=('a','",
    "getConnection(a,'a','",
    '&sig=',
    '"d":"',
    '$2a$10$',
    '$6$a',
    'authorization: basic ',
  ],
  ...[
    '<password>',
    '<a name="token">',
    'name="token" value="',
    '"kind":"Secret" "data":{',
    'stringData:\n a: ',
    'token: |\n  ',
  ],
  ...[
    '-----BEGIN PRIVATE KEY-----',
    '-----END PRIVATE KEY-----',
    '-----BEGIN A-----\n',
    'Private-Lines: 9\n',
    ';base64,',
  ],
]
const megabyte = ['token=', 'token="', 'a\n', 'A1b2/', '://a:', 'eyJ-', '+', ' ', "'"]

describe('no kind of secret takes more than linear time', () => {
  // Of this process alone, whatever else the machine does.
  const millisecondsOf = (text: string) => {
    const before = process.cpuUsage()
    withoutSecrets(text)
    const { user, system } = process.cpuUsage(before)
    return Math.round((user + system) / 1000)
  }
  const slow = (units: string[], length: number, states: string[]) =>
    units.flatMap(unit =>
      states.flatMap(state => {
        const ms = millisecondsOf(`${state}${unit.repeat(length / unit.length)}!-----END PRIVATE KEY-----`)
        return ms > 5000 ? [`${state}${unit}: ${ms} ms`] : []
      }),
    )
  const states = [
    '',
    'password: "',
    'name: TOKEN\nvalue: a',
    'kind: Secret\ndata:\n  a: b',
    '-----BEGIN PRIVATE KEY-----\n',
  ]
  it('in its own terms', () => expect(slow(half, 100_000, states)).toEqual([]), 120_000)
  it('in lines of a megabyte', () => expect(slow(megabyte, 1_000_000, states.slice(0, 1))).toEqual([]), 120_000)
})
