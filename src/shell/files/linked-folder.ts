import { lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { wayInside } from './real-place.ts'

/** Caches that tools keep between dependencies; in a copy they begin anew. */
const caches = /^\.(cache|vite|vitest|turbo|nx|parcel-cache)$/

/**
 * Makes a real folder at `to` with a link for each entry of the one at `from`. A link of a workspace to one of its own
 * packages leads to that package in the copy; scopes (`@name`) are real folders too, since they hold such links.
 */
export function linkChildren(from: string, to: string, root: string, copy: string): void {
  if (!lstatSync(from).isDirectory()) return
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (caches.test(entry.name)) continue
    if (entry.isDirectory() && entry.name.startsWith('@')) linkChildren(source, target, root, copy)
    else link(source, target, root, copy)
  }
}

function link(source: string, target: string, root: string, copy: string): void {
  const own = lstatSync(source).isSymbolicLink() ? ownPackage(source, root) : null
  const type = lstatSync(source).isDirectory() ? 'junction' : 'file'
  if (own) symlinkSync(join(copy, own), target, 'junction')
  else symlinkSync(source, target, type)
}

/** Path from the root of the tracked folder a link leads to; null when it leads anywhere else. */
function ownPackage(link: string, root: string): string | null {
  try {
    const path = wayInside(root, realpathSync(link))
    return path && !path.split('/').includes('node_modules') ? path : null
  } catch {
    // It leads nowhere, here as there.
    return null
  }
}
