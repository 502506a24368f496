import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join, win32 } from 'node:path'

/** How to start a program without a shell: the file, and arguments that come before its own. */
export type Program = { file: string; args: string[] }

/**
 * Finds a program on PATH, or returns null.
 *
 * On Windows npm and pnpm install `.cmd` shims, which cannot be started without a shell. What a shim starts is started
 * instead, a script by this very Node.
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
  const shim = join(directory, `${name}.cmd`)
  const target = existsSync(shim) ? behindShim(readFileSync(shim, 'utf8'), directory) : null
  return target && existsSync(target.args[0] ?? target.file) ? target : null
}

/**
 * What a `.cmd` shim starts: a script for Node, or a program; null for any other batch file.
 *
 * @param directory Absolute; where the shim lies, `%~dp0` in it.
 * @see https://github.com/npm/cmd-shim
 */
export function behindShim(shim: string, directory: string): Program | null {
  const path = /"(?:%(?:~dp0|dp0%)\\)?([^"%\r\n]+\.(?:[cm]?js|exe))"\s+%\*/i.exec(shim)?.[1]
  if (path === undefined) return null
  const target = win32.resolve(directory, path)
  return /\.exe$/i.test(target) ? { file: target, args: [] } : { file: process.execPath, args: [target] }
}
