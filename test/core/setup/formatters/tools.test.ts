import { describe, expect, it } from 'vitest'
import { ignoresFor } from '../../../../src/core/setup/formatters/tools.ts'

const own = ['CLAUDE.md', '.claude/agents/tester.md', '.claude/hooks/countersign.cjs', '.claude/countersign.yaml']
const found = (files: Record<string, string>) =>
  ignoresFor({ name: 'shop', platform: 'linux', files: Object.keys(files), read: path => files[path] }, own)
const named = (files: Record<string, string>) => found(files).map(({ path, tools }) => `${path}: ${tools.join(', ')}`)

describe('a tool that judges every file is found', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['by its own file', { '.prettierrc': '' }, ['.prettierignore: Prettier']],
    ['as a dependency', { 'package.json': '{"devDependencies":{"prettier":"3"}}' }, ['.prettierignore: Prettier']],
    ['in CI alone', { '.github/workflows/ci.yml': 'run: npx prettier --check .' }, ['.prettierignore: Prettier']],
    ['two with one file', { '.prettierrc': '', '.oxfmtrc.json': '' }, ['.prettierignore: Prettier, oxfmt']],
    ['oxfmt', { Makefile: 'fmt:\n\toxfmt --check .' }, ['.prettierignore: oxfmt']],
    ['Biome, by its file', { 'biome.jsonc': '{}' }, ['biome.jsonc: Biome']],
    ['Biome, by a script', { 'package.json': '{"scripts":{"lint":"biome ci ."}}' }, ['biome.json: Biome']],
    ['ESLint, by its flat configuration', { 'eslint.config.mjs': '' }, ['eslint.config.mjs: ESLint']],
    ['editorconfig-checker', { '.ecrc': '{}' }, ['.ecrc: editorconfig-checker']],
    [
      'editorconfig-checker, before a commit',
      { '.pre-commit-config.yaml': '- id: editorconfig-checker' },
      ['.editorconfig-checker.json: editorconfig-checker'],
    ],
  ])('%s', (_, files, tools) => expect(named(files)).toEqual(tools))

  it.each([
    ['a package that only has its name in it', { 'package.json': '{"a":"eslint-config-prettier","b":"@x/prettier"}' }],
    ['ESLint as it was, which passes dot directories over', { '.eslintrc.json': '{}' }],
    ['ruff and gofmt, which go by endings', { 'pyproject.toml': '[tool.ruff]', 'go.mod': 'module a' }],
    ['a file that cannot be read', { 'package.json': undefined as unknown as string }],
  ])('but not %s', (_, files) => expect(found(files)).toEqual([]))
})

describe('what is left out', () => {
  it('is all of .claude where nobody else keeps files in it', () =>
    expect(
      found({ '.prettierrc': '', 'biome.json': '', '.claude/settings.json': '', '.claude/countersign/base/a': '' }).map(
        ({ items }) => items,
      ),
    ).toEqual([['/.claude/'], ['!.claude']]))
  it('is Countersign’s own where somebody does', () =>
    expect(
      found({ '.prettierrc': '', 'eslint.config.js': '', '.ecrc': '', '.claude/mine.js': '' }).map(
        ({ items }) => items,
      ),
    ).toEqual([
      ['/.claude/settings.json', '/.claude/countersign*', '/.claude/*/countersign*', '/.claude/agents/tester.md'],
      ['.claude/hooks/countersign*.cjs', '.claude/countersign/'],
      [
        '^\\.claude/settings\\.json',
        '^\\.claude/countersign[^/]*',
        '^\\.claude/[^/]*/countersign[^/]*',
        '^\\.claude/agents/tester\\.md',
      ],
    ]))
  it.each([
    ['"$schema": "https://biomejs.dev/schemas/1.9.4/schema.json"', '{}'],
    ['', '{"devDependencies":{"@biomejs/biome":"^1.9.4"}}'],
  ])('goes into the list that Biome 1 has: %s', (config, manifest) =>
    expect(found({ 'biome.json': `{${config}}`, 'package.json': manifest })).toMatchObject([
      {
        items: ['.claude'],
        list: { at: ['files', 'ignore'], seed: [] },
        fresh: '{\n\t"files": {\n\t\t"ignore": [".claude"]\n\t}\n}\n',
      },
    ]),
  )

  it.each([
    ['.prettierrc', '# ours\n.claude\n', true],
    ['.prettierrc', '**/.claude/**', true],
    ['.prettierrc', '.claude/mine', false],
    ['eslint.config.js', 'globalIgnores(["dist", ".claude/**"])', true],
    ['eslint.config.js', "ignores: ['dist']", false],
    ['biome.json', '', false],
    ['.ecrc', '', false],
  ])('may be there already: %s with %s', (file, text, covered) =>
    expect(found({ [file]: '' })[0]!.covers(text)).toBe(covered),
  )
})
