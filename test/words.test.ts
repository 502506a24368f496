import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Literal, literals } from './support/literals.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Files, and folders with all below them, in which every text is checked. */
const covered = [
  'src/cli',
  'src/cli.ts',
  'src/commands',
  'src/core',
  'src/detect',
  'src/errors',
  'src/errors.ts',
  'src/hook',
  'src/hook.ts',
  'src/model',
  'src/rehearsal',
  'src/shell',
  'templates',
]

/** The words that nobody should have to read, each with what is said instead. */
const words: [RegExp, string][] = [
  [/\bmend(s|ed|ing)?\b/i, 'fix, fixed'],
  [/\blet(s|ting)? (\w+ )?go\b/i, 'Claude may stop, stopped'],
  [/\bspeak(s|ing)? (only )?of\b/i, 'covers'],
  [/\b(ours|of yours|yours(?! to judge))\b/i, 'Countersign’s file; your file, your version'],
  [/(?<!--|\.)\btheirs\b/i, 'the new version, the user’s file'],
  [/\b(hold(s|ing)?|held) (to|so|needed|not needed)\b/i, 'think, say, consider; stand by'],
  [/(?<!\bthere )\b(is|are) (none|no)\b(?! longer)/i, 'is not a …, is invalid'],
  [/\bbounds?\b/i, 'limit'],
  [/\bowed\b/i, 'pending'],
  [/\bmade up for\b/i, 'runs by itself later'],
  [/\bgo(es|ing)? on\b/i, 'continue, run again'],
  [/\bawait(s|ed|ing)?\b/i, 'wait for'],
  [/\bbytes? stays?\b/i, 'left untouched, kept'],
  [/\b(put|puts|brought|brings|is|are) back\b/i, 'restored, is there again'],
  [/\bput in\b/i, 'the setup'],
  [/\bour entries\b/i, 'hook entries'],
  [/\bbase texts?\b|\bas (we )?(wrote|written)\b/i, 'stored original'],
  [/\bcut short\b/i, 'interrupted'],
  [/\bunsigned\b|\bhanded (over|to you)\b/i, 'This change is not countersigned. It is yours to judge.'],
  [/\bhold secrets\b/i, 'sensitive file'],
  [/\b(is|are|was) gone\b|\bt(ake|akes|aken|ook) (\w+ )?out\b/i, 'removed, deleted'],
  [/\bwants? an?\b/i, 'needs, requires'],
  [/\bat work\b/i, 'running'],
  [/\b(attempts|rounds|cycles|calls) are spent\b/i, 'limit reached'],
  [/\bsingle-model\b/i, 'only the tests and Claude’s self-review'],
  [/\bno program\b|\bleads? nowhere\b|\bof itself\b|\blies?\b/i, 'what is so, without a figure of speech'],
]

/** Texts with such a word that have to stay, each with why. */
const exceptions: { file: string; text: string; why: string }[] = [
  {
    file: 'src/shell/git/merge-file.ts',
    text: '<<<<<<< yours',
    why: 'what git writes into the file, for 0.1.0 as well',
  },
  { file: 'src/model/setup/doctor-facts.ts', text: 'as written', why: 'a value that programs tell apart' },
  { file: 'src/rehearsal/demo/demo-service.ts', text: 'for await', why: 'the code of a service' },
  { file: 'src/commands/doctor/manifest-facts.ts', text: 'as written', why: 'the same' },
]

const filesOf = (path: string): string[] =>
  statSync(join(root, path)).isFile()
    ? [path]
    : readdirSync(join(root, path))
        .flatMap(name => filesOf(`${path}/${name}`))
        .filter(file => !file.endsWith('.d.ts'))

/** A template's lines, without its comments. */
const lines = (template: string): Literal[] =>
  template
    .replace(/\{\{!--[\s\S]*?--\}\}/g, '')
    .split('\n')
    .map((text, index) => ({ line: index + 1, text }))

const textsOf = (file: string): Literal[] => {
  const source = readFileSync(join(root, file), 'utf8')
  return file.endsWith('.ts') ? literals(source).filter(({ text }) => !isIdentifier(text)) : lines(source)
}

/** `let-go`, `owed`: what programs tell apart, and no user reads. */
const isIdentifier = (text: string): boolean => /^[a-z][\w-]*$/.test(text)

const isExcepted = (file: string, text: string): boolean =>
  exceptions.some(exception => exception.file === file && text.includes(exception.text))

/** Every use of a word in a file, as `file:line: word (say …): text`. */
const usesIn = (file: string): string[] =>
  textsOf(file).flatMap(({ line, text }) =>
    isExcepted(file, text)
      ? []
      : words.flatMap(([word, better]) => {
          const found = word.exec(text)?.[0]
          return found ? [`${file}:${line}: “${found}” (say: ${better}): ${text.trim()}`] : []
        }),
  )

describe('no text that a user, Claude or Codex reads has a word that we do not use', () => {
  it.each(covered)('%s', path => expect(filesOf(path).flatMap(usesIn)).toEqual([]))

  it('and every exception is still needed', () =>
    expect(
      exceptions.filter(
        ({ file, text }) =>
          !textsOf(file).some(one => one.text.includes(text) && words.some(([word]) => word.test(text))),
      ),
    ).toEqual([]))
})

describe('the texts of a source are', () => {
  const texts = (source: string) => literals(source).map(({ line, text }) => `${line} ${text}`)
  it.each([
    ['its strings, whatever quotes they have', `f('a "b"', "it's")\ng('c\\'d')`, ['1 a "b"', "1 it's", "2 c\\'d"]],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a source, as it is written
    ['its templates, with the texts inside of them', '`a ${b ? `c ${"d"}` : {e: 1}.e} f`', ['1 d', '1 c …', '1 a … f']],
    ['not its comments', `// don't\n/* "a" */ '//b'`, ['2 //b']],
    ['not its regular expressions', `x = /["'\`/[/]]/.test('a') && 6 / 2 > '1'.length / 2`, ['1 a', '1 1']],
  ])('%s', (_, source, expected) => expect(texts(source)).toEqual(expected))
})
