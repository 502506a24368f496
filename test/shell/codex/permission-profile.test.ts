import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { hiddenPaths, profile } from '../../../src/shell/codex/permission-profile.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

/** A home with these files in it, taken for the user's; links are `path -> target`. */
function home(...files: string[]): string {
  const root = realpathSync(temporaryDirectory())
  for (const file of files) {
    const [path = '', target] = file.split(' -> ')
    mkdirSync(dirname(join(root, path)), { recursive: true })
    if (target) symlinkSync(target, join(root, path))
    else writeFileSync(join(root, path), '')
  }
  vi.stubEnv('HOME', root)
  vi.stubEnv('USERPROFILE', root)
  vi.stubEnv('CODEX_HOME', '')
  vi.stubEnv('CLAUDE_CONFIG_DIR', '')
  return root
}
const hidden = (root: string, more: string[] = [], needed: string[] = []) =>
  hiddenPaths(more, needed)
    .filter(path => path.startsWith(root))
    .map(path => path.slice(root.length + 1))

it('what is private in a home is hidden, as far as it is there', () =>
  expect(hidden(home('.ssh/id_rsa', '.aws/credentials', '.gitconfig', '.codex/auth.json', 'src/a.js'))).toEqual([
    '.ssh',
    '.aws',
    '.codex',
  ]))

it.each([
  ...['.vault-token', '.config/containers/auth.json', '.terraformrc', '.terraform.d/credentials.tfrc.json'],
  ...['.databrickscfg', '.composer/auth.json', '.config/rclone/rclone.conf', '.s3cfg', '.boto', '.huggingface/token'],
  ...['.cache/huggingface/token', '.gradle/gradle.properties', '.config/doctl/config.yaml', '.config/fly/c', '.fly/c'],
  ...['.config/stripe/config.toml', '.snowflake/c', '.ngrok2/ngrok.yml', '.config/ngrok/ngrok.yml', '.curlrc'],
  ...['.local/share/fish/fish_history', '.wgetrc', '.condarc', '.config/pip/pip.conf', '.pip/pip.conf'],
])('~/%s is private', file => {
  const found = hidden(home(file, 'src/a.js'))
  expect(found.filter(path => file === path || file.startsWith(`${path}/`))).toEqual(found)
  expect(found).toHaveLength(1)
})

it('what is given is hidden too', () => {
  const root = home('src/.env')
  expect(hidden(root, [join(root, 'src/.env'), join(root, 'src/.env'), join(root, 'missing')])).toEqual(['src/.env'])
})

itNeeds('POSIX')('a link is hidden by what it leads to, since the sandbox starts nothing with a link in its list', () =>
  expect(hidden(home('dotfiles/ssh/id_rsa', '.ssh -> dotfiles/ssh', '.netrc -> nowhere'))).toEqual(['dotfiles/ssh']),
)

it('a folder that holds what is needed is hidden around it', () => {
  const root = home(
    '.claude/a/repo/src.js',
    '.claude/a/other',
    '.claude/b',
    '.codex/packages/codex',
    '.codex/auth.json',
  )
  expect(hidden(root, [], [join(root, '.claude/a/repo')])).toEqual(['.claude/a/other', '.claude/b', '.codex/auth.json'])
})

it('what is needed is not hidden', () => {
  const root = home('state/change.patch', 'state/ledger.jsonl')
  expect(hidden(root, [join(root, 'state')], [join(root, 'state/change.patch')])).toEqual(['state/ledger.jsonl'])
})

it('a profile names each hidden path, in quotes', () =>
  expect(profile(['/home/a "b"/.ssh', 'C:\\Users\\a'])).toEqual([
    'default_permissions="countersign"',
    'permissions.countersign.filesystem={":root"="read","/home/a \\"b\\"/.ssh"="deny","C:\\\\Users\\\\a"="deny"}',
  ]))
