import { describe, expect, it } from 'vitest'
import { detect } from '../../../src/detect/index.ts'
import { commandsOf, workflow } from '../../support/layout.ts'
import { view } from '../../support/view.ts'

const goMod = 'module example.com/acme\n\ngo 1.22\n'

describe('Go', () => {
  it('a module is tested as a whole', () => {
    const facts = detect(view({ 'go.mod': goMod, 'cart_test.go': '', 'cmd/shop/main.go': 'package main\n' }))
    expect(facts).toMatchObject({
      languages: ['Go'],
      suites: [{ command: 'go test ./...', single: 'go test ./PACKAGE -run NAME' }],
      conventions: ['Go module `example.com/acme`, Go 1.22 (go.mod).'],
      entries: ['`cmd/shop`: a program (package main)'],
      unsure: [],
    })
  })

  it('an inner module is a suite of its own, since ./... does not reach it', () =>
    expect(
      commandsOf({ 'go.mod': goMod, 'tools/go.mod': goMod, 'tools/a_test.go': '', 'vendor/x/go.mod': goMod }),
    ).toEqual(['go test ./...', 'cd tools && go test ./...']))

  it('an inner module without tests has no suite', () =>
    expect(commandsOf({ 'go.mod': goMod, 'a_test.go': '', 'tools/go.mod': goMod, 'tools/main.go': '' })).toEqual([
      'go test ./...',
    ]))

  it('a workspace is one suite that names its modules', () =>
    expect(
      commandsOf({
        'go.work': 'go 1.22\nuse (\n\t./api // ours\n\t./lib\n)\n',
        'api/go.mod': goMod,
        'lib/go.mod': goMod,
      }),
    ).toEqual(['go test ./api/... ./lib/...']))

  it('without a test file the user is told that the command only compiles', () =>
    expect(detect(view({ 'go.mod': goMod })).unsure).toEqual([expect.stringContaining('only compiles')]))
})

describe('Rust', () => {
  it('a crate is tested with cargo', () => {
    const files = {
      'Cargo.toml': '[package]\nname = "acme"\nedition = "2021"\nrust-version = "1.75"\n',
      'src/main.rs': '#[cfg(test)]\n',
      'rustfmt.toml': '',
    }
    expect(detect(view(files))).toMatchObject({
      suites: [{ command: 'cargo test', single: 'cargo test NAME' }],
      conventions: ['Rust edition 2021, Rust 1.75 or later (Cargo.toml).', 'Formatted with rustfmt (rustfmt.toml).'],
      entries: ['`src/main.rs`: a program'],
      ignore: ['target/**'],
      unsure: [],
    })
  })

  it('a workspace is tested once, with all its crates', () =>
    expect(
      commandsOf({ 'Cargo.toml': '[workspace]\nmembers = ["a"]\n', 'a/Cargo.toml': '[package]\nname = "a"\n' }),
    ).toEqual(['cargo test --workspace']))

  it.each([
    ['cargo-nextest is used where it is configured', { '.config/nextest.toml': '' }, 'cargo nextest run'],
    ['cargo-nextest is used where CI runs it', workflow('cargo nextest run --locked'), 'cargo nextest run'],
    [
      'cargo test gets the features that CI gives it',
      workflow('cargo test --all-features'),
      'cargo test --all-features',
    ],
    [
      'cargo test does not get features that CI gives one crate',
      workflow('cargo test -p a --all-features'),
      'cargo test',
    ],
  ])('%s', (_, files, command) =>
    expect(commandsOf({ 'Cargo.toml': '[package]\nname = "a"\n', 'tests/a.rs': '', ...(files as object) })).toEqual([
      command,
    ]),
  )

  it('the user is told what nextest leaves out, and that a crate has no test', () => {
    const files = { 'Cargo.toml': '[package]\nname = "a"\n', 'nextest.toml': '' }
    expect(detect(view(files)).unsure).toEqual([
      expect.stringContaining('only compiles'),
      expect.stringContaining('cargo test --doc'),
    ])
  })
})
