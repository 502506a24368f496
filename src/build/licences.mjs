import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

/**
 * @param {string[]} inputs Bundled source files, as esbuild names them.
 * @returns {Promise<string>} Name, version and licence text of every package among them.
 */
export async function thirdPartyLicences(inputs) {
  const folders = new Set(inputs.flatMap(file => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))
  const parts = await Promise.all([...folders].sort().map(licenceOf))
  return `Countersign's bundles contain the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

/** @param {string} folder */
async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  const text = file && existsSync(`${folder}/${file}`) ? await readFile(`${folder}/${file}`, 'utf8') : ''
  return `${name} ${version} (${license})\n\n${text.trim()}\n`
}
