import type { RepoView } from '../model/setup/repo-facts.ts'
import type { Choice } from './evidence.ts'
import { literal } from './phrases.ts'
import type { Project } from './projects.ts'
import { testTasks } from './tasks.ts'
import { within } from './view.ts'

type Chosen = [Project, Choice]

/** The projects whose suites are to run: what the suite of another one runs already is not run twice. */
export function once(chosen: Chosen[], view: RepoView): Chosen[] {
  const kept: Chosen[] = [...chosen]
  for (const one of chosen)
    for (const other of chosen)
      if (one !== other && kept.includes(one) && kept.includes(other) && covers(one, other, view))
        kept.splice(kept.indexOf(other), 1)
  return kept
}

/** Runs the tests of all members of a workspace. */
const everywhere =
  /\s--workspaces?\b|\b(pnpm|yarn)\s+(.*\s)?(-r|--recursive|workspaces)\b|\b(turbo|nx|lerna)\s+(run|test)|--filter ["']?\*/

/** Whether the first one's script or task runs the tests of the second one. */
function covers(one: Chosen, [other, otherChoice]: Chosen, view: RepoView): boolean {
  const [{ dir, ecosystem }] = one
  const body = bodyOf(one, view)
  const under = dir === '' || other.dir.startsWith(`${dir}/`)
  if (
    other.reached &&
    ecosystem === other.ecosystem &&
    dir !== other.dir &&
    under &&
    everywhere.test(`${commandOf(one)} ${body}`)
  )
    return true
  if (body === '' || !other.ecosystem.runsTests.test(body)) return false
  if (dir !== other.dir) {
    const inner = dir === '' ? other.dir : other.dir.slice(dir.length + 1)
    if (dir !== '' && !other.dir.startsWith(`${dir}/`)) return false
    return new RegExp(
      `(\\bcd|--prefix|--cwd|--dir|-C|--directory)[ =]["']?(\\./)?${literal(inner)}/?(?=$|["'\\s;&|])`,
    ).test(body)
  }
  // One script may call the other one's tool and nothing else; then the tool is called as its own ecosystem does.
  return (
    ecosystem !== other.ecosystem && (otherChoice.command === undefined || bodyOf([other, otherChoice], view) !== body)
  )
}

/** What a project's suite runs, as far as its script or its task shows. */
function bodyOf(chosen: Chosen, view: RepoView): string {
  const [{ dir, facts }] = chosen
  const command = commandOf(chosen)
  const script = facts.commands.find(other => other.command === command)?.does
  return script ?? testTasks(within(view, dir)).find(task => task.command === command)?.body ?? ''
}

const commandOf = ([{ facts }, choice]: Chosen): string => choice.command ?? facts.suites[0]?.command ?? ''
