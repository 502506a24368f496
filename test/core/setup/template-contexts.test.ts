import { describe, expect, it } from 'vitest'
import { claudeMdContext, templateContexts } from '../../../src/core/setup/template-contexts.ts'
import type { RepoFacts } from '../../../src/model/setup/repo-facts.ts'

const facts = (more: Partial<RepoFacts>): RepoFacts => ({
  name: 'shop',
  purpose: 'Sells things.',
  agentsFile: false,
  evidence: {},
  layout: [],
  suites: [],
  commands: [],
  conventions: [],
  languages: [],
  packageManagers: [],
  bundledManagers: ['go', 'cargo'],
  entries: [],
  ignore: [],
  unsure: [],
  ...more,
})
const context = (more: Partial<RepoFacts>) => claudeMdContext(facts(more))
const unit = { name: 'unit', command: 'npm test' }

describe('CLAUDE.md gets', () => {
  it('the name, the purpose, and whether AGENTS.md has to be imported', () =>
    expect(context({ agentsFile: true })).toEqual({
      name: 'shop',
      purpose: 'Sells things.',
      agentsFile: true,
      layout: [],
      commands: [],
      conventions: [],
    }))

  it('where things are, then where execution starts', () =>
    expect(
      context({ layout: [{ path: 'src', holds: 'sources' }], entries: ['`cli.js` is the command'] }).layout,
    ).toEqual(['`src`: sources', '`cli.js` is the command']))

  it.each<[string, Partial<RepoFacts>, string[]]>([
    ['the one suite there is', { suites: [unit] }, ['`npm test`: all tests']],
    [
      'what it runs, and how to run one test',
      {
        suites: [{ ...unit, single: 'npx vitest run FILE' }],
        commands: [{ command: 'npm test', does: 'vitest run' }],
      },
      ['`npm test`: all tests, `vitest run`', '`npx vitest run FILE`: only the tests you name'],
    ],
    [
      'of several suites which is which',
      { suites: [unit, { name: 'api', command: 'pytest' }] },
      ['`npm test`: the tests of unit', '`pytest`: the tests of api'],
    ],
    [
      'every other command, once',
      {
        suites: [unit],
        commands: [
          { command: 'npm test', does: '' },
          { command: 'npm run build', does: 'tsc' },
          { command: 'make', does: '' },
        ],
      },
      ['`npm test`: all tests', '`npm run build`: `tsc`', '`make`'],
    ],
    [
      'a command with backticks, in a longer fence',
      { commands: [{ command: 'make v', does: 'echo `git describe` ``x``' }] },
      ['`make v`: ``` echo `git describe` ``x`` ```'],
    ],
  ])('%s', (_, facts, commands) => expect(context(facts).commands).toEqual(commands))

  it.each<[string[], string[], string[]]>([
    [[], ['npm'], []],
    [['Go', 'Rust'], ['go', 'cargo'], ['Written in Go, Rust.']],
    [['Python'], ['uv', 'pip'], ['Written in Python; dependencies managed with uv, pip.']],
  ])('written in %j, with %j', (languages, packageManagers, written) =>
    expect(context({ languages, packageManagers, conventions: ['Biome formats.'] }).conventions).toEqual([
      ...written,
      'Biome formats.',
    ]),
  )
})

it('the configuration gets every suite with its paths; they are empty where every change concerns it', () => {
  const paths = ['api/**']
  expect(templateContexts(facts({ suites: [unit, { ...unit, paths }] })).config).toMatchObject({
    suites: [
      { ...unit, paths: [] },
      { ...unit, paths },
    ],
  })
})

describe('the configuration says beside a suite', () => {
  const why = (guessed: boolean) =>
    templateContexts(facts({ suites: [unit], evidence: { unit: { why: 'CI runs it.', guessed } } })).config.suites[0]
      ?.why

  it('why it was chosen', () => expect(why(false)).toBe('Why: CI runs it.'))
  it('that it is a guess', () => expect(why(true)).toBe('Not sure: CI runs it.'))
  it('nothing where the user has named it', () =>
    expect(templateContexts(facts({ suites: [unit] })).config.suites[0]?.why).toBe(''))
})
