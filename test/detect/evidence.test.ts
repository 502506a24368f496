// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub, as they are written
import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../support/layout.ts'
import { json } from '../support/view.ts'

const ci = (text: string) => ({ '.github/workflows/ci.yml': text })
const goTests = { 'go.mod': 'module a\n', 'a_test.go': '' }
const vitest = (scripts: Record<string, string>) => json({ scripts, devDependencies: { vitest: '3' } })

describe('a line of CI counts where it runs', () => {
  const python = {
    'pyproject.toml': '[tool.hatch.envs.default.scripts]\ntest = "pytest tests"\n',
    'poetry.lock': '',
    Makefile: 'test:\n\thatch run test\n',
    'tests/test_a.py': 'import pytest\n',
    'cli/pyproject.toml': '[project]\nname = "cli"\n[project.optional-dependencies]\ndev = ["pytest"]\n',
    'cli/tests/test_b.py': 'import pytest\n',
    '.github/workflows/root.yml': 'jobs:\n  t:\n    steps:\n      - run: make test\n',
  }
  const commands = ['make test', 'cd cli && python3 -m pytest']

  it.each([
    ['the working directory of a job', 'defaults: { run: { working-directory: cli } }\n    steps: [{ run: pytest }]'],
    ['the working directory of a step', 'steps: [{ run: pytest, working-directory: ./cli }]'],
    ['cd before it', 'steps: [{ run: "cd cli\\npytest" }]'],
    ['cd in its line', 'steps: [{ run: "cd cli && pytest" }]'],
    [
      'a value of the matrix',
      'strategy: { matrix: { dir: [cli] } }\n    steps: [{ run: "cd ${{ matrix.dir }} && pytest" }]',
    ],
    [
      'a value that the matrix includes',
      'strategy: { matrix: { include: [{ dir: cli }] } }\n    steps: [{ run: pytest, working-directory: "${{ matrix.dir }}" }]',
    ],
  ])('by %s', (_, job) => expect(commandsOf({ ...python, ...ci(`jobs:\n  t:\n    ${job}\n`) })).toEqual(commands))

  it('not where it leaves the repository, or another one is checked out', () => {
    const lines = ['cd $RUNNER_TEMP/app && npm run test:ci', 'cd other && npm run test:ci']
    const pkg = vitest({ test: 'vitest run', 'test:ci': 'vitest run --coverage' })
    expect(commandsOf({ 'package.json': pkg, ...workflow(...lines) })).toEqual(['npm test'])
    expect(commandsOf({ 'package.json': pkg, ...workflow('npm run test:ci') })).toEqual(['npm run test:ci'])
  })

  it('and a guess over everything gives way to the suites that CI runs inside', () =>
    expect(
      commandsOf({
        'Cargo.toml': '[workspace]\nmembers = ["core", "suite"]\n',
        'core/Cargo.toml': '[package]\nname = "core"\n',
        'suite/Cargo.toml': '[package]\nname = "suite"\n',
        'suite/tests/a.rs': '',
        ...workflow('cd core && cargo build', 'cd suite && cargo test --features unstable'),
      }),
    ).toEqual(['cd suite && cargo test --features unstable']))
})

describe('what CI passes is part of the command', () => {
  const cmake = {
    'CMakeLists.txt': 'if (BUILD_TESTING)\n  enable_testing()\nendif ()\n',
    'a.cc': '',
  }
  const build = (options: string) =>
    `cmake -S . -B build ${options} && cmake --build build && ctest --test-dir build --output-on-failure`

  it('to CMake, but for what is each machine’s own', () =>
    expect(
      commandsOf({ ...cmake, ...workflow('cmake -B build -DBUILD_TESTING=on -DCMAKE_CXX_COMPILER=clang++ -DX=$Y') }),
    ).toEqual([build('-DBUILD_TESTING=on')]))

  it('and a test that is behind BUILD_TESTING is built although nobody passes it', () =>
    expect(commandsOf(cmake)).toEqual([build('-DBUILD_TESTING=ON')]))

  it.each([
    ['go test -tags dep -short -race ./...', 'go test -tags dep -short ./...'],
    ['go test -tags dep ./a', 'go test ./...'],
    ['go test -tags $TAGS ./...', 'go test ./...'],
  ])('to go: %s', (line, command) => expect(commandsOf({ ...goTests, ...workflow(line) })).toEqual([command]))

  it.each([
    [['cargo test --features a,b'], 'cargo test --features a,b'],
    [['cargo test --features a', 'cargo test'], 'cargo test'],
    [['cargo test', 'cargo +${{ x }} test --all-features'], 'cargo test --all-features'],
    [['cargo miri test --features a'], 'cargo test'],
  ])('to cargo: %j', (lines, command) =>
    expect(commandsOf({ 'Cargo.toml': '[package]\n', 'tests/a.rs': '', ...workflow(...lines) })).toEqual([command]),
  )

  it('and what only CI knows is said', () => {
    const { evidence } = found({ ...goTests, ...workflow('go test ${{ matrix.flags }} ./...') })
    expect(evidence.go).toMatchObject({ guessed: true, why: expect.stringContaining('that only CI knows') })
  })
})

