import { realpathSync } from 'node:fs'
import { claudeMdContext } from '../core/claude-md.ts'
import { makePlan, manifestPath, type Plan, pathsToRead, settingsPath, type WantedFile } from '../core/plan.ts'
import { detect } from '../detect/index.ts'
import { UserError } from '../errors.ts'
import type { RepoFacts } from '../model/repo-facts.ts'
import { recordBaseline } from '../shell/baseline.ts'
import { GitError, locate, runGit } from '../shell/git.ts'
import { readManifest } from '../shell/manifest-file.ts'
import { applyWrites, snapshot } from '../shell/project-files.ts'
import { repoView } from '../shell/repo-view.ts'
import { setupFiles } from '../shell/setup-files.ts'
import { isInteractive } from '../shell/terminal.ts'
import { askForTests, confirmPlan } from './init-questions.ts'
import { configPath, type InitReport, initReport, printJson, printOutcome, printPlan } from './init-report.ts'

export type InitArgs = { cwd: string; yes?: boolean; dryRun?: boolean; json?: boolean; input?: boolean }

const otherClaudeMd = '.claude/CLAUDE.md'

/**
 * Looks at the repository, shows what it would write, and writes it once that is agreed to.
 *
 * @returns The exit code: 0 when the setup is there, 1 when the user said no.
 * @throws {UserError} Before the first byte is written, unless the disk itself fails.
 */
export async function run(args: InitArgs): Promise<number> {
  const root = rootOf(args.cwd)
  const interactive = isInteractive(args)
  const isNew = snapshot(root, [configPath])[configPath] === undefined
  const seen = detect(repoView(root))
  const facts = interactive && !args.dryRun && isNew && seen.suites.length === 0 ? await askForTests(seen) : seen
  const { plan, report } = planFor(root, facts)

  const pending = plan.writes.length > 0
  if (!args.json) printPlan(report)
  if (pending && !args.dryRun) {
    if (!args.yes && !interactive) throw new UserError('confirmation-needed', { files: plan.writes.length })
    if (!args.yes && !(await confirmPlan(plan.writes.length))) return 1
    await applyWrites(root, plan.writes)
    await recordBaseline(root)
  }
  const outcome = { ...report, written: pending && !args.dryRun }
  if (args.json) printJson(outcome)
  else printOutcome(outcome, pending)
  return 0
}

/** The root of the repository that `cwd` is the root of; anything else is refused with the command that would do. */
function rootOf(cwd: string): string {
  try {
    const root = locate(cwd)?.root
    if (!root) throw new UserError('no-repository', { cwd })
    if (realpathSync.native(cwd) !== root) throw new UserError('not-the-root', { cwd, root })
    return root
  } catch (error) {
    if (!(error instanceof GitError)) throw error
    if (error.status === null) throw new UserError('git-missing', {}, { cause: error })
    throw new UserError('git-failed', { detail: error.stderr.trim() }, { cause: error })
  }
}

function planFor(root: string, facts: RepoFacts): { plan: Plan; report: InitReport } {
  const files: WantedFile[] = setupFiles({ 'CLAUDE.md.hbs': claudeMdContext(facts), 'countersign.yaml.hbs': facts })
  const disk = snapshot(root, [...pathsToRead(files), otherClaudeMd])
  // Claude Code reads either place; a second file beside the user's would only repeat or contradict it.
  const wanted = files.filter(({ path }) => path !== 'CLAUDE.md' || !disk[otherClaudeMd])
  const written = disk[manifestPath]
  const manifest = written ? readManifest(manifestPath, written.text) : null
  const plan = makePlan(COUNTERSIGN_VERSION, wanted, manifest, disk)
  if ('fault' in plan) throw new UserError('settings-unreadable', { file: settingsPath, ...plan.fault })
  const text = (path: string) => plan.writes.find(write => write.path === path)?.text ?? disk[path]?.text ?? ''
  const ignored = runGit(root, ['check-ignore', '-q', '--', settingsPath], { accept: [0, 1] }).status === 0
  return {
    plan,
    report: initReport(root, facts, plan.rows, { config: text(configPath), settings: text(settingsPath), ignored }),
  }
}
