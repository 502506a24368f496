import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failingTests } from '../../../src/core/suites/failing-tests/index.ts'
import { plainText } from '../../../src/core/text/plain-text.ts'

const directory = new URL('../../fixtures/test-output/', import.meta.url)
const recorded = (name: string) => plainText(readFileSync(new URL(`${name}.txt`, directory), 'utf8'))
const fixtures = readdirSync(directory).flatMap(file => (file.endsWith('.txt') ? file.slice(0, -4) : []))

const expected: Record<string, string[]> = {
  'cargo-compile': [
    'could not compile `shop` (lib) — error[E0425]: cannot find value `prize` in this scope (src/lib.rs:6:46)',
    'could not compile `shop` (lib test) — error[E0425]: cannot find value `prize` in this scope (src/lib.rs:6:46)',
  ],
  cargo: [
    'shop > tests::nested::adds — assertion `left == right` failed: adds every price left: -3 right: 3',
    'shop > tests::nested::panics — note: test did not panic as expected at src/lib.rs:33:12',
    'shop > tests::nested::result — Error: "no basket"',
    'tests/whole.rs > whole — assertion failed: shop::total(&[2]) == 2',
    'src/lib.rs - (line 1) — assertion `left == right` failed left: -3 right: 3',
  ],
  'go-verbose': [
    'example.org/shop/price.TestTotal/one_price — got -1, want 1',
    'example.org/shop/price.TestTotal/two/prices_é — got -3, want 3',
    'example.org/shop/price.TestPanic — panic: assignment to entry in nil map',
  ],
  go: [
    'example.org/shop/broken [build failed] — broken/broken_test.go:6:2: undefined: undefinedThing',
    'example.org/shop/price.TestTotal/one_price — got -1, want 1',
    'example.org/shop/price.TestTotal/two/prices_é — got -3, want 3',
    'example.org/shop/price.TestPanic — panic: assignment to entry in nil map',
  ],
  'jest-color': [
    'test/cart.test.js › cart › total › adds prices — expect(received).toEqual(expected) // deep equality Expected: 3 Received: -3',
    'test/cart.test.js › cart › total › handles "quotes" > arrows & é (100%) — expect(received).toEqual(expected) // deep equality',
    'test/cart.test.js › cart › price 1 costs 2 — expect(received).toEqual(expected) // deep equality Expected: 2 Received: 1',
    'test/cart.test.js › cart › rejects a bad price — TypeError: price must be a number',
    'test/cart.test.js › top level — boom',
  ],
  jest: [
    'test/cart.test.js › cart › total › adds prices — expect(received).toEqual(expected) // deep equality Expected: 3 Received: -3',
    'test/cart.test.js › cart › total › handles "quotes" > arrows & é (100%) — expect(received).toEqual(expected) // deep equality',
    'test/cart.test.js › cart › price 1 costs 2 — expect(received).toEqual(expected) // deep equality Expected: 2 Received: 1',
    'test/cart.test.js › cart › rejects a bad price — TypeError: price must be a number',
    'test/cart.test.js › top level — boom',
    `test/missing.test.js — Cannot find module '../no-such-module.js' from 'test/missing.test.js'`,
    'test/syntax.test.js — Jest encountered an unexpected token',
  ],
  'mocha-load': [
    `Exception during run — Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/repo/no-such-module.js' imported from /repo/test/missing.test.js`,
  ],
  mocha: [
    'top level — Error: boom',
    'cart > price 1 costs 2 — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: 1 !== 2',
    'cart > rejects a bad price — TypeError: price must be a number',
    'cart > total > adds prices — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: -3 !== 3',
    'cart > total > handles "quotes" > arrows & é (100%) — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: + actual - expected',
  ],
  'node-test-24': [
    'test/cart.test.js > cart > total > adds prices — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: -3 !== 3',
    'test/cart.test.js > cart > total > handles "quotes" > arrows & é (100%) — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: + actual - expected',
    'test/cart.test.js > cart > price 1 costs 2 — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: 1 !== 2',
    'test/cart.test.js > cart > rejects a bad price — TypeError: price must be a number',
    'test/cart.test.js > top level — Error: boom',
    `test/missing.test.js — Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/repo/no-such-module.js' imported from /repo/test/missing.test.js`,
  ],
  'node-test-spec': [
    'test/cart.test.js > cart > total > adds prices — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: -3 !== 3',
    'test/cart.test.js > cart > total > handles "quotes" > arrows & é (100%) — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: + actual - expected',
    'test/cart.test.js > cart > price 1 costs 2 — AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal: 1 !== 2',
    'test/cart.test.js > cart > rejects a bad price — TypeError [Error]: price must be a number',
    'test/cart.test.js > top level — Error: boom',
    `test/missing.test.js — Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/repo/no-such-module.js' imported from /repo/test/missing.test.js`,
    `test/syntax.test.js — SyntaxError: Unexpected token '='`,
  ],
  'node-test-tap': [
    '/repo/test/cart.test.js > cart > total > adds prices — Expected values to be strictly deep-equal: -3 !== 3',
    '/repo/test/cart.test.js > cart > total > handles "quotes" > arrows & é (100%) — Expected values to be strictly deep-equal: + actual - expected',
    '/repo/test/cart.test.js > cart > price 1 costs 2 — Expected values to be strictly deep-equal: 1 !== 2',
    '/repo/test/cart.test.js > cart > rejects a bad price — price must be a number',
    '/repo/test/cart.test.js > top level — boom',
    `/repo/test/missing.test.js — Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/repo/no-such-module.js' imported from /repo/test/missing.test.js`,
    `/repo/test/syntax.test.js — SyntaxError: Unexpected token '='`,
  ],
  'pytest-interrupted': [
    `tests/test_missing.py — ModuleNotFoundError: No module named 'nothing_of_the_kind'`,
    'tests/test_syntax.py — SyntaxError: invalid syntax',
  ],
  pytest: [
    'tests/test_cart.py::test_adds — assert -3 == 3',
    'tests/test_cart.py::TestPrices::test_cost[1-2] — assert 1 == 2',
    'tests/test_cart.py::TestPrices::test_name[a b] — ValueError: bad name a b',
    'tests/test_cart.py::TestPrices::test_name[x - y] — ValueError: bad nam...',
    'tests/test_cart.py::TestPrices::test_name[\\xe9] — ValueError: bad name é',
    `tests/test_missing.py — ModuleNotFoundError: No module named 'nothing_of_the_kind'`,
    'tests/test_syntax.py — SyntaxError: invalid syntax',
    'tests/test_cart.py::test_basket — RuntimeError: no basket',
  ],
  'unittest-verbose': [
    'test_cart.BasketTest.setUpClass — RuntimeError: no basket',
    'test_cart.CartTest.test_error — ValueError: price must be',
    `test_missing — ModuleNotFoundError: No module named 'nothing_of_the_kind'`,
    'test_cart.CartTest.test_adds — AssertionError: -3 != 3',
    'test_cart.CartTest.test_prices (price=1, cost=2) — AssertionError: 1 != 2',
    `test_cart.CartTest.test_prices (price='a', cost='b c') — AssertionError: 'a' != 'b c'`,
  ],
  unittest: [
    'test_cart.BasketTest.setUpClass — RuntimeError: no basket',
    'test_cart.CartTest.test_error — ValueError: price must be',
    `test_missing — ModuleNotFoundError: No module named 'nothing_of_the_kind'`,
    'test_cart.CartTest.test_adds — AssertionError: -3 != 3',
    'test_cart.CartTest.test_prices (price=1, cost=2) — AssertionError: 1 != 2',
    `test_cart.CartTest.test_prices (price='a', cost='b c') — AssertionError: 'a' != 'b c'`,
  ],
  'vitest-color': [
    `test/missing.test.js — Error: Cannot find module '../no-such-module.js' imported from /repo/test/missing.test.js`,
    'test/cart.test.js > cart > total > adds prices — AssertionError: expected -3 to deeply equal 3',
    'test/cart.test.js > cart > total > handles "quotes" > arrows & é (100%) — AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equal { a: 1, b: [ 1, 3 ] }',
    'test/cart.test.js > cart > price 1 costs 2 — AssertionError: expected 1 to deeply equal 2',
    'test/cart.test.js > cart > rejects a bad price — TypeError: price must be a number',
    'test/cart.test.js > top level — Error: boom',
  ],
  vitest: [
    `test/missing.test.js — Error: Cannot find module '../no-such-module.js' imported from /repo/test/missing.test.js`,
    'test/syntax.test.js — RolldownError: Parse failure: Parse failed with 1 error: Unexpected token',
    'test/cart.test.js > cart > total > adds prices — AssertionError: expected -3 to deeply equal 3',
    'test/cart.test.js > cart > total > handles "quotes" > arrows & é (100%) — AssertionError: expected { a: 1, b: [ 1, 2 ] } to deeply equal { a: 1, b: [ 1, 3 ] }',
    'test/cart.test.js > cart > price 1 costs 2 — AssertionError: expected 1 to deeply equal 2',
    'test/cart.test.js > cart > rejects a bad price — TypeError: price must be a number',
    'test/cart.test.js > top level — Error: boom',
  ],
}

