import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../../support/layout.ts'
import { json } from '../../support/view.ts'

describe('Elixir', () => {
  const mix =
    'def project do\n [app: :shop, elixir: "~> 1.17", deps: [{:phoenix, "~> 1.7"}, {:credo, "~> 1.7"}]]\nend\n'

  it('a mix project is tested with mix', () =>
    expect(
      found({ 'mix.exs': mix, 'test/cart_test.exs': '', 'lib/shop/application.ex': '', '.formatter.exs': '' }),
    ).toMatchObject({
      languages: ['Elixir'],
      packageManagers: ['mix'],
      suites: [{ name: 'elixir', command: 'mix test', single: 'mix test FILE:LINE' }],
      conventions: [
        'Elixir ~> 1.17 (mix.exs).',
        'Built on Phoenix (mix.exs).',
        'Formatted with `mix format` (.formatter.exs).',
        'Linted with Credo (mix.exs).',
        'Tests: ExUnit in `test/` (`*_test.exs`).',
      ],
      entries: ['`lib/shop/application.ex`: starts the application'],
      ignore: expect.arrayContaining(['_build/**', 'deps/**']),
    }))

  it('an umbrella tests its applications; any other inner project has its own suite', () =>
    expect(
      commandsOf({
        'mix.exs': 'apps_path: "apps"',
        'apps/a/mix.exs': '',
        'apps/a/test/a_test.exs': '',
        'installer/mix.exs': '',
        'installer/test/i_test.exs': '',
      }),
    ).toEqual(['mix test', 'cd installer && mix test']))
})

describe('Swift', () => {
  const manifest = '// swift-tools-version:6.0\nlet p = Package(targets: [.testTarget(name: "ShopTests")])\n'

  it('a package is tested with `swift test`', () =>
    expect(
      found({ 'Package.swift': manifest, 'Tests/ShopTests/CartTests.swift': '', 'Sources/Shop/main.swift': '' }),
    ).toMatchObject({
      languages: ['Swift'],
      suites: [{ name: 'swift', command: 'swift test', single: 'swift test --filter NAME' }],
      conventions: ['Swift tools 6.0 (Package.swift).', 'Tests: `swift test` in `Tests/` (`*Tests.swift`).'],
      entries: ['`Sources/Shop/main.swift`: a program, judging by its name'],
      ignore: expect.arrayContaining(['.build/**']),
    }))

  it('a package without tests has no suite; an inner package has its own', () => {
    expect(commandsOf({ 'Package.swift': '// swift-tools-version:6.0\n' })).toEqual([])
    expect(commandsOf({ 'Package.swift': manifest, 'Plugins/Package.swift': manifest })).toEqual([
      'swift test',
      'cd Plugins && swift test',
    ])
  })
})

describe('Deno', () => {
  const config = (value: object) => ({ 'deno.json': json(value), 'cart_test.ts': '' })

  it.each([
    ['the task `test`', config({ tasks: { test: 'deno test -A' } }), 'deno task test'],
    [
      'the flags that CI uses',
      { ...config({}), ...workflow('deno test --allow-read --allow-net') },
      'deno test --allow-read --allow-net',
    ],
  ])('tests run with %s', (_, files, command) => expect(commandsOf(files as Record<string, string>)).toEqual([command]))

  it('without either the user is told that tests run without permissions', () =>
    expect(found(config({}))).toMatchObject({
      languages: ['TypeScript'],
      packageManagers: ['deno'],
      suites: [{ command: 'deno test' }],
      conventions: ['Runs on Deno (deno.json).', 'Tests: `deno test` in `./` (`*_test.ts`).'],
      unsure: ['`deno test` runs without permissions. Add the ones that the tests need.'],
    }))

  it('beside a package.json with a test script Deno has no suite', () =>
    expect(commandsOf({ ...config({}), 'package.json': json({ scripts: { test: 'vitest run' } }) })).toEqual([
      'npm test',
    ]))
})
