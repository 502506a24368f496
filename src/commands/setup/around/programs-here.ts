import { claudeLogin } from '../../../shell/claude/claude-login.ts'
import { codexLogin } from '../../../shell/codex/codex-login.ts'
import { findProgram } from '../../../shell/processes/find-program.ts'
import { ownHook } from '../../../shell/setup/own-hook.ts'

/** What is there to work with, as the plan shows it, and what is missing: a sentence and a command for each. */
export type ProgramsHere = { shown: string; missing: string[] }

/**
 * Looks for both programs on PATH.
 *
 * @param asks Whether they are started and asked for their logins, which takes a second.
 */
export async function programsHere(root: string, asks: boolean): Promise<ProgramsHere> {
  const [claude, codex] = [findProgram('claude'), findProgram('codex')]
  const [claudeIs, codexIs] = await Promise.all([
    claude && asks ? claudeLogin(claude, root, process.env) : null,
    codex && asks ? codexLogin(codex, root, ownHook()) : null,
  ])
  const state = (program: unknown, login: string | null) =>
    !program
      ? '✗ not found'
      : login === 'none'
        ? '✗ not logged in'
        : login === null || login === 'unknown'
          ? '✓'
          : '✓ logged in'
  return {
    shown: `Claude Code ${state(claude, claudeIs)} · Codex ${state(codex, codexIs)}`,
    missing: [
      ...(claude ? [] : ['Install Claude Code:\n  npm install --global @anthropic-ai/claude-code']),
      ...(claudeIs === 'none' ? ['Log in to Claude Code:\n  claude auth login'] : []),
      ...(codex ? [] : ['Install Codex:\n  npm install --global @openai/codex']),
      ...(codexIs === 'none' ? ['Log in to Codex:\n  codex login'] : []),
      ...(asks || !claude || !codex ? [] : ['Your logins were not checked. To check them:\n  npx countersign doctor']),
    ],
  }
}
