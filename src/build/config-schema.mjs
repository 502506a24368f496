import { build } from 'esbuild'

const source = `
import * as z from 'zod/mini'
import { prettyJson } from './src/core/text/pretty-json.ts'
import { Config } from './src/model/config.ts'
const { $schema, ...schema } = z.toJSONSchema(Config, { io: 'input' })
export default prettyJson({ $schema, title: 'Countersign configuration', ...schema })
`

/** @returns {Promise<string>} The JSON schema of the configuration, for editors. */
export async function configSchema() {
  const stdin = { contents: source, resolveDir: '.' }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'node' })
  const bundle = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
  const { default: schema } = await import(`data:text/javascript;base64,${bundle}`)
  return `${schema}\n`
}
