import { describe, expect, it } from 'vitest'
import { pickInPrompt, readPick } from '../../../src/core/cycle/choice.ts'
import { readDebateAnswer } from '../../../src/core/cycle/debate-answer.ts'
import { readSelfReview } from '../../../src/core/cycle/self-review.ts'
import { isScheduled, isUsersWord } from '../../../src/core/cycle/word/schedules.ts'
import { typedPart } from '../../../src/core/cycle/word/speaker.ts'
import { escaped } from '../../../src/core/report/markdown-words.ts'
import { codexFaultIn } from '../../../src/core/review/codex-fault.ts'
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
  ['rules', text => rulesOf({ read: path => (path === 'CLAUDE.md' ? text : null), list: () => [] }, 24_000)],
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
