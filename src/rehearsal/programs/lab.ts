import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { makeHomes } from './homes.ts'
import type { Programs } from './programs.ts'

/** Where both programs live while they are rehearsed: their homes, and the only environment they see. */
export type Lab = { folder: string; programs: Programs; env: Record<string, string> }

export type LabWanted = {
  /** An empty folder outside the repository. */
  folder: string
  /** The repository Claude is started in; marked as trusted, since no one is there to answer the dialog. */
  project: string
  programs: Programs
  claudeUrl: string
  codexUrl: string
  /** Leaves `codex` off the PATH. */
  withoutCodex?: boolean
}

/** Writes the homes of both programs and returns the environment to run them in. No other variable is passed on. */
export function makeLab({ folder, project, programs, claudeUrl, codexUrl, withoutCodex = false }: LabWanted): Lab {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  fillBin(bin, withoutCodex ? null : programs.codex)
  const homes = makeHomes({ folder, project, claudeVersion: programs.claudeVersion, claudeUrl, codexUrl })
  const env = { ...systemEnv([bin, ...systemFolders()]), ...homes }
  return { folder, programs, env }
}

/** What any program needs of the machine to start at all. */
function systemEnv(path: string[]): Record<string, string> {
  const kept = ['SystemRoot', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP'].flatMap(name => {
    const value = process.env[name]
    return value ? [[name, value]] : []
  })
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), TERM: 'xterm-256color', LANG: 'C.UTF-8' }
}

const onWindows = process.platform === 'win32'

/** Where the programs find git, a shell and the like; never a `codex` that is installed on this machine. */
function systemFolders(): string[] {
  const folders = onWindows
    ? (process.env.PATH ?? '').split(delimiter)
    : ['/usr/local/bin', '/usr/bin', '/bin', '/opt/homebrew/bin']
  return folders.filter(folder => !existsSync(join(folder, onWindows ? 'codex.cmd' : 'codex')))
}

/** Fills `bin` the way npm would: `codex`, and this Node with its npm. */
function fillBin(bin: string, codex: string | null): void {
  if (onWindows) {
    if (codex) writeFileSync(join(bin, 'codex.cmd'), `@"${process.execPath}" "${codex}" %*\r\n`)
    return
  }
  const nodeFolder = dirname(process.execPath)
  const programs = [process.execPath, join(nodeFolder, 'npm'), join(nodeFolder, 'npx')].filter(existsSync)
  for (const program of programs) symlinkSync(realpathSync(program), join(bin, basename(program)))
  if (codex) symlinkSync(codex, join(bin, 'codex'))
}
