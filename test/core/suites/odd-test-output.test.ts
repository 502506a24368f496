import { expect, it } from 'vitest'
import { failingTests } from '../../../src/core/suites/failing-tests/index.ts'

// What no recorded run has: output that is cut, or that says less than usual.
it.each<[string, string[], string[]]>([
  ['cargo, of a test that printed nothing', ['test lost ... FAILED', '---- other stdout ----', 'x'], ['lost']],
  [
    'cargo, of a crate without a place for its error',
    ['error: linking with `cc` failed', 'error: could not compile `shop` (bin "shop") due to 1 previous error'],
    ['could not compile `shop` (bin "shop") — error: linking with `cc` failed'],
  ],
  ['cargo, of a crate without any', ['error: could not compile `shop` (lib)'], ['could not compile `shop` (lib)']],
  [
    'cargo, documentation tests after a crate’s own',
    [
      '     Running unittests src/lib.rs (target/debug/deps/shop-0123abc)',
      'test a ... FAILED',
      '   Doc-tests shop',
      'test src/lib.rs - (line 1) ... FAILED',
    ],
    ['shop > a', 'src/lib.rs - (line 1)'],
  ],
  [
    'cargo, whose output ends with the error',
    ['error: could not compile `shop` (lib)', 'error: linking failed'],
    ['could not compile `shop` (lib) — error: linking failed'],
  ],
  [
    'node:test, of a file that does not say what it died of',
    ['✔ other (1ms)', '✖ a.test.js (1.2ms)', '✖ failing tests:', '', 'test at a.test.js:1:1', '✖ a.test.js (1.2ms)'],
    ['a.test.js'],
  ],
  [
    'TAP, of a file that died first of all',
    ['not ok 1 - a.js', '  ---', "  location: 'a.js:1:1'", '  ...', '1..1'],
    ['a.js'],
  ],
  ['unittest, cut above its heading', ['FAIL: test_a (a.A)', 'KeyError'], []],
  [
    'go, of a package that died before any test',
    ['panic: boom', 'FAIL\texample.org/a\t0.005s'],
    ['example.org/a — panic: boom'],
  ],
  ['go, of one that says nothing', ['FAIL\texample.org/a\t0.005s'], ['example.org/a']],
  ['go, of a build without words of its own', ['FAIL\texample.org/a [build failed]'], ['example.org/a [build failed]']],
  [
    'go, in which only the last test can have died',
    ['--- FAIL: TestA (0.00s)', '--- FAIL: TestB (0.00s)', 'panic: boom [recovered]', 'FAIL\ta\t0.1s'],
    ['a.TestA', 'a.TestB — panic: boom'],
  ],
  [
    'go, where a package that passes ends what came before it',
    ['--- FAIL: TestA (0.00s)', 'ok  \ta\t0.1s', '--- FAIL: TestB (0.00s)', 'FAIL\tb\t0.1s'],
    ['b.TestB'],
  ],
  [
    'node:test, of a test outside of every suite that is not in the tree',
    ['✖ failing tests:', '', 'test at a.test.js:1:1', '✖ alone (1.2ms)', '  Error: boom'],
    ['a.test.js > alone — Error: boom'],
  ],
  ['TAP, without details', ['1..2', 'ok 1 - a', 'not ok 2 - b'], ['b']],
  [
    'TAP, what is to be done or skipped is none',
    ['TAP version 13', 'not ok 1 - a # TODO later', 'not ok 2 b # skip', '1..2'],
    [],
  ],
  [
    'TAP, with marks in its names and a suite around them',
    [
      'TAP version 14',
      '# Subtest: out\\#side',
      '    not ok 1 - in\\\\side',
      '      ---',
      "      error: 'boom'",
      '      ...',
    ],
    ['out#side > in\\side — boom'],
  ],
  [
    'unittest, whose output ends at once',
    ['='.repeat(70), 'ERROR: test_a (a.A)', '-'.repeat(70), 'Traceback', 'KeyError'],
    ['a.A.test_a — KeyError'],
  ],
  ['unittest, without an exception', ['='.repeat(70), 'FAIL: test_a (a.A.test_a)', 'nothing'], ['a.A.test_a']],
  ['mocha, of a test that says nothing', ['  1 failing', '', '  1) cart:', '', '', '', '', ''], ['cart']],
])('%s', (_, lines, names) => expect(failingTests(lines.join('\n'))).toEqual(names))
