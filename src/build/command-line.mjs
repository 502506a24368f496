import { build } from 'esbuild'
import { shortNames, templatesPlugin } from './plugins.mjs'

/** @type {import('esbuild').Plugin} */
const commandsApart = {
  name: 'commands-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/commands\/index\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './commands.cjs', external: true } : undefined,
    )
  },
}

/**
 * Bundles the command line as two files: cli.cjs reads the arguments, commands.cjs holds every command.
 *
 * Few files, since unpacking fifty costs npm as much as three starts of Node, and CommonJS, in which a command's modules run
 * when it is called and whose loader costs less. `npm run bench` shows what `npx countersign init` takes.
 *
 * @param {string} out Directory of the bundles.
 * @param {Record<string, string>} define
 * @returns {Promise<{inputs: string[]}>} The source files that went in.
 */
export async function bundleCommandLine(out, define) {
  const { metafile } = await build({
    entryPoints: { cli: 'src/cli.ts', commands: 'src/commands/index.ts', demo: 'src/demo.ts' },
    outdir: out,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // jsonc-parser's `main` is a UMD file whose inner requires esbuild cannot follow.
    mainFields: ['module', 'main'],
    // What yargs measures columns with prepares for every emoji there is, which takes as long as all of Node's start. This
    // one, which our prompts use, gives the same widths.
    alias: { 'string-width': 'fast-string-width', yaml: './node_modules/yaml/browser/index.js' },
    // Node reads a CommonJS file that is imported twice, the first time to find its exports.
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    define: { ...define, 'import.meta.url': '__moduleUrl' },
    banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [templatesPlugin, shortNames, commandsApart],
  })
  return { inputs: Object.keys(metafile.inputs) }
}
