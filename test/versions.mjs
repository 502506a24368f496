// `npm run versions`: runs the end-to-end tests, those that need minutes included, with other versions of the two programs, each
// pair installed beside the project, and prints a table. Takes some eight minutes a pair. `-- 2.1.197+0.140.0 isolation` takes
// one pair and one file. `npm run acceptance` does the same with the pair that the project itself has.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Claude Code and Codex, from the oldest that are supported to the newest that were looked at. */
const pairs = ['2.1.197+0.140.0', '2.1.330+0.150.1', '2.1.332+0.169.0', '2.1.332+0.171.0']

const root = fileURLToPath(new URL('..', import.meta.url))
const own = 'installed'
const isPair = (/** @type {string} */ word) => word.includes('+') || word === own
const given = process.argv.slice(2)
const chosen = given.filter(isPair)
const tests = given.filter(word => !isPair(word)).map(name => `test/e2e/${name}`)

const rows = (chosen.length > 0 ? chosen : pairs).map(pair => {
  console.error(`${pair}: installing`)
  const folder = install(pair)
  console.error(`${pair}: running the tests`)
  return { pair, ...run(folder, pair === own ? {} : { COUNTERSIGN_PROGRAMS: folder }) }
})
console.log('| Claude Code | Codex | passed | failed | skipped |\n|---|---|---|---|---|')
for (const { pair, passed, failed, skipped } of rows)
  console.log(
    `| ${pair === own ? 'installed | installed' : pair.replace('+', ' | ')} | ${passed} | ${failed.length} | ${skipped} |`,
  )
for (const { pair, failed } of rows) for (const name of failed) console.log(`${pair}: ✗ ${name}`)
process.exitCode = rows.some(({ failed, passed }) => failed.length > 0 || passed === 0) ? 1 : 0

/** @param {string} pair */
function install(pair) {
  const folder = join(root, '.versions', pair)
  if (pair === own) {
    mkdirSync(folder, { recursive: true })
    return folder
  }
  const [claude, codex] = pair.split('+')
  if (existsSync(join(folder, 'node_modules'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const packages = [`@anthropic-ai/claude-code@${claude}`, `@openai/codex@${codex}`]
  const { status } = spawnSync('npm', ['install', '--no-fund', '--no-audit', '--silent', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`${pair} cannot be installed`)
  }
  return folder
}

/**
 * @param {string} folder
 * @param {Record<string, string>} programs
 */
function run(folder, programs) {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const config = join(root, 'test', 'vitest.config.mjs')
  const reporter = ['--reporter=json', `--outputFile=${report}`]
  const where = tests.length > 0 ? tests : ['test/e2e']
  spawnSync(process.execPath, [vitest, 'run', '--config', config, ...reporter, ...where], {
    cwd: root,
    env: { ...process.env, ...programs, COUNTERSIGN_SLOW: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  /** @type {{ name: string, message: string, assertionResults: { status: string, fullName: string }[] }[]} */
  const results = JSON.parse(readFileSync(report, 'utf8')).testResults
  const all = results.flatMap(({ name, assertionResults, message }) =>
    assertionResults.length > 0
      ? assertionResults.map(one => ({ status: one.status, name: `${basename(name)}: ${one.fullName}` }))
      : [{ status: 'failed', name: `${basename(name)}: ${message}` }],
  )
  const count = (/** @type {string} */ status) => all.filter(one => one.status === status).length
  const failed = all.filter(({ status }) => status === 'failed').map(({ name }) => name)
  return { passed: count('passed'), failed, skipped: all.length - count('passed') - failed.length }
}
