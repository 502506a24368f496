import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The two real programs. `codex` is a script for Node; `claude` a native binary. */
export type Programs = { claude: string; claudeVersion: string; codex: string; codexVersion: string }

/**
 * Finds the two programs among the packages installed beside this one, or in the folder that COUNTERSIGN_PROGRAMS names, for
 * other versions.
 * @throws Error naming the missing package and how to get it.
 */
export function findPrograms(): Programs {
  const folder = process.env.COUNTERSIGN_PROGRAMS
  const require = createRequire(folder ? join(folder, 'package.json') : import.meta.url)
  const claude = packageOf(require, '@anthropic-ai/claude-code')
  const codex = packageOf(require, '@openai/codex')
  return {
    claude: claudeBinary(require, claude.folder),
    claudeVersion: claude.version,
    codex: join(codex.folder, 'bin', 'codex.js'),
    codexVersion: codex.version,
  }
}

function packageOf(require: NodeJS.Require, name: string): { folder: string; version: string } {
  try {
    const file = require.resolve(`${name}/package.json`)
    return { folder: dirname(file), version: (require(file) as { version: string }).version }
  } catch (cause) {
    throw new Error(`${name} is not installed here. Run: npm ci`, { cause })
  }
}

/** The installer replaces a small stub in `bin` by the binary; where install scripts may not run, only the platform package has it. */
function claudeBinary(require: NodeJS.Require, folder: string): string {
  const linked = join(folder, 'bin', 'claude.exe')
  if (existsSync(linked) && statSync(linked).size > 1_000_000) return linked
  const platform = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
  try {
    return require.resolve(`${platform}/${process.platform === 'win32' ? 'claude.exe' : 'claude'}`)
  } catch (cause) {
    throw new Error(`Claude Code's binary is missing: neither ${linked} nor ${platform} has it. Run: npm ci`, { cause })
  }
}
