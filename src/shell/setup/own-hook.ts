import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fullHookPath, hookPath } from '../../model/paths.ts'
import { contentHash } from '../files/content-hash.ts'
import { packageRoot } from './own-package.ts'

/** The two files of the hook as this package has them, by the path that `init` installs them at. */
const ownHooks: Record<string, string> = { [hookPath]: 'hook.cjs', [fullHookPath]: 'hook-full.cjs' }

/** This package's file of the hook for a path; undefined for any other path. */
export const ownHookAt = (path: string): string | undefined =>
  ownHooks[path] && join(packageRoot(), 'dist', ownHooks[path])

/** The first file of this package's hook, which also supervises the commands that Countersign runs itself. */
export const ownHook = (): string => join(packageRoot(), 'dist', 'hook.cjs')

/** The hash of what this package installs at a path of the hook; undefined for any other path. */
export function ownHookHash(path: string): string | undefined {
  const file = ownHookAt(path)
  return file && contentHash(readFileSync(file, 'utf8'))
}
