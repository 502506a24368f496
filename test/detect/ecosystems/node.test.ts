import { describe, expect, it } from 'vitest'
import { detect } from '../../../src/detect/index.ts'
import { workflow } from '../../support/layout.ts'
import { json, view } from '../../support/view.ts'

const withPackage = (pkg: object, files: Record<string, string> = {}) =>
  detect(view({ 'package.json': json({ name: 'acme', ...pkg }), ...files }))
const commandOf = (pkg: object, files?: Record<string, string>) =>
  withPackage(pkg, files).suites.map(({ command }) => command)
const script = (test: string) => ({ scripts: { test } })
const uses = (...names: string[]) => ({ devDependencies: Object.fromEntries(names.map(name => [name, '1'])) })

describe('the test script is called with the package manager that the lockfile names', () => {
  it.each([
    ['npm without a lockfile', {}, 'npm test'],
    ['npm', { 'package-lock.json': '' }, 'npm test'],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'pnpm test'],
    ['yarn 1', { 'yarn.lock': '' }, 'yarn test'],
    ['yarn 4', { 'yarn.lock': '', '.yarnrc.yml': '' }, 'yarn test'],
    ['bun, whose own `bun test` is another thing', { 'bun.lock': '' }, 'bun run test'],
  ])('%s', (_, files, command) =>
    expect(commandOf(script('vitest'), files as Record<string, string>)).toEqual([command]),
  )

  it('packageManager in package.json outranks a stray lockfile', () => {
    const facts = withPackage({ ...script('jest'), packageManager: 'pnpm@9.1.0' }, { 'package-lock.json': '' })
    expect(facts.suites[0]?.command).toBe('pnpm test')
    expect(facts.packageManagers).toEqual(['pnpm'])
  })
})

describe('without a test script the runner is called directly', () => {
  it.each([
    ['vitest', uses('vitest'), {}, 'npx vitest run'],
    ['vitest by pnpm', uses('vitest'), { 'pnpm-lock.yaml': '' }, 'pnpm exec vitest run'],
    ['vitest by yarn', uses('vitest'), { 'yarn.lock': '' }, 'yarn vitest run'],
    ['vitest by bun', uses('vitest'), { 'bun.lock': '' }, 'bun x vitest run'],
    ['jest', uses('jest', 'typescript'), {}, 'npx jest'],
    ['mocha', uses('mocha'), {}, 'npx mocha'],
    ['node:test', {}, { 'test/a.test.js': "import test from 'node:test'" }, 'node --test'],
    ['bun:test', {}, { 'a.test.ts': 'import { test } from "bun:test"' }, 'bun test'],
    [
      'where the script is npm’s placeholder',
      { ...script('echo "Error: no test specified" && exit 1'), ...uses('jest') },
      {},
      'npx jest',
    ],
    [
      'unless there is a script such as test:unit',
      { scripts: { 'test:unit': 'vitest run', 'test:e2e': 'playwright test' } },
      {},
      'npm run test:unit',
    ],
  ])('%s', (_, pkg, files, command) => expect(commandOf(pkg, files as Record<string, string>)).toEqual([command]))
})

describe('a script that never ends', () => {
  it.each([
    ['vitest --watch', {}, 'npx vitest run'],
    ['vitest watch --config v.ts', {}, 'npx vitest run --config v.ts'],
    ['jest --watch --config j.js', {}, 'npx jest --config j.js'],
    ['cross-env TZ=UTC jest --watchAll', {}, 'npx cross-env TZ=UTC jest'],
    ['node --test --watch', {}, 'node --test'],
    ['jest --watch', { 'test:ci': 'jest --ci' }, 'npm run test:ci'],
  ])('`%s` is replaced by a command that ends, and the user is told', (test, scripts, command) => {
    const facts = withPackage({ scripts: { test, ...scripts } })
    expect(facts.suites.map(suite => suite.command)).toEqual([command])
    expect(facts.unsure).toEqual([expect.stringContaining(command)])
  })

  it('is not replaced when it is more than one command', () => {
    const facts = withPackage(script('tsc && jest --watch'))
    expect(facts.suites).toEqual([])
    expect(facts.unsure).toEqual([expect.stringContaining('never ends')])
  })

  it.each([
    ['vitest', 'npm test'],
    ['jest --watch=false', 'npm test'],
    ['jest --watchAll=false', 'npm test'],
    ['react-scripts test', 'npm test -- --watchAll=false'],
    ['ng test', 'npm test -- --watch=false'],
  ])('`%s` ends by itself or with a flag: %s', (test, command) => expect(commandOf(script(test))).toEqual([command]))
})

describe('there is no suite', () => {
  it.each([
    ['without a script and a runner', {}, {}],
    ['for npm’s placeholder', script('echo "Error: no test specified" && exit 1'), {}],
    ['for a broken package.json', {}, { 'package.json': '{' }],
  ])('%s', (_, pkg, files) => expect(commandOf(pkg, files as Record<string, string>)).toEqual([]))

  it('for node:test files that `node --test` does not find, and the user is told', () => {
    const facts = withPackage({}, { 'src/spec.ts': "import test from 'node:test'" })
    expect(facts.suites).toEqual([])
    expect(facts.unsure).toEqual([expect.stringContaining('src/spec.ts')])
  })
})

