import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import type { Programs } from './programs.ts'

/** Where both programs live while they are rehearsed: their homes, and the only environment they see. */
export type Lab = { folder: string; programs: Programs; env: Record<string, string> }

type Wanted = {
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

const key = 'sk-ant-scripted-models-need-no-key'

/** Writes the homes of both programs and returns the environment to run them in. Nothing of ours is passed on. */
export function makeLab({ folder, project, programs, claudeUrl, codexUrl, withoutCodex = false }: Wanted): Lab {
  const at = (name: string) => join(folder, name)
  for (const name of ['home', 'codex-home', 'bin', 'tmp']) mkdirSync(at(name), { recursive: true })
  writeFileSync(join(at('home'), '.claude.json'), JSON.stringify(claudeHome(project, programs.claudeVersion)))
  writeFileSync(join(at('codex-home'), 'config.toml'), codexConfig(codexUrl))
  fillBin(at('bin'), withoutCodex ? null : programs.codex)
  const env = {
    ...systemEnv([at('bin'), ...systemFolders()]),
    HOME: at('home'),
    USERPROFILE: at('home'),
    TMPDIR: at('tmp'),
    CODEX_HOME: at('codex-home'),
    GIT_CONFIG_NOSYSTEM: '1',
    ANTHROPIC_BASE_URL: claudeUrl,
    ANTHROPIC_API_KEY: key,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  }
  return { folder, programs, env }
}

/** Answers in advance everything the interactive program asks at its first start. */
function claudeHome(project: string, version: string) {
  return {
    hasCompletedOnboarding: true,
    theme: 'dark',
    lastOnboardingVersion: version,
    customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
    projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
  }
}

/** A provider without `env_key` needs neither a key nor a login. */
const codexConfig = (url: string): string => `model = "gpt-5.5"
model_provider = "scripted"
[model_providers.scripted]
name = "scripted"
base_url = ${JSON.stringify(url)}
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`

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
