import { describe, expect, it } from 'vitest'
import type { Ecosystem } from '../../src/detect/ecosystem.ts'
import { detect } from '../../src/detect/index.ts'
import { layoutOf } from '../../src/detect/layout.ts'
import { workflow } from '../support/layout.ts'
import { json, view } from '../support/view.ts'

const npm = json({ name: 'web', scripts: { test: 'jest' } })
const pytest = '[tool.pytest.ini_options]\n'

describe('several projects in one repository', () => {
  it('each has a suite that runs in its directory when that directory changes', () => {
    const facts = detect(
      view({ 'web/package.json': npm, 'api/pyproject.toml': pytest, 'api/uv.lock': '', 'api/test_a.py': '' }),
    )
    expect(facts.suites).toEqual([
      { name: 'web', command: 'cd web && npm test', single: 'cd web && npx jest FILE', paths: ['web/**'] },
      {
        name: 'api',
        command: 'cd api && uv run pytest',
        single: 'cd api && uv run pytest FILE::NAME',
        paths: ['api/**'],
      },
    ])
    expect(facts.languages).toEqual(['JavaScript', 'Python'])
  })

  it('the suite of a project at the root runs on every change', () => {
    const facts = detect(view({ 'package.json': npm, 'api/go.mod': 'module a\n', 'api/a_test.go': '' }))
    expect(facts.suites.map(({ name, paths }) => ({ name, paths }))).toEqual([
      { name: 'node', paths: undefined },
      { name: 'api', paths: ['api/**'] },
    ])
  })

  it('two suites in one directory have different names', () => {
    const facts = detect(view({ 'app/package.json': npm, 'app/pyproject.toml': pytest, 'app/test_a.py': '' }))
    expect(facts.suites.map(({ name }) => name)).toEqual(['app', 'app-python'])
  })

  it('the only suite runs on every change, whatever its directory', () =>
    expect(detect(view({ 'web/package.json': npm })).suites[0]).not.toHaveProperty('paths'))

  it('fixtures, examples and vendored code are not projects of this repository', () => {
    const files = ['test/fixtures/a', 'examples/b', 'vendor/c', 'node_modules/d'].map(dir => [
      `${dir}/package.json`,
      npm,
    ])
    expect(detect(view(Object.fromEntries(files))).suites).toEqual([])
  })

  it.each([
    ['web app', 'cd "web app" && npm test', ['web app/**']],
    ['[id]', 'cd "[id]" && npm test', undefined],
  ])('the directory `%s` is quoted in the command: %s', (dir, command, paths) => {
    const facts = detect(view({ [`${dir}/package.json`]: npm, 'api/package.json': npm }))
    expect(facts.suites.find(({ name }) => name === dir)).toMatchObject({ command, ...(paths && { paths }) })
  })

  it('a directory that cannot be quoted for a shell gets no suite', () =>
    expect(detect(view({ '$(reboot)/package.json': npm, 'a"b/package.json': npm })).suites).toEqual([]))
})

describe('a Makefile', () => {
  const makefile = 'test: build\n\t@docker compose run tests\n\nbuild:\n\tcc -o a a.c\n\nlint := x\n'

  it('provides the test command where no ecosystem does', () => {
    const facts = detect(view({ Makefile: makefile, 'a.c': '' }))
    expect(facts.suites).toEqual([{ name: 'make', command: 'make test' }])
    expect(facts.commands).toEqual([
      { command: 'make test', does: 'docker compose run tests' },
      { command: 'make build', does: 'cc -o a a.c' },
    ])
  })

  it('only adds its commands where an ecosystem does', () => {
    const facts = detect(view({ Makefile: makefile, 'go.mod': 'module a\n', 'a_test.go': '' }))
    expect(facts.suites.map(({ command }) => command)).toEqual(['go test ./...'])
    expect(facts.commands.map(({ command }) => command)).toEqual(['make test', 'make build'])
  })
})

describe('the purpose in the README', () => {
  const purposeOf = (readme: string) => detect(view({ 'README.md': readme })).purpose

  it.each([
    ['is its first paragraph', '# Shop\n\nSells things to people.\n\nMore.\n', 'Sells things to people.'],
    [
      'is found behind badges and a banner',
      '<p align="center"><img src="x"></p>\n\n# Shop\n[![ci](a)](b)\n\nSells things to people.\n',
      'Sells things to people.',
    ],
    [
      'loses its markup',
      'Sells **many** [things](http://x) to people.\nEvery day.',
      'Sells many things to people. Every day.',
    ],
    ['is found below a setext heading', 'Shop\n====\n\nSells things to people.\n', 'Sells things to people.'],
    ['may have CRLF line endings', '# Shop\r\n\r\nSells things\r\nto people.\r\n', 'Sells things to people.'],
    [
      'is not a list, a quote behind it or code',
      '- one two three four\n\n> five six seven eight\n\n```sh\nnpm i a b c d\n```\n\nSells things to people.',
      'Sells things to people.',
    ],
    [
      'is not a list of languages, and may stand in a section that introduces the project',
      '# svc\n\nEnglish | [简体中文](./README.zh-CN.md)\n\n### Overview\n\n**Svc** is a queue for orders.\n',
      'Svc is a queue for orders.',
    ],
    [
      'is no navigation bar',
      '# Shop\n\n[Website](a) • [Documentation](b) • [Chat of the users](c)\n\nSells things to people.\n',
      'Sells things to people.',
    ],
    [
      'is no word about sponsors, warnings or targets of links',
      '# Shop\n\nThis project is sponsored by nice people.\n\n**Note:** this is not ready yet.\n\n[a]: http://x\n\nSells things to people.\n',
      'Sells things to people.',
    ],
    [
      'may be the quoted line at the top',
      '# Shop\n\n> Things for everybody, quickly\n\n## Use\n',
      'Things for everybody, quickly',
    ],
    ['is not how it is installed', '# Shop\n\n## Install\n\nCopy the folder to your own project.\n', null],
  ])('%s', (_, readme, purpose) => expect(purposeOf(readme)).toBe(purpose))

  it('is replaced by the package’s description when there is none', () => {
    const pkg = json({ name: 'acme', description: 'Sells things.' })
    expect(detect(view({ 'README.md': '# Acme\n', 'package.json': pkg })).purpose).toBe('Sells things.')
  })

  it('is null when nothing states it', () => expect(purposeOf('# Acme\n')).toBeNull())
})

