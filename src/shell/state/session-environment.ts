import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isSteering } from '../../model/steering-variables.ts'
import { readWhole } from '../files/bounded-file.ts'
import { findProgram, type Program } from '../processes/find-program.ts'

// Claude Code applies a changed `env` of its settings to a session that is running, and keeps it when the file is gone again.
// So what reaches Codex, git and Node is remembered as it was at the user's last word.

/** Names of variables, of files in Codex's home, and of its program, each with a hash of what it was. */
type Environment = Record<string, string>

/** What names somebody or asks them something leaves the review as it is. */
const harmless = /^GIT_(?:AUTHOR|COMMITTER|EDITOR|SEQUENCE_EDITOR|PAGER|TERMINAL_PROMPT|ASKPASS)/i
const mostSessions = 20

const fileOf = (stateDir: string): string => join(stateDir, 'environment.json')

/** Takes the environment of this session as it is: the user has spoken in it. */
export function acceptEnvironment(stateDir: string, session: string): void {
  const others = Object.entries(known(stateDir)).filter(([id]) => id !== session)
  const all = Object.fromEntries([...others, [session, environment()]].slice(-mostSessions))
  const draft = `${fileOf(stateDir)}.${process.pid}`
  try {
    writeFileSync(draft, JSON.stringify(all), { mode: 0o600 })
    renameSync(draft, fileOf(stateDir))
  } catch {
    // On a full disk the one before stays, and what differs from it is said.
  }
}

/** What differs in this session from what it was at the user's last word, by name; nothing where that is not known. */
export function changedEnvironment(stateDir: string, session: string): string[] {
  const before = known(stateDir)[session]
  if (!before) return []
  const now = environment()
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(name => before[name] !== now[name]).sort()
}

function known(stateDir: string): Record<string, Environment> {
  try {
    return JSON.parse(readWhole(fileOf(stateDir)) ?? '{}')
  } catch {
    return {}
  }
}

function environment(): Environment {
  const names = Object.keys(process.env).filter(name => isSteering(name) && !harmless.test(name))
  const home = process.env.CODEX_HOME || join(process.env.HOME || homedir(), '.codex')
  return {
    ...Object.fromEntries(names.map(name => [name, hash(process.env[name] ?? '')])),
    ...Object.fromEntries(codexFiles.map(name => [`Codex’s ${name}`, hash(text(join(home, name)))])),
    'the codex program': hash(programAt(findProgram('codex'))),
  }
}

/** What Codex reads in its home whatever it is asked: its configuration, and instructions for every task. */
const codexFiles = ['config.toml', 'AGENTS.md', 'AGENTS.override.md']

/** Which program it is, and which version of it lies there. */
function programAt(program: Program | null): string {
  try {
    const real = realpathSync(program?.file ?? '')
    const { ino, size, mtimeMs } = statSync(real)
    return [real, ino, size, mtimeMs].join(' ')
  } catch {
    return ''
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const hash = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16)
