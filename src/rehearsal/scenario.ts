import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorScript } from './author-script.ts'
import { type ClaudeModel, type ClaudeScript, startClaudeModel } from './claude-model.ts'
import { type ClaudeEvent, type ClaudeRun, runClaude } from './claude-run.ts'
import { type CodexModel, type CodexScript, startCodexModel } from './codex-model.ts'
import { type Lab, makeLab } from './lab.ts'
import { findPrograms } from './programs.ts'
import { reviewerScript } from './reviewer-script.ts'
import { type GroupRun, runGroup } from './run-group.ts'
import { makeScratchService } from './scratch-service.ts'

/** A scratch repository, the two programs in a lab of their own, and the scripted models they talk to. */
export type Scenario = {
  /** Holds everything; outside of it nothing is written. */
  folder: string
  /** The scratch repository. */
  project: string
  /** The ledger of its cycle; not there before the first hook has fired. */
  ledger: string
  /** Each run of its test suite has left a line in this file. */
  testLog: string
  lab: Lab
  claude: ClaudeModel
  codex: CodexModel
  /** Gives Claude a prompt, headless; from the second on in the same session. */
  prompt: (text: string, onEvent?: (event: ClaudeEvent) => void) => Promise<ClaudeRun>
  /** Runs the built command line in the repository. */
  countersign: (...args: string[]) => Promise<GroupRun>
  /** Ends the models and, unless `keep` is set, removes everything. */
  close: (keep?: boolean) => void
}

type Options = {
  /** The built command line, `dist/cli.js`. */
  cli: string
  author?: (project: string) => ClaudeScript
  reviewer?: CodexScript
  withoutCodex?: boolean
}

/** Sets the scene for the sales report; `init` has not run yet. */
export async function setScene(options: Options): Promise<Scenario> {
  const { cli, author = authorScript, reviewer = reviewerScript, withoutCodex } = options
  const programs = findPrograms()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-')))
  const [project, testLog] = [join(folder, 'orders'), join(folder, 'test-runs.log')]
  mkdirSync(project)
  const claude = await startClaudeModel(author(project))
  const codex = await startCodexModel(reviewer)
  const lab = makeLab({
    folder: join(folder, 'lab'),
    project,
    programs,
    claudeUrl: claude.url,
    codexUrl: codex.url,
    withoutCodex,
  })
  makeScratchService(project, { env: lab.env, testLog })
  let prompts = 0
  return {
    folder,
    project,
    ledger: join(project, '.git', 'countersign', 'ledger.jsonl'),
    testLog,
    lab,
    claude,
    codex,
    prompt: (text, onEvent) => {
      prompts += 1
      return runClaude(text, { cwd: project, lab, goOn: prompts > 1, onEvent })
    },
    countersign: (...args) =>
      runGroup(process.execPath, [cli, ...args], { cwd: project, env: lab.env, deadlineMs: 30_000 }),
    close: keep => {
      claude.close()
      codex.close()
      if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
