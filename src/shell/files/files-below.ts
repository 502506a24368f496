import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What is not looked at: what no person writes into. */
const passedOver = new Set(['.git', 'node_modules'])
const mostEntries = 50_000

/**
 * Files below a directory for which `wanted` is true, level by level, links not followed. Looks at 50,000 entries at most.
 *
 * @param wanted Gets the way from `root`, with forward slashes.
 * @param most How many files are returned at most.
 * @returns Absolute paths.
 */
export function filesBelow(root: string, wanted: (path: string) => boolean, most: number): string[] {
  const found: string[] = []
  const folders = ['']
  let looked = 0
  for (const folder of folders) {
    for (const entry of entriesOf(join(root, folder))) {
      looked += 1
      if (looked > mostEntries || found.length >= most) return found
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory() && !passedOver.has(entry.name)) folders.push(path)
      else if (entry.isFile() && wanted(path)) found.push(join(root, path))
    }
  }
  return found
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
