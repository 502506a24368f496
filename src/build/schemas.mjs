import { build } from 'esbuild'

const source = `
import * as z from 'zod/mini'
import { prettyJson } from './src/core/text/pretty-json.ts'
import { Config } from './src/model/config.ts'
import { FindingsDocument } from './src/model/documents/findings-document.ts'
import { StatusDocument } from './src/model/documents/status-document.ts'
// What may be left out of a configuration has a default; of a document a later version may have more.
const schema = (title, document) => {
  const { $schema, ...schema } = z.toJSONSchema(document, { io: 'input' })
  return prettyJson({ $schema, title, ...schema })
}
export default {
  config: schema('Countersign configuration', Config),
  findings: schema('countersign findings --format json, version 2', FindingsDocument),
  status: schema('countersign status --json, version 2', StatusDocument),
}
`

/** @returns {Promise<Record<string, string>>} The JSON schemas by file name: of the configuration, for editors, and of what tools read. */
export async function schemas() {
  const stdin = { contents: source, resolveDir: '.' }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'node' })
  const bundle = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
  const made = (await import(`data:text/javascript;base64,${bundle}`)).default
  return Object.fromEntries(Object.entries(made).map(([name, text]) => [`${name}.schema.json`, `${text}\n`]))
}
