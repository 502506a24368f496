// What the first stop after a change costs in a large repository: `npm run bench`. The suite is `true`, so that what is
// left is ours. Prints the ratio to `node -e 0` and `git status` together, paired round by round, and never fails on it.
import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const files = 10_000
const rounds = Number(process.env.ROUNDS ?? 15)
const cli = resolve(process.argv[2] ?? 'dist/cli.cjs')

const root = mkdtempSync(join(tmpdir(), 'first-stop-bench-'))
const env = { PATH: process.env.PATH, HOME: root, CLAUDE_PROJECT_DIR: root, GIT_CONFIG_NOSYSTEM: '1' }
try {
  setUp()
  print(measure())
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** @param {string[]} args */
function git(...args) {
  execFileSync('git', args, { cwd: root, env, stdio: 'pipe' })
}

function setUp() {
  for (let i = 0; i < files; i++) {
    if (i % 100 === 0) mkdirSync(join(root, `src/part-${i / 100}`), { recursive: true })
    writeFileSync(join(root, `src/part-${Math.floor(i / 100)}/file-${i}.js`), `export const value = ${i}\n`.repeat(20))
  }
  git('init', '-q')
  execFileSync(process.execPath, [cli, 'init', '--yes'], { cwd: root, env, stdio: 'pipe' })
  writeFileSync(
    join(root, '.claude/countersign.yaml'),
    'version: 1\ntests: [{ name: t, command: "true", timeoutSeconds: 60 }]\n',
  )
  git('add', '-A')
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'commit', '-q', '-m', 'start')
}

/** @param {Record<string, unknown>} event @returns {string} */
function fire(event) {
  const input = JSON.stringify({ session_id: 'bench', cwd: root, permission_mode: 'default', ...event })
  const hook = join(root, '.claude/hooks/countersign.cjs')
  return spawnSync(process.execPath, [hook], { cwd: root, env, input, encoding: 'utf8' }).stdout
}

/** @typedef {{ wall: number[], cpu: number[] }} Readings Milliseconds, one entry a round. */

/** @returns {{ base: Readings, stop: Readings }} */
function measure() {
  const base = { wall: /** @type {number[]} */ ([]), cpu: /** @type {number[]} */ ([]) }
  const stop = { wall: /** @type {number[]} */ ([]), cpu: /** @type {number[]} */ ([]) }
  for (let round = -1; round < rounds; round++) {
    // Each round starts a run of its own: what lies there is settled by taking the ledger away.
    rmSync(join(root, '.git/countersign/ledger.jsonl'), { force: true })
    fire({ hook_event_name: 'SessionStart', source: 'startup' })
    fire({ hook_event_name: 'Stop', last_assistant_message: '' })
    appendFileSync(join(root, 'src/part-1/file-101.js'), `// ${round}\n`)
    const [before, cpuBefore] = [performance.now(), cpuOfChildren()]
    spawnSync(process.execPath, ['-e', '0'], { cwd: root, env })
    spawnSync('git', ['status', '--porcelain'], { cwd: root, env })
    const [between, cpuBetween] = [performance.now(), cpuOfChildren()]
    const said = fire({ hook_event_name: 'Stop', last_assistant_message: 'Done.' })
    const [after, cpuAfter] = [performance.now(), cpuOfChildren()]
    if (!said.includes('self-review')) throw new Error(`this was no first stop after a change: ${said}`)
    git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'commit', '-q', '-a', '-m', `round ${round}`)
    if (round < 0) continue
    base.wall.push(between - before)
    base.cpu.push(cpuBetween - cpuBefore)
    stop.wall.push(after - between)
    stop.cpu.push(cpuAfter - cpuBetween)
  }
  return { base, stop }
}

/**
 * Milliseconds of user and system time of all children and theirs that have ended; NaN where that is not known.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function cpuOfChildren() {
  if (process.platform !== 'linux') return Number.NaN
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) * 10
}

/** @param {{ base: Readings, stop: Readings }} readings */
function print({ base, stop }) {
  console.log(
    `\nFirst stop after a change, ${files} files, suite \`true\`, ${rounds} rounds, over node -e 0 + git status`,
  )
  console.log(
    `wall ${ratio(stop.wall, base.wall)} (${median(stop.wall).toFixed(0)} ms), CPU ${ratio(sums(stop.cpu), sums(base.cpu))}`,
  )
}

/** Linux shows a process's time in hundredths of a second: the sum of all rounds is one reading. @param {number[]} values */
function sums(values) {
  return [values.reduce((sum, value) => sum + value, 0)]
}

/** The median of the rounds' own ratios. @param {number[]} values @param {number[]} base */
function ratio(values, base) {
  const paired = median(values.map((value, i) => value / (base[i] ?? Number.NaN)))
  return Number.isNaN(paired) ? '–' : paired.toFixed(2)
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
