import { describe, expect, it } from 'vitest'
import { detect } from '../../../src/detect/index.ts'
import { workflow } from '../../support/layout.ts'
import { view } from '../../support/view.ts'

const commandsOf = (files: Record<string, string>, platform?: string) =>
  detect(view(files, platform)).suites.map(({ command }) => command)
const plainTest = { 'tests/test_cart.py': 'def test_total():\n    assert True\n' }

describe('pytest is recognised by', () => {
  it.each([
    ['its table in pyproject.toml', { 'pyproject.toml': '[tool.pytest.ini_options]\n' }],
    ['a development group', { 'pyproject.toml': '[dependency-groups]\ndev = ["pytest>=8"]\n' }],
    ['an extra', { 'pyproject.toml': '[project.optional-dependencies]\ntest = ["pytest"]\n' }],
    ['requirements-dev.txt', { 'requirements.txt': '', 'requirements-dev.txt': 'pytest==8.1\n' }],
    ['pytest.ini', { 'pytest.ini': '[pytest]\n' }],
    ['setup.cfg', { 'setup.cfg': '[tool:pytest]\n' }],
    ['tox.ini', { 'tox.ini': '[pytest]\n' }],
    ['conftest.py', { 'requirements.txt': '', 'tests/conftest.py': '' }],
    ['tests that import it', { 'tests/test_a.py': 'import pytest\n' }],
    ['tests that are plain functions', plainTest],
  ])('%s', (_, files) => expect(commandsOf(files as Record<string, string>)).toEqual(['python3 -m pytest']))
})

describe('tests run in the environment that the lockfile names', () => {
  it.each([
    ['uv.lock', 'uv run pytest'],
    ['poetry.lock', 'poetry run pytest'],
    ['pdm.lock', 'pdm run pytest'],
    ['Pipfile', 'pipenv run pytest'],
  ])('%s → %s', (lock, command) =>
    expect(commandsOf({ 'pytest.ini': '', [lock]: '', ...plainTest })).toEqual([command]),
  )

  it('Poetry is also recognised by its table in pyproject.toml', () =>
    expect(
      commandsOf({ 'pyproject.toml': '[tool.poetry.group.dev.dependencies]\npytest = "^8"\n', ...plainTest }),
    ).toEqual(['poetry run pytest']))

  it('without a lockfile they run with the Python on PATH, and the user is told', () => {
    expect(detect(view(plainTest)).unsure).toEqual([expect.stringContaining('`python3` from PATH')])
    expect(commandsOf(plainTest, 'win32')).toEqual(['python -m pytest'])
  })
})

describe('unittest', () => {
  const test = 'import unittest\n\nclass T(unittest.TestCase):\n    def test_a(self): pass\n'
  it.each([
    ['tests beside the code without options', { 'test_cart.py': test }, 'python3 -m unittest'],
    [
      'tests in a plain directory when it is named',
      { 'tests/test_cart.py': test },
      'python3 -m unittest discover -s tests',
    ],
    [
      'tests in a package when its parent is named',
      { 'tests/__init__.py': '', 'tests/test_cart.py': test },
      'python3 -m unittest discover -s tests -t .',
    ],
  ])('finds %s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('is not used where pytest is used too', () =>
    expect(commandsOf({ 'tests/test_cart.py': test, 'pytest.ini': '' })).toEqual(['python3 -m pytest']))
})

it('a project without tests has no suite', () => {
  expect(commandsOf({ 'pyproject.toml': '[project]\nname = "acme"\n', 'acme/__init__.py': '' })).toEqual([])
  expect(detect(view({ 'pyproject.toml': '[project' })).unsure).toEqual([expect.stringContaining('not valid TOML')])
})

it('conventions are what the configuration proves', () => {
  const pyproject = `
[project]
requires-python = ">=3.11"
dependencies = ["fastapi>=0.110", "sqlalchemy[asyncio]"]
[tool.ruff]
line-length = 100
[tool.mypy]
strict = true
`
  expect(detect(view({ 'pyproject.toml': pyproject, 'uv.lock': '', ...plainTest })).conventions).toEqual([
    'Python >=3.11 (pyproject.toml).',
    'Linted with Ruff, 100 columns (pyproject.toml).',
    'Type-checked with mypy, strict (pyproject.toml).',
    'Tests: pytest in `tests/` (`test_*.py`).',
    'Runtime dependencies: fastapi, sqlalchemy.',
  ])
})

