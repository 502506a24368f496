// What rules of agreement make of models that err: `npm run bench`. A table of per cents over 10,000 findings a profile; the
// shipped rule stands beside the one by words alone, and beside itself with other numbers of rounds.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const seeds = 10_000
const folder = mkdtempSync(join(tmpdir(), 'rule-variants-'))
const outfile = join(folder, 'noisy-models.mjs')
const entry = new URL('../support/cycle/noisy-models.ts', import.meta.url)
await build({
  entryPoints: [entry.pathname],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
})
const { base, first, profiles, shipped, simulate } = await import(pathToFileURL(outfile).href)
rmSync(folder, { recursive: true })

const rules = [first(1), first(2), first(3), shipped(1), shipped(2), shipped(3)]
/** @type {[string, string][]} */
const columns = [
  ['urgentDropped', 'urgent dropped'],
  ['realDropped', 'true dropped'],
  ['falseAgreed', 'false agreed'],
  ['precision', 'agreed is true'],
  ['disputed', 'disputed'],
  ['rounds', 'rounds each'],
]
/** @param {string[]} cells */
const line = cells => cells.map((cell, at) => (at === 0 ? cell.padEnd(32) : cell.padStart(15))).join('')

for (const [name, more] of Object.entries(profiles)) {
  process.stdout.write(`\n${line([`Models that are ${name}`, ...columns.map(([, title]) => title)])}\n`)
  for (const rule of rules) {
    const shares = simulate(rule, { ...base, ...more }, seeds)
    process.stdout.write(
      `${line([rule.name, ...columns.map(([key]) => shares[key].toFixed(key === 'rounds' ? 2 : 1))])}\n`,
    )
  }
}
