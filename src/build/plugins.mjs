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

/**
 * @param {RegExp} filter The files it is done to.
 * @param {import('esbuild').TransformOptions} [more]
 * @returns {import('esbuild').Plugin}
 */
const shortened = (filter, more) => ({
  name: 'short-names',
  setup(build) {
    build.onLoad({ filter }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      // Told that it is a module, esbuild takes its top-level names for local ones.
      const format = /node_modules/.test(path) && /^export\b/m.test(source) ? 'esm' : undefined
      const loader = path.endsWith('.ts') ? 'ts' : 'js'
      return {
        contents: (await transform(source, { loader, minifyIdentifiers: true, format, ...more })).code,
        loader: 'js',
      }
    })
  },
})

/**
 * Local names become short, and in a library's ES modules all names. Our functions keep theirs, so that a stack trace can be read.
 */
export const shortNames = shortened(/\.([cm]?js|ts)$/)

/** Libraries become short, in names and syntax; our sources can be read as they were written. */
export const shortLibraries = shortened(/[\\/]node_modules[\\/].*\.[cm]?js$/, { minifySyntax: true })

/** The same for vitest, so that tests run the sources. */
export const templatesVitePlugin = {
  name: 'templates',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (id.endsWith('.hbs')) return { code: compileTemplate(code, basename(id)), map: null }
    return indexFile.test(id) ? { code: setupTemplates(code, id), map: null } : null
  },
}
