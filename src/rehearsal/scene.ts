import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ledgerName } from '../model/paths.ts'
import { type ClaudeModel, type ClaudeScript, startClaudeModel } from './models/claude-model.ts'
import { type CodexModel, type CodexScript, startCodexModel } from './models/codex-model.ts'
import { type ClaudeEvent, type ClaudeRun, runClaude } from './programs/claude-run.ts'
import type { Lab } from './programs/lab.ts'
import { type GroupRun, runGroup } from './programs/run-group.ts'

/** A repository, the two programs in a lab of their own, and the scripted models they talk to. */
export type Scene = {
  /** Holds everything; outside of it nothing is written. */
  folder: string
  /** The repository. */
  project: string
  /** The ledger of its cycle; not there before the first hook has fired. */
  ledger: string
  lab: Lab
  claude: ClaudeModel
  codex: CodexModel
  /** Gives Claude a prompt, headless; from the second on in the same session. */
  prompt: (
    text: string,
    options?: { onEvent?: (event: ClaudeEvent) => void; deadlineMs?: number },
  ) => Promise<ClaudeRun>
  /** Runs the built command line in the repository. */
  countersign: (...args: string[]) => Promise<GroupRun>
  /** Ends the models and, unless `keep` is set, removes everything. */
  close: (keep?: boolean) => void
}

type Wanted = {
  folder: string
  project: string
  /** The built command line, `dist/cli.cjs`. */
  cli: string
  author: ClaudeScript
  reviewer: CodexScript
  /** Hard limit in milliseconds for the scripted models. */
  lifetimeMs?: number
  makeLab: (urls: { claudeUrl: string; codexUrl: string }) => Lab
}

/** Starts the models, makes the lab and puts the two together. */
export async function openScene({
  folder,
  project,
  cli,
  author,
  reviewer,
  lifetimeMs,
  makeLab,
}: Wanted): Promise<Scene> {
  const claude = await startClaudeModel(author, lifetimeMs)
  const codex = await startCodexModel(reviewer, lifetimeMs)
  const lab = makeLab({ claudeUrl: claude.url, codexUrl: codex.url })
  let prompts = 0
  return {
    folder,
    project,
    ledger: join(project, '.git', 'countersign', ledgerName),
    lab,
    claude,
    codex,
    prompt: (text, options) => {
      prompts += 1
      return runClaude(text, { cwd: project, lab, continues: prompts > 1, ...options })
    },
    countersign: (...args) =>
      runGroup(process.execPath, [cli, ...args], { cwd: project, env: lab.env, deadlineMs: 30_000 }),
    close: keep => {
      claude.close()
      codex.close()
      // The programs write for a moment after their end.
      if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}