it('caches that are often not git-ignored do not start a cycle', () =>
  expect(detect(view(plainTest)).ignore).toEqual(expect.arrayContaining(['**/__pycache__/**', '.pytest_cache/**'])))

describe('of the tools that make an environment', () => {
  const tox = { 'tox.ini': '[testenv]\ncommands = pytest\n', ...plainTest }
  const nox = {
    'noxfile.py': 'import nox\n@nox.session(python=["3.12"])\ndef tests(session):\n    pass\n',
    ...plainTest,
  }
  const hatch = (envs: string) => ({ 'pyproject.toml': `[tool.hatch.envs.${envs}`, ...plainTest })

  it.each([
    ['tox is used', tox, 'tox -e py'],
    ['nox is used', { ...nox, 'pyproject.toml': '' }, 'nox -s tests'],
    ['none is used where CI runs pytest without them', { ...tox, ...workflow('pytest') }, 'python3 -m pytest'],
    ['nox is used before tox where CI runs it', { ...tox, ...nox, ...workflow('nox') }, 'nox -s tests'],
    ['hatch is used', hatch('default]\npath = "x"\n'), 'hatch test'],
    ['a hatch script is used', hatch('default.scripts]\ntest = "pytest"\n'), 'hatch run test'],
    [
      '`hatch test` is used before a script where CI runs it',
      { ...hatch('default.scripts]\ntest = "pytest"\n'), ...workflow('hatch test') },
      'hatch test',
    ],
  ])('%s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('none is used where a lockfile names an environment, and the user is told', () => {
    const files = {
      ...tox,
      'uv.lock': '',
      'pyproject.toml': '[dependency-groups]\ndev = ["pytest"]\n',
      ...workflow('tox'),
    }
    expect(detect(view(files))).toMatchObject({
      suites: [{ command: 'uv run pytest' }],
      unsure: ['CI runs the tests with tox; `uv run pytest` is used here because it is faster.'],
    })
  })
})

describe('to find pytest, uv is given', () => {
  it.each([
    ['nothing for the development group', '[dependency-groups]\ndev = ["pytest"]\n', 'uv run pytest'],
    [
      'nothing for a group that it includes',
      '[dependency-groups]\nt = ["pytest"]\ndev = [{ include-group = "t" }]\n',
      'uv run pytest',
    ],
    ['the option for another group', '[dependency-groups]\ntests = ["pytest"]\n', 'uv run --group tests pytest'],
    [
      'nothing for a default group',
      '[dependency-groups]\ntests = ["pytest"]\n[tool.uv]\ndefault-groups = ["tests"]\n',
      'uv run pytest',
    ],
    ['the option for an extra', '[project.optional-dependencies]\ntest = ["pytest"]\n', 'uv run --extra test pytest'],
    ['nothing for a group with a plugin only', '[dependency-groups]\nx = ["pytest-cov"]\n', 'uv run pytest'],
  ])('%s', (_, pyproject, command) =>
    expect(commandsOf({ 'pyproject.toml': pyproject, 'uv.lock': '', ...plainTest })).toEqual([command]),
  )
})

it('a make target that CI runs in each directory is used before a CI line that runs only marked tests', () => {
  const part = (dir: string) => ({
    [`${dir}/uv.lock`]: '',
    [`${dir}/pyproject.toml`]: '[dependency-groups]\ndev = ["pytest"]\n',
    [`${dir}/test_a.py`]: 'import pytest\n',
    [`${dir}/Makefile`]: 'test:\n\tuv run pytest $(TEST)\n',
  })
  const files = { ...part('a'), ...part('b'), ...workflow('make test', 'uv run pytest tests -m slow') }
  expect(commandsOf(files)).toEqual(['cd a && make test', 'cd b && make test'])
})

it('Django’s own runner is used where pytest is not', () =>
  expect(
    commandsOf({
      'manage.py': '',
      'requirements.txt': 'django\n',
      'shop/tests.py': 'from django.test import TestCase\n',
    }),
  ).toEqual(['python3 manage.py test']))

it('an inner project with pinned packages and no tests has no suite', () =>
  expect(commandsOf({ 'api/requirements.txt': 'pytest==8\n', 'web/requirements.txt': '' })).toEqual([]))
