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
  path: string
  class: 'owned' | 'seed' | 'state'
  text: string
  hash: string
  about: string
  once?: boolean
  noBase?: boolean
}

/**
 * Every file of a complete setup except settings.json and the manifest, which depend on what is there already.
 *
 * @param contexts What the rendered templates are given, by template name.
 */
export function setupFiles(contexts: Record<string, object>): SetupFile[] {
  const root = packageRoot()
  const templates = join(root, 'templates', 'files')
  const rendered = templateIndex(templates).map(({ template, target, ...entry }) =>
    file({ ...entry, path: target, text: renderTemplate(templates, template, contexts) }),
  )
  const hook = readFileSync(join(root, 'dist', 'hook.cjs'), 'utf8')
  return [
    ...rendered,
    file({ path: '.claude/hooks/countersign.cjs', class: 'owned', text: hook, noBase: true, about: 'the gate itself' }),
    file({
      path: `${state}/config.schema.json`,
      class: 'state',
      text: configSchema(),
      about: 'for editors: the keys of the configuration',
    }),
    file({
      path: `${state}/decisions.jsonl`,
      class: 'state',
      text: '',
      once: true,
      about: "the team's won't-do decisions",
    }),
  ]
}

const state = '.claude/countersign'

const file = (entry: Omit<SetupFile, 'hash'>): SetupFile => ({ ...entry, hash: contentHash(entry.text) })

const configSchema = (): string => {
  const { $schema, ...schema } = z.toJSONSchema(Config, { io: 'input' })
  return `${JSON.stringify({ $schema, title: 'Countersign configuration', ...schema }, null, 2)}\n`
}
