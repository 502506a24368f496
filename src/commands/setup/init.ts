import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { UserError } from '../../errors.ts'
import { attributesPath, configPath, fullHookPath, hookPath, manifestPath, settingsPath } from '../../model/paths.ts'
import type { RepoFacts, RepoView } from '../../model/setup/repo-facts.ts'
import { claudeHome } from '../../shell/claude/settings-layers.ts'
import { leadsOutside } from '../../shell/files/contained-path.ts'
import { gitIgnores } from '../../shell/git/git-ignores.ts'
import { repoView } from '../../shell/git/repo-view.ts'
import { hasJournal } from '../../shell/setup/journal.ts'
import { withSetupLock } from '../../shell/setup/setup-lock.ts'
import { snapshot } from '../../shell/setup/snapshot.ts'
import { isInteractive } from '../../shell/terminal.ts'
import { print } from '../shared/print.ts'
import { type ProgramsHere, programsHere } from './around/programs-here.ts'
import { surroundingsOf } from './around/surroundings.ts'
import { isWorkspace } from './around/workspaces.ts'
import { carryOut } from './carry-out.ts'
import { heal } from './heal.ts'
import { ignoresHere } from './ignores-here.ts'
import { type InitReport, initReport, printFacts, printJson, printPlan, printResult } from './init-report.ts'
import { factsOf, ownRelease } from './own-release.ts'
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
  /** Whether every file is shown, not each directory. */
  verbose?: boolean
  /** Whether settings.json loses comments and trailing commas. */
  stripComments?: boolean
  /** Whether .gitattributes is to mark the gate; undefined: in a new setup, else as it is. */
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

/** What Claude Code reads in the home directory are the user's own settings: the hooks would fire in every project. */
function refuseHome(root: string): void {
  const isHome = [homedir(), dirname(claudeHome())].some(dir => existsSync(dir) && realpathSync.native(dir) === root)
  if (isHome) throw new UserError('home-directory', { cwd: root })
}

/** A directory below the root is set up only when the user says so: Claude Code has to be started in it. */
async function chosenSite(args: InitArgs): Promise<Site> {
  const [nearest, here] = [siteOf(args), siteOf(args, 'here')]
  refuseHome(here.root)
  if (nearest.root === here.root || args.here || args.cwdGiven) return here
  if (!isInteractive(args)) throw new UserError('not-the-root', { cwd: here.root, root: nearest.root })
  const chosen = (await (await questions()).askWhere(nearest.root, here.root)) === 'here' ? here : nearest
  refuseHome(chosen.root)
  return chosen
}

async function look(args: InitArgs, site: Site): Promise<number> {
  const { root, top } = site
  const interactive = isInteractive(args) && !args.dryRun
  const isNew = snapshot(root, [configPath], site.followLinks)[configPath] === undefined
  const view = repoView(root, top)
  const seen = factsOf(view)
  const programs = await programsHere(root, interactive)
  const tellFacts = () => printFacts(root, seen, programs.shown, isNew)
  if (interactive) tellFacts()
  const testsLeft = args.test !== undefined && !isNew
  const facts = await testedBy(args.test, seen, interactive && isNew)
  const ignored = gitIgnores(root, settingsPath)
  const isOwn = (path: string) => !leadsOutside(root, path)
  const isFirst = isNew || !existsSync(join(root, manifestPath))
  const proposes = isFirst && !ignored && isOwn(attributesPath)
  const attributes = args.gitattributes ?? (proposes ? true : undefined)
  const given = {
    ...(attributes === undefined ? {} : { attributes }),
    ...(args.stripComments && { takesCommentsOut: true }),
  }
  const planWith = (wishes: PlanWishes) => planFor(site, facts, wishes, { ignored, view, programs, testsLeft })
  const first = planWith(given)
  const answers = interactive ? await askUser(first) : {}
  const { release, proposal, report } = Object.keys(answers).length > 0 ? planWith({ ...given, ...answers }) : first

  const { plan } = proposal
  const pending = plan.writes.length > 0
  if (!args.json && !interactive) tellFacts()
  if (!args.json) printPlan(report, args.verbose)
  if (pending && !args.dryRun) {
    if (!args.yes && !interactive) throw new UserError('confirmation-needed', { files: plan.writes.length })
    if (!args.yes && !(await (await questions()).confirmPlan(plan.writes.length))) {
      print('Nothing was written.')
      return 1
    }
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

/** What only the user can decide: what happens to files with managed names, and to comments that Claude Code does not take. */
async function askUser({ proposal, report }: ReturnType<typeof planFor>): Promise<PlanWishes> {
  const { clashes } = proposal.plan
  const takesCommentsOut = report.settingsIgnored && (await (await questions()).askAboutComments())
  return {
    ...(clashes.length > 0 && { choices: await (await questions()).askAboutClashes(clashes) }),
    ...(takesCommentsOut && { takesCommentsOut }),
  }
}

const isHook = (path: string): boolean => path === hookPath || path === fullHookPath

type Seen = { ignored: boolean; view: RepoView; programs: ProgramsHere; testsLeft: boolean }

function planFor(site: Site, facts: RepoFacts, wishes: PlanWishes, seen: Seen) {
  const release = ownRelease(site, facts)
  const proposal = propose(site, release, 'init', { ...wishes, ignores: ignoresHere(site, seen.view, release) })
  // Whatever is there would be run at every hook event, and there would be no gate.
  const taken = proposal.plan.rows.find(({ path, action }) => isHook(path) && action === 'skip')
  if (taken) throw new UserError('gate-taken', { path: taken.path })
  return { release, proposal, report: reportOn(site, facts, proposal, seen) }
}

function reportOn(site: Site, facts: RepoFacts, { plan, disk }: Proposal, seen: Seen): InitReport {
  const text = (path: string) => plan.writes.find(write => write.path === path)?.text ?? disk[path]?.text ?? ''
  return initReport(site.root, facts, plan, {
    ...surroundingsOf(site, plan.rows),
    config: text(configPath),
    settings: text(settingsPath),
    isIgnored: seen.ignored,
    programs: seen.programs,
    testsLeft: seen.testsLeft,
    isWorkspace: site.root === site.top && isWorkspace(seen.view),
    unfinished: hasJournal(site.stateDir),
  })
}
