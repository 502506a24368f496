import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { templateContexts } from '../../../src/core/setup/template-contexts.ts'
import { detect } from '../../../src/detect/index.ts'
import { Config } from '../../../src/model/config.ts'
import type { RepoFacts } from '../../../src/model/setup/repo-facts.ts'
import { setupFiles } from '../../../src/shell/setup/setup-files.ts'
import { readConfig } from '../../../src/shell/state/config-file.ts'
import { json, view } from '../../support/view.ts'

const setup = (facts: RepoFacts) => setupFiles(templateContexts(facts))
const textOf = (facts: RepoFacts, path: string) => setup(facts).find(file => file.path === path)!.text
const empty = detect(view({}))
const withSuite = (suite: RepoFacts['suites'][number]): RepoFacts => ({ ...empty, suites: [suite] })

it('a setup is these files, of these classes', () => {
  expect(setup(empty).map(file => `${file.class} ${file.path}`)).toEqual([
    'seed CLAUDE.md',
    'owned .claude/rules/countersign.md',
    'owned .claude/agents/architect.md',
    'owned .claude/agents/developer.md',
    'owned .claude/agents/tester.md',
    'owned .claude/skills/feature/SKILL.md',
    'owned .claude/skills/self-review/SKILL.md',
    'owned .claude/skills/debate/SKILL.md',
    'owned .claude/skills/findings/SKILL.md',
    'seed .claude/countersign.yaml',
    'owned .claude/hooks/countersign-full.cjs',
    'owned .claude/hooks/countersign.cjs',
    'state .claude/countersign/config.schema.json',
    'state .claude/countersign/decisions.jsonl',
  ])
})

describe('countersign.yaml', () => {
  const configOf = (facts: RepoFacts) => readConfig(textOf(facts, '.claude/countersign.yaml'))

  it.each([
    ['a plain command', 'npm test'],
    ['shell operators', 'cd "web app" && npm test -- --grep \'a|b\' > /dev/null'],
    ['what YAML would read', '- {a: b} # c: "d" % @ ` !x &y *z'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a GitHub expression, as it is written
    ['what handlebars would read', 'echo {{name}} {{{x}}} \\{{y}} ${{ secrets.X }}'],
    ['a backslash, a tab and letters beyond ASCII', 'C:\\tools\\run\t—ü'],
  ])('has %s unchanged', (_, command) => {
    const paths = ['[a]/**', '"q"/*']
    expect(configOf(withSuite({ name: command, command, paths }))).toEqual({
      config: Config.parse({ version: 1, tests: [{ name: command, command, paths }] }),
    })
  })

  it('without a test command is valid and has none', () =>
    expect(configOf(empty)).toEqual({ config: Config.parse({ version: 1 }) }))

  it('shows the real defaults in its comments', () => {
    const text = textOf(empty, '.claude/countersign.yaml')
    const settings = text.slice(text.indexOf('# review:')).replace(/^# ?/gm, '')
    const { version, tests, ignore, ...defaults } = Config.parse({ version: 1 })
    expect(parse(settings)).toEqual(defaults)
  })

  it('names the schema beside it', () =>
    expect(textOf(empty, '.claude/countersign.yaml').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./countersign/config.schema.json',
    ))
})

describe('CLAUDE.md', () => {
  it('says what the files prove, and commands as they are typed', () => {
    const facts = detect(
      view({
        'README.md': '# Shop\n\nSells things to people, every day.\n',
        'AGENTS.md': '',
        'package.json': json({ type: 'module', scripts: { test: 'tsc && vitest run', build: 'echo `date` > dist/x' } }),
        'src/cart.ts': '',
      }),
    )
    expect(textOf(facts, 'CLAUDE.md')).toBe(`# Shop

Sells things to people, every day.

@AGENTS.md

## Layout

- \`src/\`: TypeScript

## Commands

- \`npm test\`: all tests, \`tsc && vitest run\`
- \`npx vitest run FILE\`: only the tests you name
- \`npm run build\`: \`\` echo \`date\` > dist/x \`\`

## Conventions

- Written in TypeScript; dependencies managed with npm.
- ES modules: package.json has \`"type": "module"\`.
- Tests: Vitest.
`)
  })

  it('leaves out every section it knows nothing for', () => expect(textOf(empty, 'CLAUDE.md')).toBe('# acme\n'))
})

describe('agents and skills', () => {
  const files = setup(empty).filter(({ path }) => /agents|skills/.test(path))
  const head = (text: string) => parse(/^---\n([\s\S]*?)\n---\n/.exec(text)![1]!)
  const tools = (name: string) =>
    head(files.find(({ path }) => path.endsWith(`/${name}.md`))!.text).tools.split(', ') as string[]

  it.each(files.map(({ path, text }) => [path, text]))(
    '%s has a name that is its place, and a description',
    (path, text) => {
      const { name, description } = head(text)
      expect(path).toContain(`/${name}`)
      expect(description.length).toBeGreaterThan(40)
    },
  )

  it('the architect cannot change anything, by hand or by command', () =>
    expect(tools('architect')).toEqual(['Read', 'Grep', 'Glob']))

  it('developer and tester can edit and run', () => {
    for (const name of ['developer', 'tester']) expect(tools(name)).toEqual(expect.arrayContaining(['Edit', 'Bash']))
  })

  it('no text for the model is long', () => {
    for (const { text } of setup(empty).filter(({ path }) => path.endsWith('.md')))
      expect(text.length).toBeLessThan(4000)
  })
})
