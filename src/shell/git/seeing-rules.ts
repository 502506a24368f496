import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Repository } from '../../model/repository.ts'
import { readBounded } from '../files/bounded-file.ts'
import { contentHash } from '../files/content-hash.ts'

const mostBytes = 4 * 1024 * 1024
type Setting = { name: string; value: string }

/**
 * What decides which files git sees and how, as hashes by the names that the user is told; null for what is not
 * set. Read from git's own files as text, since every prompt asks.
 */
export function seeingHashes({ gitDir, commonDir }: Repository): Record<string, string | null> {
  const home = process.env.HOME || homedir()
  const xdg = join(process.env.XDG_CONFIG_HOME || join(home, '.config'), 'git')
  const global = process.env.GIT_CONFIG_GLOBAL
  const { GIT_CONFIG_NOSYSTEM: noSystem, GIT_CONFIG_SYSTEM: system = '/etc/gitconfig' } = process.env
  const files = [
    ...(noSystem ? [] : [system]),
    ...(global === undefined ? [join(xdg, 'config'), join(home, '.gitconfig')] : [global]),
    join(commonDir, 'config'),
    join(gitDir, 'config.worktree'),
  ]
  const read = (file: string) => readBounded(file, mostBytes)
  const settings = files.flatMap(file => settingsIn(read(file) ?? ''))
  const values = (wanted: RegExp) => settings.filter(({ name }) => wanted.test(name))
  const hashed = (found: Setting[]) => (found.length > 0 ? short(JSON.stringify(found)) : null)
  const hashOf = (text: string | null) => (text === null || text.trim() === '' ? null : short(text))
  const fileHash = (file: string) => hashOf(read(file))
  const path = (value: string) => (value.startsWith('~/') ? join(home, value.slice(2)) : resolve(commonDir, value))
  const excludes = values(/^core\.excludesfile$/).at(-1)?.value
  const attributes = values(/^core\.attributesfile$/).at(-1)?.value
  const included = values(/^include(if\..*)?\.path$/)
  return {
    '.git/info/exclude': hashOf(withoutClaudes(read(join(commonDir, 'info', 'exclude')))),
    '.git/info/attributes': fileHash(join(commonDir, 'info', 'attributes')),
    '.git/info/sparse-checkout': fileHash(join(gitDir, 'info', 'sparse-checkout')),
    'global gitignore': fileHash(excludes ? path(excludes) : join(xdg, 'ignore')),
    'global gitattributes': fileHash(attributes ? path(attributes) : join(xdg, 'attributes')),
    'git config core.autocrlf': hashed(values(/^core\.(autocrlf|eol)$/)),
    'git config core.excludesFile': hashed(values(/^core\.excludesfile$/)),
    'git config core.fileMode': hashed(values(/^core\.filemode$/)),
    'git config core.ignoreCase': hashed(values(/^core\.ignorecase$/)),
    'git config core.symlinks': hashed(values(/^core\.symlinks$/)),
    'git config core.attributesFile': hashed(values(/^core\.attributesfile$/)),
    'git config filter': hashed(values(/^filter\./)),
    'git config include': hashed(included.map(one => ({ ...one, value: `${one.value} ${fileHash(path(one.value))}` }))),
  }
}

/** What Claude Code itself adds to the user's own ignore rules when it first keeps something of its own in a project. */
const claudesRules = new Set([
  '# claude-code-runtime',
  ...['scheduled_tasks.lock', 'scheduled_tasks.json', 'routines/.state/', 'worktrees/', 'checkpoints/', 'mailbox/'].map(
    name => `**/.claude/${name}`,
  ),
  ...['agent-registry.json', 'agent-memory-local', 'first-run', 'assistant-daemon-state.json'].map(
    name => `**/.claude/${name}`,
  ),
])

/** Ignore rules without those; the last line is ended, as Claude Code does before it adds some. */
function withoutClaudes(text: string | null): string | null {
  const lines = text?.split('\n').filter(line => !claudesRules.has(line)) ?? null
  return lines && (lines.at(-1) === '' ? lines : [...lines, '']).join('\n')
}

const short = (text: string): string => contentHash(text).slice(0, 16)

/** The settings of a git configuration, with lower-case names, in their order. */
function settingsIn(text: string): Setting[] {
  let section = ''
  return text.split('\n').flatMap(raw => {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(raw)
    if (header) section = header[2] === undefined ? header[1]! : `${header[1]}.${header[2]}`
    const setting = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*?))?\s*$/.exec(header ? raw.slice(header[0].length) : raw)
    return setting
      ? [{ name: `${section}.${setting[1]}`.toLowerCase(), value: (setting[2] ?? 'true').replace(/^"|"$/g, '') }]
      : []
  })
}