describe('where CI does not run the tests as they are, people’s word counts', () => {
  const make = {
    ...goTests,
    Makefile:
      'UNIT := ./a\nunit-test:\n\tgo test -tags x $(UNIT)\nfunctional-test:\n\tgo test ./tests\ntest: unit-test functional-test\nunit-test-coverage:\n\tgo run ./tools/runner\n',
    ...workflow('make unit-test-coverage'),
  }

  it.each(['AGENTS.md', 'CLAUDE.md', 'CONTRIBUTING.md', '.github/CONTRIBUTING.md', 'README.md'])('in %s', file => {
    const { suites, evidence } = found({ ...make, [file]: 'Unit tests: `make unit-test`.\n' })
    expect(suites.map(({ command }) => command)).toEqual(['make unit-test'])
    expect(evidence.go).toEqual({ why: `${file} names it.`, guessed: false })
  })

  it('in a block of code, behind a prompt and before a comment', () =>
    expect(commandsOf({ ...make, 'README.md': '```console\n$ make unit-test # fast\n```\n' })).toEqual([
      'make unit-test',
    ]))

  it.each(['make unit-test FILE=<file>', 'go test -run NAME ./...', 'go test ./path/to/pkg'])(
    'but not for a part of them: %s',
    command => expect(commandsOf({ ...goTests, 'AGENTS.md': `\`${command}\`\n` })).toEqual(['go test ./...']),
  )

  it('also for a script that only the README names', () =>
    expect(commandsOf({ 'tests/all.sh': '', 'README.md': 'Run `./tests/all.sh`.\n' })).toEqual(['./tests/all.sh']))

  it('but not for a CLAUDE.md that Countersign has written', () => {
    const files = { ...goTests, 'CLAUDE.md': '`go test ./...`\n' }
    const ours = { '.claude/countersign/manifest.json': json({ files: { 'CLAUDE.md': {} } }) }
    expect(found(files).evidence.go?.guessed).toBe(false)
    expect(found({ ...files, ...ours }).evidence.go?.guessed).toBe(true)
  })

  it('and CI’s own line is stronger', () =>
    expect(commandsOf({ ...make, ...workflow('make test'), 'AGENTS.md': '`make unit-test`' })).toEqual(['make test']))
})

describe('a part does not stand for the whole', () => {
  it('a script that leaves packages out', () => {
    const scripts = { test: 'turbo test', 'test:ci': 'turbo test --filter=!core --only' }
    const member = json({ name: 'core', scripts: { test: 'vitest run', 'test:node': 'vitest run' } })
    expect(
      commandsOf({
        'package.json': json({ scripts, packageManager: 'pnpm@10.0.0' }),
        'pnpm-workspace.yaml': 'packages: [packages/*]\n',
        'packages/core/package.json': member,
        ...ci(
          'jobs:\n  a:\n    steps: [{ run: pnpm test:ci }]\n  b:\n    steps: [{ run: pnpm test:node, working-directory: packages/core }]\n',
        ),
      }),
    ).toEqual(['pnpm test'])
  })

  it('coverage that leaves files out is no such script', () => {
    const scripts = { test: 'mocha', 'test-ci': 'nyc --exclude examples mocha' }
    expect(commandsOf({ 'package.json': json({ scripts }), ...workflow('npm run test-ci') })).toEqual([
      'npm run test-ci',
    ])
  })
})

