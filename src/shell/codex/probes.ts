import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnvironment } from '../processes/environment.ts'
import type { Program } from '../processes/find-program.ts'
import { type BriefRun, runBriefly } from '../processes/run-briefly.ts'
import { errorIn } from './error-words.ts'
import type { Setting } from './isolation.ts'
import { profile } from './permission-profile.ts'

// Questions to a program about itself. None of them reaches a model, and each takes some tenths of a second.

const longestMs = 20_000

/** Starts a command of Codex's and waits for its end. */
export type Codex = (args: string[], settings: Setting[], cwd?: string) => Promise<BriefRun>

/** Codex, as the probes start it. */
export const codexIn =
  (program: Program, here: string): Codex =>
  (args, settings, cwd = here) =>
    runBriefly({
      command: { file: program.file, args: [...program.args, ...args, ...settings.flatMap(one => ['-c', one])] },
      cwd,
      env: { ...cleanEnvironment(process.env), COUNTERSIGN_NESTED: '1' },
      deadlineMs: longestMs,
    })

/**
 * The MCP servers that a call would start, by name: true where one is switched on. Asked of Codex itself, whose
 * configuration has more layers than one file. What it said instead, where it cannot tell.
 */
export async function mcpServers(codex: Codex, settings: Setting[]): Promise<Record<string, boolean> | string> {
  const run = await codex(['mcp', 'list', '--json'], settings)
  try {
    const servers: { name: string; enabled: boolean }[] = JSON.parse(run.stdout)
    return Object.fromEntries(servers.map(({ name, enabled }) => [name, enabled]))
  } catch {
    return wordsOf(run)
  }
}

/** What Codex has against these settings; null when it takes them. */
export async function refusal(codex: Codex, settings: Setting[]): Promise<string | null> {
  const run = await codex(['features', 'list'], settings)
  return run.exitCode === 0 ? null : wordsOf(run)
}

/** Whether `codex exec` knows an option. */
export const knowsOption = async (codex: Codex, option: string): Promise<boolean> =>
  (await codex(['exec', option, '--help'], [])).exitCode === 0

/**
 * Whether the commands of a call with this profile start, read the working directory, and neither read what is hidden
 * nor write; tried by a command in the sandbox itself.
 */
export const profileWorks = (codex: Codex, settings: Setting[], hidden: string[]): Promise<boolean> =>
  inScratch(async folder => {
    const secret = join(folder, 'secret')
    writeFileSync(secret, 'secret')
    const command = ['--', process.execPath, '-e', tryIt, folder]
    // Options go before the command.
    const options = [...settings, ...profile([...hidden, secret])].flatMap(one => ['-c', one])
    const { stdout } = await codex(['sandbox', ...options, ...command], [])
    return stdout.trim() === 'confined' && !existsSync(join(folder, 'written'))
  })

// Written to the descriptor itself: what Node needs for console.log on a socket is forbidden in the sandbox.
const tryIt = `const fs = require('node:fs'); const folder = process.argv[1]; let found = 'confined'
fs.readdirSync('.')
try { if (fs.readFileSync(folder + '/secret', 'utf8')) found = 'reads' } catch {}
try { fs.writeFileSync(folder + '/written', ''); found = 'writes' } catch {}
fs.writeSync(1, found)`

/** Whether the text of a tree's AGENTS.md or skills gets into a prompt with these settings; tried on a tree made for it. */
export const obeysTheTree = (codex: Codex, settings: (tree: string) => Setting[]): Promise<boolean> =>
  inScratch(async folder => {
    const sign = 'countersign-probe'
    for (const dir of ['.git', '.agents/skills/probe', '.codex/skills/probe'])
      mkdirSync(join(folder, dir), { recursive: true })
    const skill = `---\nname: probe\ndescription: ${sign}\n---\n`
    for (const dir of ['.agents', '.codex']) writeFileSync(join(folder, dir, 'skills/probe/SKILL.md'), skill)
    writeFileSync(join(folder, 'AGENTS.md'), sign)
    const { stdout } = await codex(['debug', 'prompt-input', 'hello'], settings(folder), folder)
    return stdout.includes(sign)
  })

async function inScratch<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'countersign-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Its error in one line. */
function wordsOf({ stderr, cutShort, exitCode }: BriefRun): string {
  return cutShort ?? (errorIn(stderr) || `exit ${exitCode}`)
}