describe('workspaces are tested', () => {
  const member = json({ name: 'a', description: 'The first.', scripts: { test: 'vitest run' } })
  const files = { 'packages/a/package.json': member, 'packages/b/package.json': '{}' }

  it.each([
    ['npm at once', { workspaces: ['packages/*'] }, {}, ['npm test --workspaces --if-present']],
    [
      'yarn 4 at once',
      { workspaces: { packages: ['packages/*'] }, packageManager: 'yarn@4.5.0' },
      {},
      ['yarn workspaces foreach -A run test'],
    ],
    ['bun at once', { workspaces: ['packages/**'] }, { 'bun.lock': '' }, ['bun run --filter "*" test']],
    [
      'pnpm at once',
      {},
      { 'pnpm-workspace.yaml': 'catalog:\n  a: 1\npackages:\n  # ours\n  - "packages/*"\nonly:\n  - x\n' },
      ['pnpm -r test'],
    ],
    [
      'yarn 1 one by one, since it needs the script in each',
      { workspaces: ['packages/*'] },
      { 'yarn.lock': '' },
      ['cd packages/a && yarn test'],
    ],
  ])('with %s', (_, pkg, more, commands) =>
    expect(commandOf(pkg, { ...files, ...(more as Record<string, string>) })).toEqual(commands),
  )

  it('with the test script at the root, if there is one', () =>
    expect(commandOf({ ...script('turbo test'), workspaces: ['packages/*'] }, files)).toEqual(['npm test']))

  it('and each is listed with its own description', () =>
    expect(withPackage({ workspaces: ['packages/*'] }, files).layout).toEqual([
      { path: 'packages/a/', holds: 'The first.' },
      { path: 'packages/b/', holds: 'JSON' },
    ]))
})

it('conventions are what the configuration proves and nothing else', () => {
  const pkg = { type: 'module', engines: { node: '>=20' }, dependencies: { express: '4', zod: '4' }, ...uses('vitest') }
  const files = {
    'tsconfig.json': '{\n  // strict, of course\n  "compilerOptions": { "strict": true, "target": "es2023", },\n}',
    'eslint.config.js': '',
    '.prettierrc': '',
    'test/cart.test.ts': '',
    'src/cart.ts': '',
  }
  expect(withPackage(pkg, files).conventions).toEqual([
    'ES modules: package.json has `"type": "module"`.',
    'Runs on Node >=20 (package.json `engines`).',
    'TypeScript with `strict` (tsconfig.json).',
    'Formatted with Prettier (.prettierrc).',
    'Linted with ESLint (eslint.config.js).',
    'Tests: Vitest in `test/` (`*.test.ts`).',
    'Runtime dependencies: express, zod.',
  ])
  expect(withPackage({}).conventions).toEqual([])
})

it('commands are the existing scripts, the usual ones first, without npm’s own hooks', () => {
  const scripts = { prepare: 'husky', prebuild: 'rm -r dist', deploy: 'sh d.sh', build: 'tsc -p .', test: 'jest' }
  expect(withPackage({ scripts }).commands).toEqual([
    { command: 'npm test', does: 'jest' },
    { command: 'npm run build', does: 'tsc -p .' },
    { command: 'npm run deploy', does: 'sh d.sh' },
  ])
})

describe('a monorepo is tested with one command', () => {
  const member = { 'packages/a/package.json': json({ name: 'a', scripts: { test: 'vitest run' } }) }
  const root = { workspaces: ['packages/*'], ...uses('vitest') }

  it.each([
    ['by Turborepo', { ...member, 'turbo.json': json({ tasks: { test: {} } }) }, 'npx turbo run test'],
    [
      'by npm, where Turborepo has no test task',
      { ...member, 'turbo.json': json({ tasks: { build: {} } }) },
      'npm test --workspaces --if-present',
    ],
    ['by Nx', { ...member, 'nx.json': '{}', 'pnpm-lock.yaml': '' }, 'pnpm exec nx run-many -t test'],
    ['by a runner that is configured at the root', { ...member, 'vitest.config.ts': '' }, 'npx vitest run'],
    ['by the members’ scripts', member, 'npm test --workspaces --if-present'],
  ])('%s', (_, files, command) => expect(commandOf(root, files as Record<string, string>)).toEqual([command]))

  it('but a package with its own lockfile is a suite of its own', () =>
    expect(
      commandOf(
        { ...root, ...script('vitest run') },
        { ...member, 'site/package.json': json(script('jest')), 'site/package-lock.json': '' },
      ),
    ).toEqual(['npm test', 'cd site && npm test']))

  it('for all projects where CI tests only affected ones, and the user is told', () => {
    const files = { ...member, 'nx.json': '{}', ...workflow('npx nx affected -t test') }
    expect(withPackage(root, files).unsure).toEqual([expect.stringContaining('nx affected')])
  })
})
