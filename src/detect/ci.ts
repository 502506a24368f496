import type { RepoView } from '../model/setup/repo-facts.ts'
import { calledRecipes } from './tasks.ts'

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
}

/**
 * The commands that continuous integration runs, as far as the text of its files shows.
 *
 * Read as text: half of these files are templates that no YAML parser resolves, and the only question is whether a
 * command appears in them.
 */
export function ciCommands(view: RepoView): CiCommands {
  const own = view.files.filter(file => ciFile.test(file)).flatMap(file => commandsIn(view.read(file) ?? ''))
  const called = new Set(own.flatMap(line => [...line.matchAll(calledScript)].map(match => match[1] ?? '')))
  const scripts = [...called].filter(path => view.files.includes(path)).slice(0, 20)
  const texts = [...scripts.map(path => view.read(path) ?? ''), ...calledRecipes(view, own)]
  return { own, all: [...own, ...texts.flatMap(shellLines)] }
}

function commandsIn(text: string): string[] {
  return shellLines(text).flatMap(line => {
    const pair = /^(?:-\s+)?["']?([\w.-]+)["']?\s*:(?:\s+(.*))?$/.exec(line)
    if (!pair) return [line.replace(/^-\s+/, '').replace(/^(["'])(.*)\1,?$/, '$2')]
    const value = (pair[2] ?? '').replace(/^[|>][+-]?$/, '').replace(/^(["'])(.*)\1$/, '$2')
    return commandKeys.test(pair[1] ?? '') && value ? [value] : []
  })
}

/** Longer lines are data, not commands, and every pattern would be tried on them. */
const maxLine = 2000

/** An installation, which runs no tests: `pip install pytest`. */
const installs =
  /\b(pip3?|pipx|uv|apt(-get)?|brew|gem|cargo|go|choco|npm|conda|dotnet)\s+(-\S+\s+|tool\s+|pip\s+)*install\b[^&|;]*/g

/** Lines without comments; lines joined by a backslash count as one. */
const shellLines = (text: string): string[] =>
  text
    .replace(/\r/g, '')
    .replace(/[ \t]*\\\n[ \t]*/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .map(line => line.replace(installs, ''))
    .filter(line => line !== '' && line.length <= maxLine && !line.startsWith('#'))

/** The first candidate that CI runs, else the first. */
export function preferred<T extends { inCi: RegExp }>(candidates: T[], ci: string[]): T | undefined {
  return candidates.find(({ inCi }) => ci.some(line => inCi.test(line))) ?? candidates[0]
}
