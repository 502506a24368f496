import Handlebars from 'handlebars'

/**
 * Compiles a template to a plain function, so that neither the hook nor `init` needs a template engine. What comes out is
 * Markdown and YAML: nothing is escaped for HTML.
 *
 * Knows `{{name}}`, `{{quoted name}}` (a JSON string, which is a YAML scalar no text can break out of), `{{this}}`, `{{this.name}}`, `{{@root.name}}`, `{{#if name}}…{{else}}…{{/if}}`, `{{#each name}}…{{/each}}` and
 * comments; anything else is refused here rather than misprinted later.
 *
 * @param {string} source The template.
 * @param {string} file Its name, for errors.
 * @returns {string} An ES module whose default export maps a context object to text. A slot without a value throws.
 */
export function compileTemplate(source, file) {
  return `const need = (value, slot) => {
  if (value === undefined) throw new Error('${file} has no value for ' + slot)
  return value
}
const holds = value => (Array.isArray(value) ? value.length > 0 : Boolean(value))
export default context => ${body(Handlebars.parse(source), 'context', file)}
`
}

/** @param {any} program @param {string} scope @param {string} file @returns {string} */
function body(program, scope, file) {
  const parts = program.body.map((/** @type {any} */ node) => part(node, scope, file)).filter(Boolean)
  return parts.length > 0 ? parts.join(' + ') : "''"
}

/** @param {any} node @param {string} scope @param {string} file @returns {string} */
function part(node, scope, file) {
  if (node.type === 'ContentStatement') return node.value && literal(node.value)
  if (node.type === 'CommentStatement') return ''
  if (node.type === 'MustacheStatement' && node.params.length === 0) return `String(${slot(node.path, scope, file)})`
  if (node.type === 'MustacheStatement' && node.path.original === 'quoted' && node.params.length === 1)
    return `JSON.stringify(${slot(node.params[0], scope, file)})`
  if (node.type === 'BlockStatement' && node.params.length === 1) {
    const value = slot(node.params[0], scope, file)
    if (node.path.original === 'each') return `${value}.map(item => ${body(node.program, 'item', file)}).join('')`
    if (node.path.original === 'if') {
      const otherwise = node.inverse ? body(node.inverse, scope, file) : "''"
      return `(holds(${value}) ? ${body(node.program, scope, file)} : ${otherwise})`
    }
  }
  throw new Error(
    `${file}:${node.loc.start.line}: only {{name}}, {{quoted name}}, {{#if}} and {{#each}} are understood here`,
  )
}

/** Line by line, so that a text can be read in what is built. @param {string} text */
const literal = text => `\`${text.replace(/[\\`]|\$\{/g, '\\$&')}\``

/** @param {any} path @param {string} scope @param {string} file @returns {string} */
function slot(path, scope, file) {
  if (path.depth > 0) throw new Error(`${file}:${path.loc.start.line}: ../ is not understood here`)
  const parts = path.data && path.parts[0] === 'root' ? path.parts.slice(1) : path.parts
  const names = parts.map((/** @type {string} */ name) => `[${JSON.stringify(name)}]`).join('')
  return names ? `need(${path.data ? 'context' : scope}${names}, ${JSON.stringify(path.original)})` : scope
}
