import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { compileTemplate } from './hbs.mjs'

/** @type {import('esbuild').Plugin} Prompt templates become plain functions. */
export const hbsPlugin = {
  name: 'prompt-templates',
  setup(build) {
    build.onLoad({ filter: /\.hbs$/ }, async ({ path }) => ({
      contents: compileTemplate(await readFile(path, 'utf8'), basename(path)),
      loader: 'js',
    }))
  },
}

/** The same for vitest, so that tests run the sources. */
export const hbsVitePlugin = {
  name: 'prompt-templates',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    return id.endsWith('.hbs') ? { code: compileTemplate(code, basename(id)), map: null } : null
  },
}
