import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { shortLibraries, templatesPlugin } from './plugins.mjs'

/**
 * Bundles the hook as two files: hook.cjs answers "nothing changed" and the like, hook-full.cjs is the rest of the cycle,
 * which the first loads when there is work to do. One file would cost every event the reading of what it does not run;
 * src/README.md has the figures.
 *
 * Both can be read: spaces and our own names stay, and each module begins with the name of its source. Each file has the
 * hash of the other; src/hook/load-full-answer.ts compares them.
 *
 * @param {string} out Directory of the bundles.
 * @param {Record<string, string>} define
 * @returns {Promise<{inputs: string[]}>} The source files that went in.
 */
export async function bundleHook(out, define) {
  const quick = await bundle('src/hook.ts', quickBanner, { ...define, COUNTERSIGN_FULL_HASH: `"${placeholder}"` })
  const quickHash = sha256(quick.text.replaceAll(placeholder, ''))
  const full = await bundle('src/hook/full-answer.ts', fullBanner, {
    ...define,
    COUNTERSIGN_QUICK_HASH: `"${quickHash}"`,
  })
  await writeFile(`${out}/hook.cjs`, quick.text.replaceAll(placeholder, sha256(full.text)))
  await writeFile(`${out}/hook-full.cjs`, full.text)
  return { inputs: [...quick.inputs, ...full.inputs] }
}

/** Stands for the hash of the second file while that is not known. */
const placeholder = 'hash-of-the-second-file'

// For tools that a repository runs over everything it has. Prettier and oxfmt know no word for a whole file, only for a
// statement: so each file is one, a block, which takes no semicolon.
const leftAlone = `/* eslint-disable */
// @ts-nocheck
// biome-ignore-all format: generated
// biome-ignore-all lint: generated
// biome-ignore-all assist: generated
// dprint-ignore-file deno-fmt-ignore-file deno-lint-ignore-file
// editorconfig-checker-disable-file
// prettier-ignore`

// The first line of each names it for good: an upgrade knows an older version of the file by it.
const quickBanner = `// Countersign's hook: generated, not for editing. Source: the npm package countersign.
// This is what .claude/settings.json calls. It loads countersign-full.cjs when there is work to do.
${leftAlone}`
const fullBanner = `// Countersign's hook, second file: generated, not for editing. Source: the npm package countersign.
// Contains zod (MIT, Colin McDonnell) and yaml (ISC, Eemeli Aro); full texts ship in the npm package.
${leftAlone}`

/** @param {string} text */
const sha256 = text => createHash('sha256').update(text).digest('hex')

/** @param {string} entry @param {string} banner @param {Record<string, string>} define */
async function bundle(entry, banner, define) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { yaml: './node_modules/yaml/browser/index.js' },
    charset: 'ascii',
    legalComments: 'none',
    metafile: true,
    banner: { js: `${banner}\n{\n(() => {` },
    footer: { js: '})();\n}' },
    define,
    plugins: [templatesPlugin, shortLibraries],
  })
  return { text: result.outputFiles[0]?.text ?? '', inputs: Object.keys(result.metafile.inputs) }
}
