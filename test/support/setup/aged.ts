import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execaSync } from 'execa'
import type { ManifestEntry } from '../../../src/model/setup/manifest.ts'
import { contentHash } from '../../../src/shell/files/content-hash.ts'
import { countersign } from '../programs/cli.ts'
import { repository, type TestRepository } from '../repository.ts'

export const manifestPath = '.claude/countersign/manifest.json'
export const tester = '.claude/agents/tester.md'
export const bundle = '.claude/hooks/countersign.cjs'
export const fullBundle = '.claude/hooks/countersign-full.cjs'

export const read = ({ root }: TestRepository, path: string) => readFileSync(join(root, path), 'utf8')
export const has = ({ root }: TestRepository, path: string) => existsSync(join(root, path))
export const remove = ({ root }: TestRepository, path: string) => rmSync(join(root, path), { recursive: true })
export const manifestIn = (repo: TestRepository) => JSON.parse(read(repo, manifestPath))

/** Path → text of every file of the working tree, `.git` left out; bytes that are no text as Latin-1. */
export function treeOf({ root }: TestRepository): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const files = entries.map(entry =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/'),
  )
  const own = files.filter(file => !/^\.git(\/|$)/.test(file)).sort()
  return Object.fromEntries(own.map(file => [file, readFileSync(join(root, file), 'latin1')]))
}

/** A repository that `init` has set up. */
export async function installed(files: Record<string, string> = {}): Promise<TestRepository> {
  const repo = repository({ 'package.json': '{"scripts":{"test":"node --test"}}\n', ...files })
  const { exitCode, stderr } = await countersign(repo.root, 'init', '--yes')
  if (exitCode !== 0) throw new Error(stderr)
  return repo
}

/**
 * Makes the setup look as an older version left it: each file had this text then, and nobody has touched it since. Null
 * makes a file that no version today has.
 */
export function age(repo: TestRepository, olds: Record<string, string>, version = '0.0.9'): void {
  const manifest = manifestIn(repo)
  for (const [path, text] of Object.entries(olds)) {
    const entry: ManifestEntry | undefined = manifest.files[path]
    if (entry?.sha256 && !entry.noBase) remove(repo, `.claude/countersign/base/${entry.sha256}`)
    manifest.files[path] = { class: 'owned', id: path, ...entry, sha256: contentHash(text) }
    if (!entry?.noBase) repo.write(`.claude/countersign/base/${contentHash(text)}`, text)
    mkdirSync(dirname(join(repo.root, path)), { recursive: true })
    repo.write(path, text)
  }
  repo.write(manifestPath, `${JSON.stringify({ ...manifest, version }, null, 2)}\n`)
}

/** The tester agent as an older version might have had it: one line shorter, another worded differently. */
export function olderTester(repo: TestRepository): string {
  const lines = read(repo, tester).split('\n')
  return lines.map((line, index) => (index === 6 ? 'You test.' : line)).join('\n')
}

/** A setup whose tester the user and this version changed on the same line. */
export async function inConflict() {
  const repo = await installed()
  const newest = read(repo, tester)
  const old = olderTester(repo)
  age(repo, { [tester]: old })
  const mine = old.replace('You test.', 'You test gently.')
  repo.write(tester, mine)
  return { repo, newest, mine, old }
}

/** What the installed gate prints when a session starts. */
export function gateAtStart({ root }: TestRepository): string {
  const input = JSON.stringify({ hook_event_name: 'SessionStart', source: 'startup', session_id: 's', cwd: root })
  return execaSync('node', [join(root, bundle)], { cwd: root, input }).stdout
}