it('the layout says what each top directory holds', () => {
  const files = {
    'src/core/a.ts': '',
    'src/core/b.ts': '',
    'src/cli.ts': '',
    'docs/guide.md': '',
    '.github/x.yml': '',
    LICENSE: '',
  }
  expect(detect(view(files)).layout).toEqual([
    { path: 'docs/', holds: 'Markdown' },
    { path: 'src/', holds: 'TypeScript, in `core/`' },
  ])
})

it('a directory of packages is listed package by package, in any language', () => {
  const files = {
    'apps/shop/mix.exs': '',
    'apps/shop/lib/shop.ex': '',
    'apps/mail/pom.xml': '',
    'apps/mail/src/Mail.java': '',
    'apps/site/composer.json': json({ description: 'The site.' }),
  }
  expect(detect(view(files)).layout).toEqual([
    { path: 'apps/mail/', holds: 'Java, in `src/`' },
    { path: 'apps/shop/', holds: 'Elixir, in `lib/`' },
    { path: 'apps/site/', holds: 'The site.' },
  ])
})

it('an ecosystem brings all that the layout has to know about it', () => {
  const zig: Ecosystem = {
    name: 'zig',
    manifests: ['build.zig', 'build.zig.zon'],
    packageManifests: ['build.zig'],
    languages: { zig: 'Zig' },
    descriptionOf: project => project.read('about.txt'),
    runsTests: /zig build test/,
    usesTools: /zig/,
    factsOf: () => undefined,
  }
  const files = {
    'libs/heap/build.zig': '',
    'libs/heap/heap.zig': '',
    'libs/json/build.zig': '',
    'libs/json/about.txt': 'Reads JSON.',
    'tools/x/build.zig.zon': '',
  }
  expect(layoutOf(view(files), [zig])).toEqual([
    { path: 'libs/heap/', holds: 'Zig' },
    { path: 'libs/json/', holds: 'Reads JSON.' },
    { path: 'tools/', holds: 'other files, in `x/`' },
  ])
})

it('the layout has the names of packages, and the commands how one of them is tested', () => {
  const facts = detect(
    view({
      'package.json': json({ workspaces: ['packages/*'], packageManager: 'pnpm@10.0.0' }),
      'packages/core/package.json': json({ name: '@shop/core', description: 'The heart.', scripts: { test: 'jest' } }),
    }),
  )
  expect(facts.layout).toEqual([{ path: 'packages/core/', holds: '`@shop/core`, The heart.' }])
  expect(facts.commands).toContainEqual({ command: 'pnpm --filter NAME test', does: '' })
})

it('the checks that CI runs are told', () =>
  expect(
    detect(view(workflow('npm run lint', 'npx tsc --noEmit', 'npm install -g eslint', 'npm test', 'echo lint')))
      .conventions,
  ).toEqual(['CI also runs `npm run lint` and `npx tsc --noEmit`.']))

it('an .editorconfig that switches a rule off prescribes nothing', () =>
  expect(
    detect(view({ '.editorconfig': '[*]\nmax_line_length = off\nindent_size = 4\nindent_style = space\n' }))
      .conventions,
  ).toEqual(['Whitespace: 4 spaces (.editorconfig).']))

it('.editorconfig is read where it covers all files', () =>
  expect(
    detect(
      view({
        '.editorconfig':
          'root = true\n[*]\nindent_style = space\nindent_size = 2\nend_of_line = lf\n[*.md]\nmax_line_length = 80\n',
      }),
    ).conventions,
  ).toEqual(['Whitespace: 2 spaces, LF line endings (.editorconfig).']))

describe('generated files', () => {
  const gradle = { 'build.gradle': '', 'src/test/java/ATest.java': '' }
  it('are ignored by the globs of each ecosystem', () =>
    expect(detect(view(gradle)).ignore).toEqual([
      'target/**',
      '*/target/**',
      'build/**',
      '*/build/**',
      '.gradle/**',
      '.kotlin/**',
    ]))

  it('are not ignored where the repository keeps files of its own', () => {
    const files = { ...gradle, 'build/rules.gradle': '', 'core/target/Arrow.java': '', 'build.gradle': '' }
    expect(detect(view(files)).ignore).toEqual(['target/**', '*/build/**', '.gradle/**', '.kotlin/**'])
  })
})

it('an empty repository gives empty facts', () =>
  expect(detect(view({}))).toEqual({
    name: 'acme',
    purpose: null,
    languages: [],
    packageManagers: [],
    bundledManagers: [],
    layout: [],
    suites: [],
    commands: [],
    conventions: [],
    entries: [],
    ignore: [],
    unsure: [],
    agentsFile: false,
    evidence: {},
  }))
