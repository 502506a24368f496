import { describe, expect, it } from 'vitest'
import { rulesOf } from '../../../src/core/review/rules-of.ts'

/** The rules of a tree with these files. */
function rules(files: Record<string, string>, most = 10_000): string {
  const list = (folder: string) => Object.keys(files).filter(path => path.startsWith(`${folder}/`))
  return rulesOf({ read: path => files[path] ?? null, list }, most)
}

describe('the rules of a project', () => {
  it('are AGENTS.md, both CLAUDE.md and the rules folder, each under its path', () =>
    expect(
      rules({
        'README.md': 'no rule',
        '.claude/rules/deep/b.md': 'five',
        '.claude/rules/a.md': '---\npaths: "*.ts"\n---\nfour\n',
        '.claude/rules/notes.txt': 'no rule',
        '.claude/CLAUDE.md': 'three',
        'CLAUDE.md': 'two\n',
        'AGENTS.md': 'one',
      }),
    ).toBe(
      '# AGENTS.md\none\n\n# CLAUDE.md\ntwo\n\n# .claude/CLAUDE.md\nthree\n\n# .claude/rules/deep/b.md\nfive\n\n# .claude/rules/a.md\n---\npaths: "*.ts"\n---\nfour',
    ))

  it('are nothing where there are none', () => expect(rules({ 'CLAUDE.md': ' \n', 'AGENTS.md': '' })).toBe(''))

  it('say once what two files have word for word, and leave a file out that says nothing else', () => {
    const same = '# Rules\n\nUse whole cents.\n\nNo floats in money.\n'
    expect(
      rules({
        'AGENTS.md': same,
        'CLAUDE.md': same,
        '.claude/CLAUDE.md': `${same}\n# Here\n\nOnly what is new.\n`,
      }),
    ).toBe(
      '# AGENTS.md\n# Rules\n\nUse whole cents.\n\nNo floats in money.\n\n# .claude/CLAUDE.md\n# Rules\n\n# Here\n\nOnly what is new.',
    )
  })

  it('do not hold how to work with Countersign', () =>
    expect(rules({ '.claude/rules/countersign.md': 'the cycle' })).toBe(''))
})

describe('an import', () => {
  it('is followed from the file that has it, and each file is quoted once', () =>
    expect(
      rules({
        'CLAUDE.md': '@AGENTS.md and @docs/git.md#commits, @./docs/my\\ style.md.',
        'AGENTS.md': 'one',
        'docs/git.md': 'two @../CLAUDE.md @deep/more.md',
        'docs/deep/more.md': 'three',
        'docs/my style.md': 'four',
      }).match(/^# .*/gm),
    ).toEqual(['# AGENTS.md', '# CLAUDE.md', '# docs/git.md', '# docs/deep/more.md', '# docs/my style.md']))

  it.each([
    ['outside of the repository', '@../secret.md @~/secret.md @/etc/passwd @docs/../../secret.md @.. @docs/..'],
    ['in code', '`@secret.md`\n````\n@secret.md\n```\n@secret.md\n````\n~~~md\n@secret.md\n~~~ \nend'],
    ['within a word', 'me@secret.md'],
    ['that names no file', '@openai/codex, @secret.md!x'],
    ['of a file that holds secrets by its name', '@.env @keys/id_rsa'],
  ])('%s is not followed', (_, text) =>
    expect(rules({ 'CLAUDE.md': text, 'secret.md': 'x', '.env': 'x', 'keys/id_rsa': 'x' }).match(/^# .*/gm)).toEqual([
      '# CLAUDE.md',
    ]),
  )

  it('is followed five files deep', () => {
    const chain = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`${n}.md`, `@${n + 1}.md`]))
    expect(rules({ 'CLAUDE.md': '@0.md', ...chain }).match(/^# \d/gm)).toEqual(['# 0', '# 1', '# 2', '# 3', '# 4'])
  })
})

describe('rules that are too long', () => {
  it('are cut, and say where and what is missing', () =>
    expect(rules({ 'AGENTS.md': 'abcdef', 'CLAUDE.md': 'x', '.claude/CLAUDE.md': 'y' }, 4)).toBe(
      '# AGENTS.md\nabcd\n… (2 characters of AGENTS.md left out)\n\nLeft out for length: CLAUDE.md, .claude/CLAUDE.md',
    ))
  it('that fit exactly are whole', () => expect(rules({ 'AGENTS.md': 'abcd' }, 4)).toBe('# AGENTS.md\nabcd'))
})
