import { build } from 'esbuild'

const source = `
import * as z from 'zod/mini'
import { Config } from './src/model/config.ts'
export default z.toJSONSchema(Config, { io: 'input' })
`

/** @returns {Promise<string>} The JSON schema of the configuration, for editors. */
export async function configSchema() {
  const stdin = { contents: source, resolveDir: '.' }
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', platform: 'node' })
  const bundle = Buffer.from(outputFiles[0]?.text ?? '').toString('base64')
  const { $schema, ...schema } = (await import(`data:text/javascript;base64,${bundle}`)).default
  return `${JSON.stringify({ $schema, title: 'Countersign configuration', ...schema }, null, 2)}\n`
}
