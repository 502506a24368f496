import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'

const engine = Handlebars.create()
// A JSON string is a YAML double-quoted scalar, so that no command can break out of its line.
engine.registerHelper('quoted', (text: string) => JSON.stringify(text))

/**
 * Renders a template of `templates/files`; one without `.hbs` at its end is returned as it is.
 *
 * @param contexts A context object for each rendered template, by template name.
 * @throws When a template names a value that its context does not have.
 */
export function renderTemplate(dir: string, template: string, contexts: Record<string, object>): string {
  const source = readFileSync(join(dir, template), 'utf8')
  if (!template.endsWith('.hbs')) return source
  const context = contexts[template]
  if (!context) throw new Error(`${template} has no context`)
  // What is written is Markdown and YAML, not HTML: `&&` has to stay `&&`.
  return engine.compile(source, { noEscape: true, strict: true, knownHelpers: { quoted: true } })(context)
}
