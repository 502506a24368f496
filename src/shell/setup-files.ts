import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { Config } from '../model/config.ts'
import { contentHash } from './content-hash.ts'
import { packageRoot } from './own-package.ts'
import { templateIndex } from './template-index.ts'
import { renderTemplate } from './templates.ts'

/** A file of a complete setup; `WantedFile` in core/plan.ts says what the fields mean. */
type SetupFile = {
  id: string
  path: string
  class: 'owned' | 'seed' | 'state'
  text: string
  hash: string
  prefixed?: { path: string; text: string; hash: string }
  about: string
  once?: boolean
  noBase?: boolean
  calledAs?: string
}

/**
 * Every file of a complete setup except settings.json and the manifest, which depend on what is there already.
 *
 * @param contexts What the rendered templates are given, by template name.
 */
export function setupFiles(contexts: Record<string, object>): SetupFile[] {
  const root = packageRoot()
  const hook = readFileSync(join(root, 'dist', 'hook.cjs'), 'utf8')
  return [
    ...filesFrom(join(root, 'templates', 'files'), contexts),
    file({
      id: 'hook',
      path: '.claude/hooks/countersign.cjs',
      class: 'owned',
      text: hook,
      noBase: true,
      calledAs: hook.slice(0, hook.indexOf('\n')),
      about: 'the gate itself',
    }),
    file({
      id: 'config-schema',
      path: `${state}/config.schema.json`,
      class: 'state',
      text: configSchema(),
      about: 'for editors: the keys of the configuration',
    }),
    file({
      id: 'decisions',
      path: `${state}/decisions.jsonl`,
      class: 'state',
      text: '',
      once: true,
      about: "the team's won't-do decisions",
    }),
  ]
}

/** The files that a directory of templates describes in its `index.yaml`. */
export function filesFrom(templates: string, contexts: Record<string, object>): SetupFile[] {
  return templateIndex(templates).map(({ template, target, ...entry }) => {
    const made = file({ ...entry, path: target, text: renderTemplate(templates, template, contexts) })
    const prefixed = entry.class === 'owned' ? underAnotherName(made) : undefined
    return prefixed ? { ...made, prefixed } : made
  })
}

/**
 * The same agent or skill as `countersign-NAME`, for where the user has one of that name. Claude Code goes by the name in
 * the head of the file, so that it changes as well. Undefined for anything else.
 */
function underAnotherName({ path, text }: SetupFile): SetupFile['prefixed'] {
  const [, dir, name, rest] = /^(\.claude\/(?:agents|skills)\/)([^/.]+)(\.md|\/.*)$/.exec(path) ?? []
  if (!name || name.startsWith('countersign')) return undefined
  const renamed = text.replace(/^(---\n(?:.*\n)*?name: )(.*)$/m, `$1countersign-${name}`)
  return { path: `${dir}countersign-${name}${rest}`, text: renamed, hash: contentHash(renamed) }
}

const state = '.claude/countersign'

const file = (entry: Omit<SetupFile, 'hash'>): SetupFile => ({ ...entry, hash: contentHash(entry.text) })

const configSchema = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(Config, { io: 'input' })
  return `${JSON.stringify({ $schema, title: 'Countersign configuration', ...schema }, null, 2)}\n`
}
