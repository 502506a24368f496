import { readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { SandboxName } from '../../model/ledger/fields.ts'
import { wayInside } from '../files/real-place.ts'
import { codexHome } from './codex-home.ts'
import { type Setting, toml } from './isolation.ts'

/** How a sandbox is asked for; in both, commands write nothing and reach no network. `-s` would win over a profile, so that it goes with the plain one alone. */
export const sandboxArgs = (sandbox: SandboxName, hidden: string[]): string[] =>
  sandbox === 'profile'
    ? profile(hidden).flatMap(setting => ['-c', setting])
    : ['-s', 'read-only', '-c', 'sandbox_mode="read-only"']

/**
 * A permission profile that reads everything but `hidden`.
 *
 * Files are named one by one: a glob such as `**` makes Codex walk the whole tree at each command.
 * @param hidden Absolute paths, free of links. One link among them, and no command starts on Linux.
 */
export const profile = (hidden: string[]): Setting[] => [
  'default_permissions="countersign"',
  `permissions.countersign.filesystem={":root"="read",${hidden.map(path => `${toml(path)}="deny"`).join(',')}}`,
]

/** Where programs of the usual kind keep logins, keys and what was typed, from the user's home. */
const privatePlaces = [
  ...[
    '.ssh',
    '.gnupg',
    '.aws',
    '.azure',
    '.kube',
    '.docker',
    '.config/gcloud',
    '.config/gh',
    '.config/op',
    '.config/sops',
  ],
  ...['.netrc', '_netrc', '.git-credentials', '.config/git/credentials', '.npmrc', '.yarnrc.yml', '.pypirc', '.pgpass'],
  ...[
    '.my.cnf',
    '.cargo/credentials',
    '.cargo/credentials.toml',
    '.gem/credentials',
    '.m2/settings.xml',
    '.terraform.d',
  ],
  ...[
    '.password-store',
    '.local/share/keyrings',
    '.local/share/kwalletd',
    'Library/Keychains',
    'AppData/Roaming/gnupg',
  ],
  ...['.mozilla', '.config/google-chrome', '.config/chromium', 'Library/Application Support/Google/Chrome'],
  ...['.claude', '.claude.json', '.gemini', '.config/github-copilot', '.local/share/opencode'],
  ...[
    '.bashrc',
    '.bash_profile',
    '.bash_login',
    '.profile',
    '.zshrc',
    '.zshenv',
    '.zprofile',
    '.zlogin',
    '.config/fish',
  ],
  ...[
    '.vault-token',
    '.terraformrc',
    '.databrickscfg',
    '.snowflake',
    '.s3cfg',
    '.boto',
    '.condarc',
    '.curlrc',
    '.wgetrc',
  ],
  ...['.config/containers/auth.json', '.config/rclone', '.config/doctl', '.config/fly', '.fly', '.config/stripe'],
  ...['.ngrok2', '.config/ngrok', '.config/pip/pip.conf', '.pip/pip.conf', '.composer/auth.json'],
  ...['.huggingface', '.cache/huggingface/token', '.gradle/gradle.properties', '.local/share/fish/fish_history'],
  ...['.bash_history', '.zsh_history', '.node_repl_history', '.python_history', '.psql_history', '.env'],
]

/** What Codex itself needs of its home: an installation of its own, and the helpers that its sandbox starts. */
const neededOfCodex = ['packages', 'bin', 'tmp']

/**
 * What the commands of a review must not read: the user's private places, Codex's own home, and `more`.
 *
 * @param needed Absolute paths that must stay readable. A folder that holds one of them is hidden around it.
 * @returns Absolute paths that exist, free of links.
 */
export function hiddenPaths(more: string[], needed: string[]): string[] {
  const home = codexHome()
  const claude = process.env.CLAUDE_CONFIG_DIR
  const places = [...privatePlaces.map(place => join(homedir(), place)), home, ...(claude ? [claude] : []), ...more]
  const kept = [...needed, ...neededOfCodex.map(name => join(home, name))].flatMap(path => real(path) ?? [])
  return [...new Set(places.flatMap(place => hide(place, kept)))]
}

function hide(path: string, kept: string[]): string[] {
  const place = real(path)
  if (place === null || kept.includes(place)) return []
  if (!kept.some(one => wayInside(place, one) !== null)) return [place]
  return readdirSync(place).flatMap(name => hide(join(place, name), kept))
}

function real(path: string): string | null {
  try {
    return realpathSync.native(path)
  } catch {
    return null
  }
}
