import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** How to start a program without a shell: the file, and arguments that come before its own. */
export type Program = { file: string; args: string[] }

/**
 * Finds a program on PATH, or returns null.
 *
 * On Windows npm installs only `.cmd` shims, which cannot be started without a shell; the script behind the one of
 * Codex is run by this very Node instead.
 */
export function findProgram(name: string, env: NodeJS.ProcessEnv = process.env): Program | null {
  for (const directory of (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean)) {
    const found = process.platform === 'win32' ? onWindows(directory, name) : onPosix(join(directory, name))
    if (found) return found
  }
  return null
}

function onPosix(file: string): Program | null {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile() ? { file, args: [] } : null
  } catch {
    return null
  }
}

function onWindows(directory: string, name: string): Program | null {
  const program = join(directory, `${name}.exe`)
  if (existsSync(program)) return { file: program, args: [] }
  if (!existsSync(join(directory, `${name}.cmd`))) return null
  const nearby = [directory, dirname(directory)]
  const script = nearby.map(base => join(base, 'node_modules', '@openai', 'codex', 'bin', 'codex.js')).find(existsSync)
  return script ? { file: process.execPath, args: [script] } : null
}
