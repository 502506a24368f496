import type { RepoView } from '../model/setup/repo-facts.ts'
import { type CiLine, joined, placed, shellLines } from './shell-lines.ts'
import { calledRecipes } from './tasks.ts'
import { within } from './view.ts'
import { workflowLines } from './workflow.ts'

const ciFile =
  /^(\.github\/(workflows\/[^/]+|actions\/[^/]+\/action)\.ya?ml|\.gitlab-ci\.yml|\.gitlab\/[^/]+\.ya?ml|\.circleci\/config\.yml|\.travis\.yml|\.?azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.yml|\.(drone|cirrus|woodpecker)\.ya?ml|\.?appveyor\.yml|\.buildkite\/[^/]+\.ya?ml|\.ci\/[^/]+|Jenkinsfile)$/
/** Keys whose values are commands or parts of one; the values of all others, such as `name`, are prose. */
const commandKeys =
  /^(run|script|command|commands|cmd|sh|bash|pwsh|powershell|(before|after)_script|test(_script)?|args|arguments|goals|tasks)$/
/** A local script that CI calls; the commands in it count as commands of CI. */
const calledScript =
  /(?:^|[\s"'=])(?:\.\/)?((?:[\w.-]+\/)*[\w.-]+\.sh|(?:\.?[\w-]+\/)*(?:scripts?|bin|ci|tools)\/[\w./-]+)(?=$|[\s"';&|)])/g

export type CiCommands = {
  /** The commands in the files of CI, one per item. */
  own: string[]
  /** These, and those of the scripts and recipes that they call, one level deep. */
  all: string[]
  /** All of them with the directories that they run in; `called` are not in a file of CI itself. */
  lines: (CiLine & { called: boolean })[]
}

/**
 * The commands that continuous integration runs, as far as the text of its files shows.
 *
 * A workflow of GitHub is parsed, for its directories and its matrix. Whatever cannot be parsed is read as text: half
 * of these files are templates, and the only question then is whether a command appears in them.
 */
export function ciCommands(view: RepoView): CiCommands {
  const listed = view.files
    .filter(file => ciFile.test(file))
    .flatMap(file => {
      const text = view.read(file) ?? ''
      const parsed = /^\.github\/workflows\//.test(file) ? workflowLines(file, text) : undefined
      return parsed ?? placed(commandsIn(text), '').map(line => ({ ...line, placed: false, file, services: [] }))
    })
  const own = listed.filter(({ dir }) => isHere(view, dir))
  const called = [...new Set(own.map(({ dir }) => dir))].flatMap(dir =>
    calledFrom(
      view,
      own.filter(line => line.dir === dir),
    ),
  )
  return {
    own: own.map(({ command }) => command),
    all: [...own, ...called].map(({ command }) => command),
    lines: [...own.map(line => ({ ...line, called: false })), ...called.map(line => ({ ...line, called: true }))],
  }
}

/** Whether a directory is one of the repository, or one that is built in; else another repository is checked out there. */
const isHere = (view: RepoView, dir: string): boolean =>
  dir === '' || /(^|[/_-])(build|out|target|bin)/i.test(dir) || view.files.some(file => file.startsWith(`${dir}/`))

/** The commands of the scripts and recipes that lines of one directory call. */
function calledFrom(view: RepoView, lines: CiLine[]): CiLine[] {
  const [first] = lines
  if (!first) return []
  const commands = lines.map(({ command }) => command)
  const names = new Set(commands.flatMap(line => [...line.matchAll(calledScript)].map(match => match[1] ?? '')))
  const scripts = [...names]
    .flatMap(name => [joined(first.dir, name), name])
    .filter((path, index, all) => all.indexOf(path) === index && view.files.includes(path))
    .slice(0, 20)
  const texts = [...scripts.map(path => view.read(path) ?? ''), ...calledRecipes(within(view, first.dir), commands)]
  // Each line of a recipe is a shell of its own.
  return texts.flatMap(shellLines).flatMap(line => placed([line], first.dir).map(called => ({ ...first, ...called })))
}

/** The lines that concern a project: its own, and those at the root, which may be about everything. */
export function linesOf(lines: CiCommands['lines'], dir: string, dirs: string[]): CiCommands['lines'] {
  const owner = (at: string) =>
    dirs
      .filter(other => other === '' || at === other || at.startsWith(`${other}/`))
      .sort((a, b) => b.length - a.length)[0]
  return lines.filter(line => line.dir === '' || owner(line.dir) === dir)
}

function commandsIn(text: string): string[] {
  return shellLines(text).flatMap(line => {
    const pair = /^(?:-\s+)?["']?([\w.-]+)["']?\s*:(?:\s+(.*))?$/.exec(line)
    if (!pair) return [line.replace(/^-\s+/, '').replace(/^(["'])(.*)\1,?$/, '$2')]
    const value = (pair[2] ?? '').replace(/^[|>][+-]?$/, '').replace(/^(["'])(.*)\1$/, '$2')
    return commandKeys.test(pair[1] ?? '') && value ? [value] : []
  })
}

/** The first candidate that CI runs, else the first. */
export function preferred<T extends { inCi: RegExp }>(candidates: T[], ci: string[]): T | undefined {
  return candidates.find(({ inCi }) => ci.some(line => inCi.test(line))) ?? candidates[0]
}
