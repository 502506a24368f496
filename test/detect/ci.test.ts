import { describe, expect, it } from 'vitest'
import { ciCommands } from '../../src/detect/ci.ts'
import { detect } from '../../src/detect/index.ts'
import { commandsOf, found, workflow } from '../support/layout.ts'
import { json, view } from '../support/view.ts'

describe('the commands of CI are read from its text', () => {
  it.each([
    ['.github/workflows/ci.yml', 'steps:\n  - name: make lint\n    run: make test\n', ['make test']],
    ['.github/workflows/ci.yml', 'run: |\n  npm ci\n  npm test -- \\\n    --ci\n', ['npm ci', 'npm test -- --ci']],
    ['.gitlab-ci.yml', 'unit:\n  script:\n    - "make test"\n    # - make slow\n', ['make test']],
    ['.circleci/config.yml', '- run:\n    name: Unit\n    command: make test\n', ['make test']],
    ['.travis.yml', 'script: make test\n', ['make test']],
    ['azure-pipelines.yml', '- bash: make test\n  displayName: make all\n', ['make test']],
    ['.gitlab-ci.yml', 'script:\n  - pip install tox pytest && make test\n', ['&& make test']],
    ['Jenkinsfile', "sh 'make test'\n", ["sh 'make test'"]],
    ['docs/ci.yml', 'run: make test\n', []],
  ])('%s: %j', (file, text, lines) => expect(ciCommands(view({ [file]: text })).own).toEqual(lines))

  it('the scripts and recipes that CI calls are read too', () =>
    expect(
      ciCommands(
        view({
          ...workflow('./ci/all.sh', 'make ci'),
          'ci/all.sh': '#!/bin/sh\ncargo test\n',
          Makefile: 'ci: unit\n\tgo vet ./...\nunit:\n\tgo test ./...\n',
        }),
      ).all,
    ).toEqual(['./ci/all.sh', 'make ci', 'cargo test', 'go vet ./...', 'go test ./...']))
})

describe('a task of the project is used where CI runs it and not the tool itself', () => {
  const go = { 'go.mod': 'module a\n', 'a_test.go': '', Makefile: 'test:\n\t$(GO) test -tags=x ./...\n' }

  it.each([
    ['CI runs make: make is used', workflow('make -j4 test'), 'make test'],
    ['CI runs both: the tool is used', workflow('make test', 'go test ./...'), 'go test ./...'],
    ['CI only fuzzes with the tool: make is used', workflow('make test', 'go test ./x -fuzz=F'), 'make test'],
    ['there is no CI: the project’s own task is used', {}, 'make test'],
  ])('%s', (_, ci, command) => expect(commandsOf({ ...go, ...(ci as object) })).toEqual([command]))

  it('a recipe of one language does not replace the suite of another', () =>
    expect(
      commandsOf({
        ...go,
        ...workflow('make test', 'npm test'),
        'package.json': json({ scripts: { test: 'jest' } }),
      }),
    ).toEqual(['npm test', 'make test']))

  it('a task that tests two languages is one suite', () =>
    expect(
      commandsOf({
        ...go,
        ...workflow('just test'),
        justfile: 'test: unit\n  npm test\nunit:\n  go test ./...\n',
        'package.json': json({ scripts: { test: 'jest' } }),
      }),
    ).toEqual(['just test']))
})

describe('of several test scripts', () => {
  const scripts = { test: 'mocha', 'test-ci': 'nyc mocha', 'test:e2e': 'playwright test' }
  it.each([
    ['the one that CI runs is used', ['npm run test-ci'], 'npm run test-ci'],
    ['`test` is used if CI runs it too', ['npm run test-ci', 'npm test'], 'npm test'],
    ['`test` is used if CI runs several parts', ['npm run test-ci', 'npm run test:e2e'], 'npm test'],
    ['`test` is used if CI runs only another kind', ['npm run test:e2e'], 'npm test'],
  ])('%s', (_, commands, command) =>
    expect(commandsOf({ 'package.json': json({ scripts }), ...workflow(...commands) })).toEqual([command]),
  )
})

