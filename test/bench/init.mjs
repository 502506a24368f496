// How long a newcomer waits: `npx countersign init` of a fresh repository, npm's cache empty, beside `npm create vite` in the
// same round; once from a registry, as a newcomer has it (ours is on loopback), and once from the packed file, which npm
// unpacks twice. Prints ratios; never fails on a time.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const rounds = Number(process.argv[2] ?? 5)
const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const [packed] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]).toString(),
)
const tarball = join(folder, packed.filename)
const registry = await serve(readFileSync(tarball))

const init = ['countersign', 'init', '--yes']
const vite = 'npm create vite'
/** @type {Record<string, string[]>} */
const commands = {
  'npx countersign init': ['npx', '--yes', '--registry', registry.url, ...init],
  '… of the packed file': ['npx', '--yes', `--package=file:${tarball}`, ...init],
  [vite]: ['npm', 'create', '--yes', 'vite@latest', 'app', '--', '--template', 'vanilla', '--no-interactive'],
}

/** @type {Record<string, number[]>} Seconds by command, one a round. */
const seconds = Object.fromEntries(Object.keys(commands).map(name => [name, []]))
for (let round = 0; round < rounds; round++)
  for (const [name, command] of Object.entries(commands)) seconds[name]?.push(await time(command))
registry.close()

console.log(`\nfresh repository, empty npm cache, ${rounds} rounds      median      over ${vite}`)
for (const [name, values] of Object.entries(seconds)) {
  const ratios = values.map((value, round) => value / (seconds[vite]?.[round] ?? Number.NaN))
  console.log(`${name.padEnd(48)} ${median(values).toFixed(2)} s     ${median(ratios).toFixed(2)}`)
}

/** @param {string[]} command @returns {Promise<number>} Seconds; NaN when it failed. */
async function time([file = '', ...args]) {
  const cwd = mkdtempSync(join(folder, 'repository-'))
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
  const started = performance.now()
  const [status] = await once(spawn(file, args, { cwd, env, stdio: 'ignore' }), 'exit')
  return status === 0 ? (performance.now() - started) / 1000 : Number.NaN
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.filter(value => !Number.isNaN(value)).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** A registry of one package. @param {Buffer} bytes The packed file. */
async function serve(bytes) {
  const { name, version, bin, engines } = JSON.parse(readFileSync('package.json', 'utf8'))
  const server = createServer(({ method, url }, response) => {
    if (url?.endsWith('.tgz')) return response.end(bytes)
    if (method === 'POST') return response.end('{}') // The audit, of which there is nothing to say.
    if (url !== `/${name}`) return response.writeHead(404).end()
    const dist = { tarball: `${address}/${name}.tgz`, integrity: packed.integrity }
    const versions = { [version]: { name, version, bin, engines, dist } }
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`
  return { url: address, close: () => server.close() }
}
