// What changes cost with the real programs and scripted models: `npm run bench`. Give the command lines of two versions to see
// them side by side, paired by change: `node test/bench/bill.mjs dist/cli.cjs OTHER/dist/cli.cjs`.
import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

// Beside the packages, so that what is built finds the two programs.
const folder = mkdtempSync(fileURLToPath(new URL('../../dist/bill-', import.meta.url)))
const outfile = join(folder, 'bill.mjs')
const entry = new URL('../support/programs/bill.ts', import.meta.url)
/** @type {typeof import('../support/programs/bill.ts')} */
let bill
try {
  await build({
    ...{ entryPoints: [entry.pathname], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
    packages: 'external',
  })
  bill = await import(pathToFileURL(outfile).href)
} finally {
  rmSync(folder, { recursive: true })
}

const half = { files: 6, lines: 50, findings: 10, disputed: 4, reads: 0 }
const large = { ...half, files: 40, lines: 75 }
const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const mixed = { 'package-lock.json': '{ "lockfileVersion": 3 }\n', 'logo.png': picture, 'README.md': null }
/** @type {import('../support/programs/bill.ts').Work[]} */
const works = [
  { ...half, name: '300 lines, 1 round', rounds: 1 },
  { ...half, name: '300 lines, 2 rounds', rounds: 2 },
  { ...half, name: '300 lines, 2 rounds, reads', rounds: 2, reads: 6 },
  { ...large, name: '3,000 lines, 1 round', rounds: 1 },
  { ...large, name: '3,000 lines, 2 rounds', rounds: 2 },
  { ...large, name: '3,000 lines, 2 rounds, reads', rounds: 2, reads: 6 },
  { ...large, name: '3,000 lines, fix in 2 files', rounds: 1, picks: 'F1 F2' },
  { name: 'nothing found', files: 2, lines: 20, findings: 0, disputed: 0, rounds: 2, reads: 0 },
  {
    name: 'ten files and more, 3 agreed',
    files: 7,
    lines: 20,
    others: mixed,
    findings: 3,
    disputed: 0,
    rounds: 2,
    reads: 0,
  },
  { name: 'one disputed', files: 2, lines: 20, findings: 1, disputed: 1, rounds: 2, reads: 0 },
  { name: 'one agreed, fixed', files: 2, lines: 20, findings: 1, disputed: 0, rounds: 2, reads: 0, picks: 'all' },
  { name: 'two agreed, left', files: 2, lines: 20, findings: 2, disputed: 0, rounds: 2, reads: 0, picks: 'none' },
]
const clis = process.argv.length > 2 ? process.argv.slice(2).map(cli => resolve(cli)) : [resolve('dist/cli.cjs')]
const only = process.env.WORK

console.log('| change | Codex requests | tokens | effective | Claude requests | our bytes | questions | signed |')
console.log('|---|---|---|---|---|---|---|---|')
for (const work of works.filter(({ name }) => !only || name.includes(only))) {
  /** @type {import('../support/programs/bill.ts').Bill[]} */
  const bills = []
  for (const cli of clis) bills.push(await bill.billOf(cli, work))
  /** @param {keyof import('../support/programs/bill.ts').Bill} key */
  const cell = key => bills.map(one => one[key].toLocaleString('en')).join(' · ')
  /** @param {'raw' | 'effective'} key */
  const withRatio = key => {
    const [one, other] = bills
    return one && other ? `${cell(key)} (${(one[key] / other[key]).toFixed(2)})` : cell(key)
  }
  const row = [cell('requests'), withRatio('raw'), withRatio('effective')]
  const rest = ['claudeRequests', 'claudeBytes', 'questions'].map(key => cell(/** @type {'questions'} */ (key)))
  console.log(`| ${work.name} | ${[...row, ...rest, bills.map(one => one.signed).join(' · ')].join(' | ')} |`)
}
