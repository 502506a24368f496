// What the hook costs beside an empty Node process: `npm run bench`. Prints ratios, since milliseconds are a machine's
// own, and never fails on one. Every round runs every command; the environment is cleared, because much of what stands
// in one (NODE_OPTIONS, NODE_EXTRA_CA_CERTS) slows Node itself down and makes any ratio to it look better.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'

const files = 100
const rounds = 31
/** Linux counts a process's time exactly but shows it in hundredths of a second: a few runs share one reading. */
const runsPerReading = 5

/** @typedef {{ name: string, args: string[], input: string }} Command */
/** @typedef {{ cpu: number[], wall: number[] }} Readings Milliseconds a run, one entry a round. */

const root = mkdtempSync(join(tmpdir(), 'hook-bench-'))
const home = mkdtempSync(join(tmpdir(), 'hook-bench-home-'))
const env = {
  PATH: process.env.PATH,
  HOME: home,
  CLAUDE_PROJECT_DIR: root,
  GIT_CONFIG_NOSYSTEM: '1',
  ...(process.platform === 'win32' && { SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP }),
}
try {
  setUp()
  print(measure(commands()))
} finally {
  for (const dir of [root, home]) rmSync(dir, { recursive: true, force: true })
}

/** A committed repository with Countersign in it, in which nothing has changed since the session began. */
function setUp() {
  /** @param {string[]} args */
  const git = (...args) => execFileSync('git', args, { cwd: root, env, stdio: 'pipe' })
  for (let i = 0; i < files; i++) {
    mkdirSync(join(root, `src/part-${i % 10}`), { recursive: true })
    const file = join(root, `src/part-${i % 10}/file-${i}.js`)
    writeFileSync(file, `export const value = ${i}\n`.repeat(20))
  }
  writeFileSync(join(root, 'package.json'), '{ "name": "bench", "scripts": { "test": "node --test" } }\n')
  git('init', '-q')
  execFileSync(process.execPath, [resolve('dist/cli.cjs'), 'init', '--yes'], { cwd: root, env, stdio: 'pipe' })
  // As old as the files of a working day, ours as well: git looks twice at what is younger than its index.
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.parentPath.includes(`${sep}.git`))
      utimesSync(join(entry.parentPath, entry.name), new Date('2024-01-01'), new Date('2024-01-01'))
  git('add', '-A')
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', 'commit', '-q', '-m', 'start')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)
}

/** @returns {Command[]} The first is what the others are compared with. */
function commands() {
  const hook = join(root, '.claude/hooks/countersign.cjs')
  /** @param {string} name @param {Record<string, unknown>} event @returns {Command} */
  const onEvent = (name, event) => {
    const input = JSON.stringify({ session_id: 'bench', cwd: root, permission_mode: 'default', ...event })
    return { name, args: [hook], input }
  }
  const edit = { file_path: join(root, 'src/part-1/file-1.js'), old_string: 'a', new_string: 'b' }
  const event = { hook_event_name: 'Stop', stop_hook_active: false, last_assistant_message: 'Nothing to do.' }
  return [
    { name: 'node -e 0', args: ['-e', '0'], input: '' },
    onEvent('Stop, nothing changed', event),
    onEvent('PreToolUse, Edit', { hook_event_name: 'PreToolUse', tool_name: 'Edit', tool_input: edit }),
    onEvent('SessionStart', { hook_event_name: 'SessionStart', source: 'startup' }),
  ]
}

/** @param {Command[]} commands @returns {Map<string, Readings>} */
function measure(commands) {
  // Twice before anything counts: the first run of all makes the index that later ones keep. A session begins with its start.
  for (const command of [...commands.toReversed(), ...commands]) run(command)
  /** @type {Map<string, Readings>} */
  const readings = new Map(commands.map(({ name }) => [name, { cpu: [], wall: [] }]))
  for (let round = 0; round < rounds; round++) {
    // Another order each round, so that no command always follows the same one.
    const turned = commands.map((_, i) => commands[(i * (round % 2 ? 1 : 3) + round) % commands.length])
    for (const command of turned) {
      if (!command) continue
      const before = { cpu: cpuOfChildren(), wall: performance.now() }
      for (let i = 0; i < runsPerReading; i++) run(command)
      readings.get(command.name)?.cpu.push((cpuOfChildren() - before.cpu) / runsPerReading)
      readings.get(command.name)?.wall.push((performance.now() - before.wall) / runsPerReading)
    }
  }
  return readings
}

/** @param {Command} command */
function run({ name, args, input }) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { cwd: root, env, input })
  const wrong = status !== 0 || stderr.length > 0 || (stdout.length > 0 && name !== 'SessionStart')
  if (wrong) throw new Error(`${name}: exit ${status}, ${error ?? ''} ${stdout} ${stderr}`)
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

/** @param {Map<string, Readings>} readings */
function print(readings) {
  const [base] = readings.values()
  if (!base) return
  console.log(
    `Node ${process.version}, ${files} files, ${rounds} rounds of ${runsPerReading} runs, cleared environment\n`,
  )
  console.log(`${'over node -e 0'.padEnd(24)}${'CPU'.padStart(6)}${'wall'.padStart(8)}${'wall, ms'.padStart(12)}`)
  for (const [name, { cpu, wall }] of readings) {
    const columns = [
      ratio(cpu, base.cpu).padStart(6),
      ratio(wall, base.wall).padStart(8),
      median(wall).toFixed(1).padStart(12),
    ]
    console.log(name.padEnd(24) + columns.join(''))
  }
}

/**
 * The median of the rounds' own ratios.
 * @param {number[]} values @param {number[]} base
 */
function ratio(values, base) {
  const paired = median(values.map((value, i) => value / (base[i] ?? Number.NaN)))
  return Number.isNaN(paired) ? '–' : paired.toFixed(2)
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
