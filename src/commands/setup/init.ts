import type { Plan } from '../../core/setup/plan-parts.ts'
import { detect } from '../../detect/index.ts'
import { UserError } from '../../errors.ts'
import { configPath, fullHookPath, hookPath, settingsPath } from '../../model/paths.ts'
import type { RepoFacts } from '../../model/setup/repo-facts.ts'
import { gitIgnores } from '../../shell/git/git-ignores.ts'
import { repoView } from '../../shell/git/repo-view.ts'
import { hasJournal } from '../../shell/setup/journal.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import { isInteractive } from '../../shell/terminal.ts'
import { carryOut } from './carry-out.ts'
import { heal } from './heal.ts'
import { type InitReport, initReport, printJson, printPlan, printResult } from './init-report.ts'
import { ownRelease } from './own-release.ts'
import { type PlanWishes, type Proposal, propose } from './propose.ts'
import { type Site, siteOf } from './site.ts'
import { withTests } from './with-tests.ts'
import { withoutReview } from './without-review.ts'

export type InitArgs = {
  cwd: string
  /** Whether the user named the directory (`--cwd`) or means the one they are in (`--here`). */
  cwdGiven?: boolean
  here?: boolean
  followSymlinks?: boolean
  yes?: boolean
  dryRun?: boolean
  json?: boolean
  input?: boolean
  /** Whether .gitattributes is to mark the gate; undefined leaves it to the question, or as it is. */
  gitattributes?: boolean
  /** The test commands, where the user names them. */
  test?: string[]
}

/**
 * Looks at the repository, shows what it would write, and writes it once that is agreed to.
 *
 * @returns The exit code: 0 when the setup is there, 1 when the user said no, 3 when a conflict is left to them.
 * @throws {UserError} Before the first byte is written, unless the disk itself fails.
 */
export async function run(args: InitArgs): Promise<number> {
  const site = await chosenSite(args)
  if (args.dryRun) return look(args, site)
  return withSetupLock(site.stateDir, async () => {
    heal(site)
    return look(args, site)
  })
}

/** Loaded when somebody is asked: most of the time nobody is. */
const questions = () => import('./init-questions.ts')

/** A directory below the root is set up only when the user says so: Claude Code has to be started in it. */
async function chosenSite(args: InitArgs): Promise<Site> {
  const [nearest, here] = [siteOf(args), siteOf(args, 'here')]
  if (nearest.root === here.root || args.here || args.cwdGiven) return here
  if (!isInteractive(args)) throw new UserError('not-the-root', { cwd: here.root, root: nearest.root })
  return (await (await questions()).askWhere(nearest.root, here.root)) === 'here' ? here : nearest
}

async function look(args: InitArgs, site: Site): Promise<number> {
  const { root, top } = site
  const interactive = isInteractive(args) && !args.dryRun
  const isNew = snapshot(root, [configPath], site.followLinks)[configPath] === undefined
  const seen = detect(repoView(root, top))
  const testsLeft = args.test !== undefined && !isNew
  const facts = await testedBy(args.test, seen, interactive && isNew)
  const given = args.gitattributes === undefined ? {} : { attributes: args.gitattributes }
  const ignored = gitIgnores(root, settingsPath)
  const first = planFor(site, facts, given, ignored, testsLeft)
  const asks = { attributes: isNew && !ignored && args.gitattributes === undefined }
  const answers = interactive ? await askUser(first.proposal.plan, asks) : {}
  const { release, proposal, report } =
    Object.keys(answers).length > 0 ? planFor(site, facts, { ...given, ...answers }, ignored, testsLeft) : first

  const { plan } = proposal
  const pending = plan.writes.length > 0
  if (!args.json) printPlan(report)
  if (pending && !args.dryRun) {
    if (!args.yes && !interactive) throw new UserError('confirmation-needed', { files: plan.writes.length })
    if (!args.yes && !(await (await questions()).confirmPlan(plan.writes.length))) return 1
    withoutReview(site, () => carryOut(site, release, proposal, 'init'))
  }
  const result = { ...report, written: pending && !args.dryRun }
  if (args.json) printJson(result)
  else printResult(result, pending)
  return plan.conflicts.length > 0 ? 3 : 0
}

/** The tests that the user names; else those that were found, and the user's word on those that are a guess. */
async function testedBy(named: string[] | undefined, seen: RepoFacts, ask: boolean): Promise<RepoFacts> {
  const commands = (named ?? []).map(command => command.trim()).filter(command => command !== '')
  if (commands.length > 0) return withTests(seen, commands)
  if (!ask) return seen
  if (seen.suites.length === 0) return (await questions()).askForTests(seen)
  return seen.suites.some(({ name }) => seen.evidence[name]?.guessed) ? (await questions()).askAboutGuesses(seen) : seen
}

/** What only the user can decide: what happens to files with managed names, and whether git is told about the gate. */
async function askUser({ clashes }: Plan, asks: { attributes: boolean }): Promise<PlanWishes> {
  return {
    ...(clashes.length > 0 && { choices: await (await questions()).askAboutClashes(clashes) }),
    ...(asks.attributes && { attributes: await (await questions()).askAboutAttributes() }),
  }
}

const isHook = (path: string): boolean => path === hookPath || path === fullHookPath

function planFor(site: Site, facts: RepoFacts, wishes: PlanWishes, ignored: boolean, testsLeft: boolean) {
  const release = ownRelease(site, facts)
  const proposal = propose(site, release, 'init', wishes)
  // Whatever is there would be run at every hook event, and there would be no gate.
  const taken = proposal.plan.rows.find(({ path, action }) => isHook(path) && action === 'skip')
  if (taken) throw new UserError('gate-taken', { path: taken.path })
  return {
    release,
    proposal,
    report: reportOn(site, facts, proposal, {
      ignored,
      proposesAttributes: wishes.attributes === undefined,
      testsLeft,
    }),
  }
}

type ReportMore = { ignored: boolean; proposesAttributes: boolean; testsLeft: boolean }

function reportOn({ root, stateDir }: Site, facts: RepoFacts, proposal: Proposal, more: ReportMore): InitReport {
  const { plan, disk } = proposal
  const text = (path: string) => plan.writes.find(write => write.path === path)?.text ?? disk[path]?.text ?? ''
  return initReport(root, facts, plan, {
    config: text(configPath),
    settings: text(settingsPath),
    ...more,
    unfinished: hasJournal(stateDir),
  })
}
