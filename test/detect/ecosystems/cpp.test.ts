import { describe, expect, it } from 'vitest'
import { commandsOf, found, workflow } from '../../support/layout.ts'
import { json } from '../../support/view.ts'

const cmake = { 'CMakeLists.txt': 'set(CMAKE_CXX_STANDARD 20)\nenable_testing()\nadd_test(cart)\n', 'src/cart.cpp': '' }
const meson = { 'meson.build': "test('cart', exe)\n", 'src/cart.c': '' }
const ctest = 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure'

describe('C and C++', () => {
  it('CMake configures, builds and runs CTest', () =>
    expect(found({ ...cmake, '.clang-format': '' })).toMatchObject({
      languages: ['C++'],
      suites: [{ name: 'cpp', command: ctest, single: 'ctest --test-dir build -R NAME --output-on-failure' }],
      conventions: ['Built with CMake.', 'C++20.', 'Formatted with clang-format (.clang-format).'],
      ignore: expect.arrayContaining(['build/**']),
      unsure: [expect.stringContaining('with its defaults')],
    }))

  it.each([
    [
      'the option that builds the tests',
      'enable_testing()\noption(ACME_BUILD_TESTS "tests" OFF)\n',
      'cmake -S . -B build -DACME_BUILD_TESTS=ON && ',
    ],
    ['no option for special tests', 'enable_testing()\noption(ACME_CUDA_TEST "gpu" OFF)\n', 'cmake -S . -B build && '],
  ])('CMake turns on %s', (_, lists, start) =>
    expect(commandsOf({ ...cmake, 'CMakeLists.txt': lists })[0]).toMatch(new RegExp(`^${start}`)),
  )

  it('the presets of the repository are used', () => {
    const presets = (value: object) => ({ ...cmake, 'CMakePresets.json': json(value) })
    expect(commandsOf(presets({ workflowPresets: [{ name: 'dev' }] }))).toEqual(['cmake --workflow --preset dev'])
    const three = {
      configurePresets: [{ name: 'base', hidden: true }, { name: 'c' }],
      buildPresets: [{ name: 'b' }],
      testPresets: [{ name: 't' }],
    }
    expect(commandsOf(presets(three))).toEqual(['cmake --preset c && cmake --build --preset b && ctest --preset t'])
  })

  it('CMake does not build in a build/ that the repository has', () =>
    expect(commandsOf({ ...cmake, 'build/rules.mk': '' })[0]).toContain('-B cmake-build-test '))

  it('Meson sets up its directory and tests', () =>
    expect(found(meson)).toMatchObject({
      languages: ['C'],
      suites: [
        { command: 'meson setup build && meson test -C build --print-errorlogs', single: 'meson test -C build NAME' },
      ],
      unsure: [],
    }))

  it('Autotools run `make check`, and the user is told what must come first', () =>
    expect(found({ 'configure.ac': '', 'Makefile.am': 'TESTS = a\n', 'a.c': '' })).toMatchObject({
      suites: [{ command: 'make check' }],
      unsure: ['`make check` works only after `./configure` has run here.'],
    }))

  it('of two build systems the one that CI runs is used, and the other is mentioned', () =>
    expect(found({ ...cmake, ...meson, ...workflow('meson test -C out') })).toMatchObject({
      suites: [{ command: expect.stringContaining('meson test') }],
      unsure: ['The project also builds with CMake; the tests run with Meson.'],
    }))

  it.each([
    ['tests are not declared', { 'CMakeLists.txt': 'add_library(a a.c)\n', 'a.c': '' }],
    ['another language is built', { 'CMakeLists.txt': 'enable_testing()\n', 'a.swift': '' }],
  ])('there is no suite where %s', (_, files) => expect(commandsOf(files as Record<string, string>)).toEqual([]))
})
