import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import templates, { type SetupContexts } from '../../../templates/files/index.yaml'
import { configSchemaPath, decisionsPath, fullHookPath, hookPath } from '../../model/paths.ts'
import type { WantedFile } from '../../model/setup/setup-file.ts'
import { contentHash } from '../files/content-hash.ts'
import { packageRoot } from './own-package.ts'

/** Every file of a complete setup except settings.json and the manifest, which depend on what is there already. */
export function setupFiles(contexts: SetupContexts): WantedFile[] {
  return [
    ...templates.map(({ text, target, ...entry }) => {
      const made = file({ ...entry, path: target, text: text(contexts) })
      const prefixed = entry.class === 'owned' ? underAnotherName(made) : undefined
      return prefixed ? { ...made, prefixed } : made
    }),
    hookFile('hook-full', fullHookPath, 'hook-full.cjs', 'the rest of the gate, loaded when there is work to do'),
    hookFile('hook', hookPath, 'hook.cjs', 'the gate itself'),
    file({
      id: 'config-schema',
      path: configSchemaPath,
      class: 'state',
      text: built('config.schema.json'),
      about: 'for editors: the keys of the configuration',
    }),
    file({
      id: 'decisions',
      path: decisionsPath,
      class: 'state',
      text: '',
      once: true,
      about: "the team's won't-do decisions",
    }),
  ]
}

/**
 * The same agent or skill as `countersign-NAME`, for where the user has one of that name. Claude Code uses the name in
 * the head of the file, so that changes as well. Undefined for anything else.
 */
function underAnotherName({ path, text }: WantedFile): WantedFile['prefixed'] {
  const [, dir, name, rest] = /^(\.claude\/(?:agents|skills)\/)([^/.]+)(\.md|\/.*)$/.exec(path) ?? []
  if (!name || name.startsWith('countersign')) return undefined
  const renamed = text.replace(/^(---\n(?:.*\n)*?name: )(.*)$/m, `$1countersign-${name}`)
  return { path: `${dir}countersign-${name}${rest}`, text: renamed, hash: contentHash(renamed) }
}

/** One file of the hook. Both come back when they are missing: the first is called, and the second loaded by it. */
function hookFile(id: string, path: string, name: string, about: string): WantedFile {
  const text = built(name)
  return file({ id, path, class: 'owned', text, noBase: true, calledAs: text.slice(0, text.indexOf('\n')), about })
}

const file = (entry: Omit<WantedFile, 'hash'>): WantedFile => ({ ...entry, hash: contentHash(entry.text) })

/** What the build made. */
const built = (name: string): string => readFileSync(join(packageRoot(), 'dist', name), 'utf8')
