import Handlebars from 'handlebars'

/**
 * What a template does with one value of its context.
 *
 * @typedef {object} Use
 * @property {boolean} printed A slot prints it.
 * @property {boolean} tested An `#if` asks for it.
 * @property {boolean} needed Something uses it outside of an `#if` that asks for it.
 * @property {Use | null} item What is done with each of its items.
 * @property {Map<string, Use>} fields What is done with its fields, in the order of the template.
 */

/** @returns {Use} */
const unused = () => ({ printed: false, tested: false, needed: false, item: null, fields: new Map() })

/**
 * The TypeScript type of the context that a template takes: exactly the values it uses, so that tsc finds a slot without a
 * value and a value without a slot. Knows what `compileTemplate` knows, which refuses the rest.
 *
 * A printed value is a `Printed` (template.d.ts); one that is only asked for is a boolean; a value, but no list, may be null
 * where it is used only after an `#if` has found it there.
 *
 * @param {string} source The template.
 * @param {string} indent What its lines begin with after the first.
 * @returns {string} A type literal, formatted as Biome formats it.
 */
export function contextType(source, indent) {
  const root = unused()
  walk(Handlebars.parse(source), { root, scope: root, found: [] })
  return typeOf(root, indent)
}

/**
 * @param {any} program
 * @param {{ root: Use, scope: Use, found: Use[] }} at `scope`: what a bare name is looked up in; `found`: the values that an
 * `#if` around this place has asked for.
 */
function walk(program, at) {
  for (const node of program?.body ?? []) {
    if (node.type === 'MustacheStatement') used(node.params[0] ?? node.path, at).printed = true
    if (node.type !== 'BlockStatement') continue
    if (node.path.original === 'each') {
      const list = used(node.params[0], at)
      list.item ??= unused()
      walk(node.program, { ...at, scope: list.item })
    } else {
      const asked = look(node.params[0], at).at(-1) ?? at.scope
      asked.tested = true
      walk(node.program, { ...at, found: [...at.found, asked] })
      walk(node.inverse, at)
    }
  }
}

/**
 * The value that a path leads to; it and all on the way to it are needed, unless an `#if` has found them.
 *
 * @param {any} path @param {Parameters<typeof walk>[1]} at @returns {Use}
 */
function used(path, at) {
  const way = look(path, at)
  for (const use of way) use.needed ||= !at.found.includes(use)
  return way.at(-1) ?? at.scope
}

/** @param {any} path @param {Parameters<typeof walk>[1]} at @returns {Use[]} One for each name in the path. */
function look(path, { root, scope }) {
  let use = path.data ? root : scope
  const names = path.data ? path.parts.slice(1) : path.parts
  return names.map((/** @type {string} */ name) => {
    const next = use.fields.get(name) ?? unused()
    use.fields.set(name, next)
    use = next
    return next
  })
}

/** @param {Use} use @param {string} indent @returns {string} */
function typeOf(use, indent) {
  if (use.item) return `readonly ${typeOf(use.item, indent)}[]`
  const orNull = use.tested && !use.needed ? ' | null' : ''
  if (use.fields.size > 0) {
    const fields = [...use.fields].map(([name, field]) => `${indent}  ${name}: ${typeOf(field, `${indent}  `)}\n`)
    return `{\n${fields.join('')}${indent}}${orNull}`
  }
  return use.printed ? `Printed${orNull}` : 'boolean'
}
