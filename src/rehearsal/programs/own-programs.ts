import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../errors.ts'
import { findProgram } from '../../shell/processes/find-program.ts'
import { programVersion } from '../../shell/processes/program-version.ts'
import type { Programs } from './programs.ts'

const packages = { claude: '@anthropic-ai/claude-code', codex: '@openai/codex' }

/**
 * Finds the user's own two programs, on PATH.
 * @throws {UserError} `program-missing`, with how to get it.
 */
export async function ownPrograms(cwd: string): Promise<Programs> {
  // Asked for its version, each writes into its home when it has none yet; that must not be the user's.
  const home = mkdtempSync(join(tmpdir(), 'countersign-versions-'))
  try {
    const env = { ...process.env, CLAUDE_CONFIG_DIR: home, CODEX_HOME: home }
    const [claude, codex] = [await own('claude', cwd, env), await own('codex', cwd, env)]
    return { claude: claude.file, claudeVersion: claude.version, codex: codex.file, codexVersion: codex.version }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function own(name: keyof typeof packages, cwd: string, env: NodeJS.ProcessEnv) {
  const program = findProgram(name)
  if (!program) throw new UserError('program-missing', { program: name, package: packages[name] })
  return { file: program.file, version: (await programVersion(program, cwd, env)) ?? 'unknown' }
}