describe('the failing tests of', () => {
  it.each(fixtures.filter(name => !name.endsWith('green')))('%s', name => {
    expect(failingTests(recorded(name))).toEqual(expected[name])
  })

  it.each(fixtures.filter(name => name.endsWith('green')))('%s: none', name => {
    expect(failingTests(recorded(name))).toEqual([])
  })

  it.each(fixtures)('%s, quoted or indented: none', name => {
    const behind = (mark: string) =>
      recorded(name)
        .split('\n')
        .map(line => mark + line)
        .join('\n')
    expect([failingTests(behind('> ')), failingTests(behind('log: '))]).toEqual([[], []])
  })

  it('two runners in one command, each once', () => {
    const both = `${recorded('go')}\n${recorded('vitest')}\n${recorded('go')}`
    expect(failingTests(both)).toEqual([...expected.vitest!, ...expected.go!])
  })

  it.each([
    ['nothing', ''],
    ['a program nobody knows', 'make: *** [Makefile:3: test] Error 1\n'],
    ['words that look like a failure', 'FAIL: the parser\n--- FAIL: this\n  ● Console\nFAILED tests/a.py::test - no\n'],
  ])('%s: none', (_, output) => {
    expect(failingTests(output)).toEqual([])
  })

  it('vitest, where several fail alike: each with the one message', () => {
    const output = [
      '⎯⎯⎯⎯⎯⎯⎯ Failed Tests 2 ⎯⎯⎯⎯⎯⎯⎯',
      '',
      ' FAIL  a.test.js > first',
      ' FAIL  a.test.js > second',
      'Error: the same',
    ]
    expect(failingTests(output.join('\n'))).toEqual([
      'a.test.js > first — Error: the same',
      'a.test.js > second — Error: the same',
    ])
  })

  it('lines made to take long do not', () => {
    const start = performance.now()
    failingTests(
      ['=== short test summary info ===', `FAILED ${'[]'.repeat(100_000)}`, `✖ ${'('.repeat(100_000)}`].join('\n'),
    )
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('a message is cut where it gets long', () => {
    const output = `  1 failing\n\n  1) cart:\n     Error: ${'x'.repeat(1000)}\n`
    expect(failingTests(output)).toEqual([`cart — Error: ${'x'.repeat(192)}…`])
  })
})
