import { readdir, readFile } from 'node:fs/promises'

/**
 * @param {string[]} inputs Bundled source files, as esbuild names them.
 * @returns {Promise<string>} Name, version and copyright of every package among them, and each wording of a licence once.
 */
export async function thirdPartyLicences(inputs) {
  const folders = new Set(inputs.flatMap(file => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []))
  /** @type {Map<string, { text: string, holders: string[] }>} By the words of the text, however they are wrapped. */
  const licences = new Map()
  for (const { holder, text } of await Promise.all([...folders].sort().map(licenceOf))) {
    const words = text.replace(/\s+/g, ' ')
    const licence = licences.get(words) ?? { text, holders: [] }
    licence.holders.push(holder)
    licences.set(words, licence)
  }
  const parts = [...licences.values()].map(({ text, holders }) => `${holders.join('\n')}\n\n${text}\n`)
  return `Countersign's bundles contain the following packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

const copyright = /^.*\bCopyright (?:\(c\)|©).*$/gim
const title = /^(?:The )?MIT License(?: \(MIT\))?$/gim

/** @param {string} folder */
async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry))
  const whole = file ? await readFile(`${folder}/${file}`, 'utf8') : ''
  const lines = (whole.match(copyright) ?? []).map(line => `  ${line.trim()}`)
  const holder = [`${name} ${version} (${license})`, ...lines].join('\n')
  return { holder, text: whole.replace(copyright, '').replace(title, '').trim() }
}
