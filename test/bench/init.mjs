// How long a newcomer waits: `npx countersign init` of a fresh repository from the packed tarball, npm's cache empty, beside
// `npm create vite` in the same round. Prints ratios; never fails on a time.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rounds = Number(process.argv[2] ?? 5)
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]).toString(),
)
const tarball = join(folder, packed.filename)

/** @param {string} name @param {(cwd: string) => string[]} command @returns {number | null} Seconds; null when it failed. */
function time(name, command) {
  const cwd = mkdtempSync(join(folder, `${name}-`))
  execFileSync('git', ['init', '-q'], { cwd })
  writeFileSync(join(cwd, 'package.json'), '{ "name": "fresh", "scripts": { "test": "node --test" } }\n')
  // Beside the repository, as anybody's home is: what npm unpacks is no part of what `init` looks at.
  const home = mkdtempSync(join(folder, 'home-'))
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_cache: join(home, '.npm'),
    npm_config_update_notifier: 'false',
    CI: 'true',
  }
  const [file = '', ...args] = command(cwd)
  const started = performance.now()
  const { status } = spawnSync(file, args, { cwd, env, stdio: 'ignore' })
  return status === 0 ? (performance.now() - started) / 1000 : null
}

const ours = () => ['npx', '--yes', `--package=file:${tarball}`, 'countersign', 'init', '--yes']
const vite = () => ['npm', 'create', '--yes', 'vite@latest', 'app', '--', '--template', 'vanilla', '--no-interactive']

const seconds = { ours: /** @type {number[]} */ ([]), vite: /** @type {number[]} */ ([]) }
const ratios = []
for (let round = 0; round < rounds; round++) {
  const a = time('ours', ours)
  const b = time('vite', vite)
  if (a !== null) seconds.ours.push(a)
  if (b !== null) seconds.vite.push(b)
  if (a !== null && b !== null) ratios.push(a / b)
}
const median = (/** @type {number[]} */ values) =>
  [...values].sort((a, b) => a - b)[values.length >> 1]?.toFixed(2) ?? 'failed'
console.log(`\nfresh repository, empty npm cache, ${rounds} rounds, median`)
console.log(`npx countersign init      ${median(seconds.ours)} s`)
console.log(`npm create vite           ${median(seconds.vite)} s`)
console.log(`ratio, round by round     ${median(ratios)}`)
