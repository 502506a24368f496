import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { transform } from 'esbuild'
import { compileTemplate } from './hbs.mjs'
import { setupTemplates } from './setup-templates.mjs'

const indexFile = /templates[\\/]files[\\/]index\.yaml$/

/** @type {import('esbuild').Plugin} Templates become plain functions. */
export const templatesPlugin = {
  name: 'templates',
  setup(build) {
    build.onLoad({ filter: /\.hbs$/ }, async ({ path }) => ({
      contents: compileTemplate(await readFile(path, 'utf8'), basename(path)),
      loader: 'js',
    }))
    build.onLoad({ filter: indexFile }, async ({ path }) => ({
      contents: setupTemplates(await readFile(path, 'utf8'), path),
      loader: 'js',
    }))
  },
}

/** @type {import('esbuild').Plugin} Names inside libraries become short; ours stay, so that a stack trace can be read. */
export const shortLibraries = {
  name: 'short-libraries',
  setup(build) {
    build.onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const format = /^export\b/m.test(source) ? 'esm' : undefined
      return { contents: (await transform(source, { minifyIdentifiers: true, format })).code, loader: 'js' }
    })
  },
}

/** The same for vitest, so that tests run the sources. */
export const templatesVitePlugin = {
  name: 'templates',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (id.endsWith('.hbs')) return { code: compileTemplate(code, basename(id)), map: null }
    return indexFile.test(id) ? { code: setupTemplates(code, id), map: null } : null
  },
}
