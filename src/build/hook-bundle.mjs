import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { templatesPlugin } from './plugins.mjs'

const marker = '/*COUNTERSIGN-COLD\n'

/**
 * Bundles the hook: a small hot half that answers "nothing changed", and in the same file a block comment that holds the
 * cold half, the rest of the cycle, which is compiled only when it is needed.
 *
 * V8 has to scan every function it does not run, and so plain code of that size would cost every event a good part of
 * Node's own start; a comment costs little. src/README.md has the figures.
 *
 * @param {string} out Directory of the bundle.
 * @param {Record<string, string>} define
 * @returns {Promise<{inputs: string[]}>} The source files that went in.
 */
export async function bundleHook(out, define) {
  const [hot, cold] = await Promise.all([half('src/hook.ts', define), half('src/hook/full-answer.ts', define)])
  // Nothing inside a comment may end it: a tilde more between star and slash, which load-cold.ts takes out again.
  const hidden = cold.code.replace(/\*(~*)\//g, '*$1~/')
  await writeFile(`${out}/hook.cjs`, `${banner}\n${hot.code}${marker}${hidden}*/\n`)
  return { inputs: [...hot.inputs, ...cold.inputs] }
}

const banner = `// Countersign's hook: generated, not for editing. Source: the npm package countersign.
// The comment at the end holds the second half of the program, which is compiled only when a cycle has work to do.
// Contains zod (MIT, Colin McDonnell) and yaml (ISC, Eemeli Aro); full texts ship in the npm package.`

/** @param {string} entry @param {Record<string, string>} define */
async function half(entry, define) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    define,
    plugins: [templatesPlugin],
  })
  return { code: result.outputFiles[0]?.text ?? '', inputs: Object.keys(result.metafile.inputs) }
}