it('an open question about a tool is not mentioned where a task takes its place', () => {
  const files = { 'requirements.txt': 'pytest\n', 'test_a.py': '', 'scripts/test': 'venv/bin/pytest\n' }
  expect(found({ ...files, ...workflow('scripts/test') })).toMatchObject({
    suites: [{ command: 'scripts/test' }],
    unsure: [],
  })
  expect(found({ 'requirements.txt': 'pytest\n', 'test_a.py': '' }).unsure).toEqual([
    expect.stringContaining('from PATH'),
  ])
})

it('a CI line with hundreds of options is matched within a second', () => {
  const files = { 'package.json': json({ scripts: { 'test-ci': 'jest' } }), Makefile: 'test:\n\tjest\n' }
  const [make, npm] = [`make ${'-a '.repeat(200)}x`, `npm ${'--a-b=c '.repeat(200)}x`]
  const started = performance.now()
  expect(commandsOf({ ...files, ...workflow(make, npm, `make ${'x'.repeat(100_000)}`) })).toEqual(['make test'])
  expect(performance.now() - started).toBeLessThan(1000)
})

describe('without a known ecosystem the test command is that of', () => {
  it.each([
    ['make', { Makefile: 'test:\n\t./check\n' }, 'make test'],
    [
      'a Makefile that hands all targets on',
      { Makefile: '.DEFAULT:\n\tcd src && $(MAKE) $@\n', 'src/Makefile': 'test:\n\t./x\n' },
      'make test',
    ],
    ['just', { justfile: 'default:\n  @just --list\n\ntest *args:\n  ./check\n' }, 'just test'],
    ['task', { 'Taskfile.yml': 'version: 3\ntasks:\n  test:\n    cmds: [./check]\n' }, 'task test'],
    ['Bazel', { 'MODULE.bazel': '', 'lib/BUILD.bazel': '' }, 'bazel test //...'],
    ['a script', { 'scripts/test.sh': './check\n' }, 'scripts/test.sh'],
  ])('%s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('the one of two that CI runs, and the other is mentioned', () => {
    const { suites, unsure } = found({ Makefile: 'test:\n\t./x\n', 'test.sh': './x', ...workflow('./test.sh') })
    expect(suites).toEqual([{ name: 'tests', command: './test.sh' }])
    expect(unsure).toEqual(['There is also `make test`; only `./test.sh` is run.'])
  })
})

it('a monorepo of a hundred thousand files is read within ten seconds and described in few lines', () => {
  const files: Record<string, string> = {}
  for (let i = 0; i < 400; i++) {
    files[`packages/p${i}/package.json`] = json({ scripts: { test: 'jest' } })
    files[`services/s${i}/go.mod`] = 'module s\n'
    files[`services/s${i}/a_test.go`] = ''
    files[`tools/t${i}/test_a.py`] = 'import pytest\n'
    files[`tools/t${i}/pyproject.toml`] = '[tool.pytest]\n'
    for (let j = 0; j < 240; j++) files[`packages/p${i}/src/d${j % 7}/f${j}.ts`] = ''
  }
  const repository = view(files)
  const started = performance.now()
  const facts = detect(repository)
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(facts.suites).toHaveLength(12)
  expect(facts.unsure.length + facts.conventions.length).toBeLessThan(80)
})

describe('more than twelve projects of a kind', () => {
  const modules = Object.fromEntries(
    Array.from({ length: 14 }, (_, i) => `m${String(i + 1).padStart(2, '0')}`).flatMap(dir => [
      [`${dir}/go.mod`, `module ${dir}\n`],
      [`${dir}/a_test.go`, ''],
    ]),
  )
  it('are one suite where a task at the root tests them all', () =>
    expect(commandsOf({ ...modules, Makefile: 'test: $(DIRS:%=test/%)\ntest/%:\n\tcd $* && go test ./...\n' })).toEqual(
      ['make test'],
    ))

  it('are twelve suites otherwise, and the user is told which projects have none', () => {
    const { suites, unsure } = found(modules)
    expect(suites).toHaveLength(12)
    expect(unsure).toEqual(['Other projects with tests have no suite yet: m13/, m14/.'])
  })
})
