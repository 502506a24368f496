import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failingTests } from '../../../src/core/suites/failing-tests/index.ts'
import { plainText } from '../../../src/core/text/plain-text.ts'

const recorded = (name: string) =>
  plainText(readFileSync(new URL(`../../fixtures/test-output/counts/${name}.txt`, import.meta.url), 'utf8'))

describe('the failing tests of a recorded run', () => {
  it.each([
    ['ava-mixed', ['b Test failed via `t.fail()`']],
    ['bun-mixed', ['mixed/a.test.js > b — expect(received).toBe(expected)']],
    ['deno-mixed', ['./mixed/a.test.js > b — Error: x']],
    ['playwright-mixed', ['mixed/a.spec.js › b — Error: expect(received).toBe(expected) // Object.is equality']],
    ['ctest-mixed', ['b — Failed']],
    ['rspec-mixed', ['./spec/a_spec.rb > x b — RuntimeError: x']],
    ['minitest-mixed', ['T#test_b — Epic Fail!']],
    ['testunit-mixed', ['test_b(T) — Flunked.']],
    ['phpunit-m', ['ATest::testB — x']],
    ['exunit-mixed', ['ATest: test b — Assertion with == failed code:  assert 1 == 2 left:  1 right: 2']],
    ['go-mixed', ['example.org/x/a.TestB — x']],
    ['pytest-q-mixed', ['mixed/test_a.py::test_b — assert 1 == 2']],
  ])('%s', (name, failing) => expect(failingTests(recorded(name))).toEqual(failing))

  it.each([
    'bun-skipped',
    'deno-skipped',
    'phpunit-g',
    'exunit-green',
    'rspec-none',
    'ctest-none',
    'playwright-skipped',
  ])('none in %s', name => expect(failingTests(recorded(name))).toEqual([]))
})

// Of runners that were not recorded here: lines as their own documentation and public logs have them.
describe('the failing tests that a run prints', () => {
  it.each<[string, string[]]>([
    [
      '[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in CartTest\n[ERROR] CartTest.adds -- Time elapsed: 0.01 s <<< FAILURE!\njava.lang.AssertionError: expected:<1> but was:<2>',
      ['CartTest.adds — java.lang.AssertionError: expected:<1> but was:<2>'],
    ],
    [
      '[ERROR] adds(CartTest)  Time elapsed: 0.01 s  <<< ERROR!\njava.lang.Error: x',
      ['adds(CartTest) — java.lang.Error: x'],
    ],
    [
      '[ERROR] COMPILATION ERROR : \n[ERROR] /repo/src/Cart.java:[3,5] cannot find symbol',
      ['/repo/src/Cart.java — cannot find symbol'],
    ],
    [
      'CartTest > adds() FAILED\n    java.lang.AssertionError at CartTest.java:10\n',
      ['CartTest > adds() — java.lang.AssertionError at CartTest.java:10'],
    ],
    ['> Task :test FAILED', []],
    [
      '[info] CartSpec:\n[info] - should add *** FAILED ***\n[info]   1 did not equal 2 (CartSpec.scala:5)',
      ['CartSpec > should add — 1 did not equal 2 (CartSpec.scala:5)'],
    ],
    [
      '  Failed Shop.CartTests.Adds [1 ms]\n  Error Message:\n   Assert.Equal() Failure: Values differ',
      ['Shop.CartTests.Adds — Assert.Equal() Failure: Values differ'],
    ],
    ['  Failed to restore [1 ms]', []],
    [
      '/repo/Tests/CartTests.swift:5: error: CartTests.testAdds : XCTAssertEqual failed: ("1") is not equal to ("2")',
      ['CartTests.testAdds — XCTAssertEqual failed: ("1") is not equal to ("2")'],
    ],
    [
      '✘ Test adds() recorded an issue at CartTests.swift:5:3: Expectation failed: 1 == 2',
      ['adds() — Expectation failed: 1 == 2'],
    ],
    [
      '   FAILED  Tests\\Feature\\CartTest > it adds        ExpectationFailedException\n  Failed asserting that 1 is identical to 2.',
      ['Tests\\Feature\\CartTest > it adds — Failed asserting that 1 is identical to 2.'],
    ],
    ['00:01 +3 -1: test/cart_test.dart: adds [E]\n  Expected: <2>', ['test/cart_test.dart: adds — Expected: <2>']],
    ['There was 1 skipped test:\n\n1) CartTest::testAdds\nlater', []],
    ['An error occurred while loading ./spec/cart_spec.rb.', ['./spec/cart_spec.rb']],
    ['Failed examples:\n\nrspec ./spec/a_spec.rb[1:2] # cart adds', ['./spec/a_spec.rb > cart adds']],
    ['Error:\nCartTest#test_adds:\nRuntimeError: x', ['CartTest#test_adds — RuntimeError: x']],
    ['Failure:\nnothing of the kind', []],
    ['======\nError: test_adds(CartTest)', ['test_adds(CartTest)']],
    ['  1) a list (Of)\n     not a place', []],
    [' ERRORS \n\n./a.test.js (uncaught error)\nerror: Error: x', ['./a.test.js — Error: x']],
    [' ERRORS \n\nb => ./a.test.js:1:2', ['./a.test.js > b']],
    ['a.test.js:\n(fail) b', ['a.test.js > b']],
    ['(fail) b', []],
    ['  ✘ a is not done', []],
  ])('%j', (text, failing) => expect(failingTests(text)).toEqual(failing))

  it('are read also where a workspace puts the package before each line', () =>
    expect(
      failingTests(
        '@shop/web:test: There was 1 failure:\n@shop/web:test: \n@shop/web:test: 1) A::b\n@shop/web:test: x',
      ),
    ).toEqual(['A::b — x']))
})
