import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gate, ready } from '../../support/programs/gate.ts'
import { temporaryDirectory } from '../../support/repository.ts'

/** A suite in node:test's own words: each file of `tests/` is a test, green where the code holds what it asks for. */
const suite = 'node --test --test-reporter=spec tests/'

/** A repository in which the tests of these names fail before any change. */
function withOld(...names: string[]) {
  const one = gate({ test: suite })
  const test = (name: string, body: string) =>
    one.repo.write(`tests/${name}.test.cjs`, `require('node:test').test('${name}', () => { ${body} })\n`)
  for (const name of names) test(name, `throw new Error('${name} never worked')`)
  test(
    'sound',
    `require('node:assert').equal(require('node:fs').readFileSync('a.js', 'utf8').includes('broken'), false)`,
  )
  one.repo.commit()
  return { ...one, test }
}
const suitesOf = (ledger: ReturnType<ReturnType<typeof gate>['ledger']>) =>
  ledger.flatMap(entry => (entry.kind === 'tests-ran' ? entry.suites : []))

describe('tests that failed before the change', { timeout: 60_000 }, () => {
  it('hold nobody, are named once, and stand in the line that signs', async () => {
    const { repo, fire, prompts } = withOld('one', 'two')
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop')
    expect(json!.systemMessage).toMatch(
      /! nothing new fails in the tests.* · 2 tests fail since before this change \(.*one.*two\)/,
    )
    expect(json!.hookSpecificOutput!.additionalContext).toMatch(/^Countersign · self-review[\s\S]*Nothing new fails/)
    expect((await fire('Stop', ready)).json!.systemMessage).toMatch(
      /countersigned in cycle 1: tests: red before this change: .*one.*, .*two.*, nothing new/,
    )
    expect(prompts().at(-1)).toMatch(/2 tests fail since before this change: /)
    repo.write('a.js', 'changed again')
    expect((await fire('Stop')).json!.systemMessage).toMatch(/· 2 tests fail since before this change$/m)
  })
  it('are not what Claude is sent back to when one fails that did not', async () => {
    const { repo, fire, ledger } = withOld('one')
    repo.write('a.js', 'broken')
    const { json } = await fire('Stop')
    expect(json!.reason).toMatch(
      /the tests are red[\s\S]*1 test that failed before your change, too, is not listed[\s\S]*- .*sound/,
    )
    expect(json!.reason).not.toMatch(/^- .*one/m)
    expect(suitesOf(ledger()).at(-1)).toMatchObject({
      result: 'red',
      older: [expect.stringMatching(/one never worked/)],
    })
  })
  it('and are red in another way now are new failures', async () => {
    const { repo, fire, test } = withOld('one')
    test('one', `throw new Error('worse')`)
    repo.write('a.js', 'changed')
    expect((await fire('Stop')).json!.reason).toMatch(/the tests are red[\s\S]*- .*one — Error: worse/)
  })
  it('are still known when the change mends one of them', async () => {
    const { repo, fire, test } = withOld('one', 'two')
    test('one', '')
    repo.write('a.js', 'changed')
    expect((await fire('Stop')).json!.systemMessage).toMatch(
      /nothing new fails.* · 1 test fails since before this change \(.*two\)/,
    )
  })
  it('are not run at the base again for each attempt', async () => {
    const { repo, fire, testRuns } = withOld('one')
    repo.write('a.js', 'broken')
    await fire('Stop')
    const first = testRuns()
    repo.write('a.js', 'broken, too')
    await fire('Stop')
    // Once in the working tree, and once more because it is red and short.
    expect(testRuns() - first).toBe(2)
  })
  it('in a place that only the working tree has are told as unclear, and hold Claude', async () => {
    const { repo, fire, test } = withOld('one')
    test('made', `if (!require('node:fs').existsSync('made/here')) throw new Error('not made')`)
    repo.write('.gitignore', 'made/\n')
    repo.write('made/here', '')
    repo.commit()
    await fire('SessionStart', { source: 'startup' })
    repo.write('a.js', 'broken')
    const { json } = await fire('Stop')
    expect(json!.reason).toMatch(
      /It is not known whether these failed before your change: a copy of the base cannot run/,
    )
    expect(json!.reason).toMatch(/- .*one/)
  })
  it('load nothing from the working tree: a workspace package is that of the base', async () => {
    const { repo, fire, test } = withOld()
    repo.write('.gitignore', 'node_modules\n')
    repo.write('packages/lib/index.js', 'module.exports = 1\n')
    test('uses', `require('node:assert').equal(require('lib'), 1)`)
    repo.commit()
    mkdirSync(join(repo.root, 'node_modules'))
    symlinkSync('../packages/lib', join(repo.root, 'node_modules/lib'))
    await fire('SessionStart', { source: 'startup' })
    repo.write('packages/lib/index.js', 'module.exports = 2\n')
    expect((await fire('Stop')).json!.reason).toMatch(/the tests are red[\s\S]*- .*uses/)
  })
  it('load nothing from the working tree: neither does a Python environment that has it installed in place', async () => {
    const { repo, fire } = gate({ test: '.venv/bin/python -m unittest discover -s tests 2>&1' })
    repo.write('.gitignore', '.venv\n__pycache__\n')
    repo.write('pyproject.toml', '[project]\nname = "shop"\n')
    repo.write('lib/shop/__init__.py', 'total = 1\n')
    const cases = ['import unittest', 'from shop import total', 'class Shop(unittest.TestCase):']
    repo.write('tests/test_shop.py', [...cases, '    def test_total(self): self.assertEqual(total, 1)', ''].join('\n'))
    repo.commit()
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(repo.root, '.venv')])
    const python = readFileSync(join(repo.root, '.venv/pyvenv.cfg'), 'utf8').match(/version = (\d+\.\d+)/)![1]
    writeFileSync(
      join(repo.root, `.venv/lib/python${python}/site-packages/__editable__.shop.pth`),
      `${join(repo.root, 'lib')}\n`,
    )
    await fire('SessionStart', { source: 'startup' })
    repo.write('lib/shop/__init__.py', 'total = 2\n')
    const { json } = await fire('Stop')
    expect(json!.reason).toMatch(/the tests are red[\s\S]*- .*test_total/)
    expect(json!.reason).not.toMatch(/not known whether/)
  })
})

describe('a test that fails and passes on one tree', () => {
  it('is named flaky, once for the user and in the line that signs', async () => {
    const place = temporaryDirectory()
    const { repo, fire, ledger } = gate({ test: suite })
    const body = `const fs = require('node:fs'); const seen = fs.existsSync('${place}/seen'); fs.writeFileSync('${place}/seen', ''); if (!seen) throw new Error('by chance')`
    repo.write('tests/odd.test.cjs', `require('node:test').test('odd', () => { ${body} })\n`)
    repo.commit()
    await fire('SessionStart', { source: 'startup' })
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop', ready)
    expect(json!.systemMessage).toMatch(/✓ tests green in .* · flaky, red and then green on the same tree: .*odd/)
    expect(json!.systemMessage).toMatch(/countersigned in cycle 1: tests: green · flaky, .*odd/)
    expect(suitesOf(ledger()).at(-1)!.flaky).toEqual([expect.stringMatching(/odd$/)])
    expect(existsSync(`${place}/seen`)).toBe(true)
  })
})
