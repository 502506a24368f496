import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Release } from '../../core/setup/plan-parts.ts'
import type { Disk } from '../../model/setup/disk-file.ts'
import type { Manifest } from '../../model/setup/manifest.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import type { Reading } from './site.ts'

/**
 * Files of the user's whose names differ from a managed file's only in upper and lower case, by the managed name. On macOS
 * and Windows they are one file, and a clone there would have the one or the other.
 */
export function namesakes({ root, followLinks }: Reading, { files }: Release, manifest: Manifest | null): Disk {
  const missing = files.filter(({ path }) => !manifest?.files[path]?.sha256 && !existsSync(join(root, path)))
  return Object.fromEntries(
    missing.flatMap(({ path }) => {
      const name = nearlyNamed(join(root, dirname(path)), basename(path))
      const there = name && join(dirname(path), name).replaceAll('\\', '/')
      return there ? [[path, snapshot(root, [there], followLinks)[there]]] : []
    }),
  )
}

function nearlyNamed(directory: string, name: string): string | undefined {
  const names = existsSync(directory) ? readdirSync(directory) : []
  return names.find(other => other !== name && other.toLowerCase() === name.toLowerCase())
}
