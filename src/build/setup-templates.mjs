import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/**
 * Turns `templates/files/index.yaml` into a module, so that `init` reads no template and needs no template engine.
 *
 * @param {string} source The index.
 * @param {string} file Its absolute path; templates lie beside it.
 * @returns {string} An ES module whose default export is a `SetupTemplate[]`, see setup-templates.d.ts.
 */
export function setupTemplates(source, file) {
  /** @type {{ id: string, template: string }[]} */
  const entries = parse(source)
  const imports = entries.map(({ template }, i) =>
    template.endsWith('.hbs') ? `import text${i} from './${template}'\n` : '',
  )
  const made = entries.map(({ template, ...entry }, i) => {
    const rendered = template.endsWith('.hbs')
    const text = rendered
      ? `contexts => text${i}(contexts[${JSON.stringify(entry.id)}])`
      : `() => ${JSON.stringify(readFileSync(join(dirname(file), template), 'utf8'))}`
    return `  { ...${JSON.stringify(entry)}, text: ${text} },\n`
  })
  return `${imports.join('')}export default [\n${made.join('')}]\n`
}