describe('the same suite is not taken twice', () => {
  it('where a script calls another language’s tool', () =>
    expect(
      commandsOf({
        'package.json': json({ scripts: { test: 'cargo test' } }),
        'Cargo.toml': '[package]\n',
        'tests/a.rs': '',
      }),
    ).toHaveLength(1))

  it('where a script goes into another project', () =>
    expect(
      commandsOf({
        'package.json': json({ scripts: { test: 'jest && npm --prefix web test' } }),
        'web/package.json': json({ scripts: { test: 'jest' } }),
        'web/package-lock.json': '',
      }),
    ).toEqual(['npm test']))
})

describe('end-to-end tests are left to the user', () => {
  it('where a directory is named for them', () => {
    const { suites, unsure } = found({ ...goTests, 'tests/e2e/go.mod': 'module e\n', 'tests/e2e/a_test.go': '' })
    expect(suites.map(({ command }) => command)).toEqual(['go test ./...'])
    expect(unsure).toEqual([expect.stringContaining('`cd tests/e2e && go test ./...` looks like end-to-end tests')])
  })

  it('where the script drives a browser, and a fast suite is proposed', () => {
    const { suites, unsure } = found({
      'package.json': json({ scripts: { test: 'playwright test', 'test:unit': 'vitest run' } }),
    })
    expect(suites.map(({ command }) => command)).toEqual(['npm run test:unit'])
    expect(unsure).toEqual([expect.stringContaining('`npm test` looks like end-to-end tests')])
    expect(found({ 'package.json': json({ scripts: { test: 'cypress run' } }) }).suites).toEqual([])
  })

  it('and what CI starts beside a suite is said', () => {
    const job = (more: string) => ci(`jobs:\n  t:\n    ${more}\n`)
    const services = job('services: { postgres: {} }\n    steps: [{ run: go test ./... }]')
    const compose = job('steps: [{ run: docker compose up -d }, { run: go test ./... }]')
    expect(found({ ...goTests, ...services }).unsure).toEqual([expect.stringContaining('CI starts postgres beside')])
    expect(found({ ...goTests, ...compose }).unsure).toEqual([expect.stringContaining('Docker Compose')])
  })
})

describe('the runner is the one that is there', () => {
  it('the Python of a virtual environment in the tree', () => {
    const files = { 'requirements.txt': 'pytest\n', 'test_a.py': '', '.venv/pyvenv.cfg': '' }
    expect(commandsOf(files)).toEqual(['.venv/bin/python -m pytest'])
    expect(commandsOf(files, 'win32')).toEqual(['.venv\\Scripts\\python -m pytest'])
  })

  it('in the member of a workspace whose root has none', () =>
    expect(
      commandsOf({
        'pyproject.toml': '[tool.uv.workspace]\nmembers = ["lib"]\n',
        'uv.lock': '',
        'lib/pyproject.toml': '[project]\nname = "lib"\n[dependency-groups]\ndev = ["pytest"]\n',
        'lib/tests/test_a.py': 'import pytest\n',
      }),
    ).toEqual(['cd lib && uv run pytest']))

  it('not the one that only a config file names, where the project has a task', () =>
    expect(
      commandsOf({
        'tox.ini': '[tox]\n',
        'test_a.py': 'import pytest\n',
        Makefile: 'test:\n\tpytest -m fast\n',
        ...workflow('make test'),
      }),
    ).toEqual(['make test']))
})

describe('each suite has its reason', () => {
  const why = (files: Record<string, string>) => Object.values(found(files).evidence)
  it.each<[string, Record<string, string>, string, boolean]>([
    ['CI runs it', workflow('go test ./...'), 'CI runs it (.github/workflows/ci.yml).', false],
    ['CI runs it otherwise', workflow('gotestsum'), 'CI runs `gotestsum` (.github/workflows/ci.yml).', false],
    ['a guide names it', { 'README.md': '`go test ./...`' }, 'README.md names it.', false],
    ['a task runs it', { Makefile: 'test:\n\t$(GO) test ./...\n' }, "it is the project's own task.", false],
    ['nobody names it', {}, 'it is usual for Go; neither CI nor a guide names a command.', true],
  ])('%s', (_, files, text, guessed) => expect(why({ ...goTests, ...files })).toEqual([{ why: text, guessed }]))

  it('a script of the manifest is the project’s own', () =>
    expect(why({ 'package.json': json({ scripts: { test: 'x' } }) })).toEqual([
      { why: "it is the project's own script.", guessed: false },
    ]))
})
