import type { CommandFact, RepoView } from '../model/setup/repo-facts.ts'
import { asTable, asText, asTexts, parseYaml, tableAt } from './parsed.ts'
import { cutAtWord, literal } from './phrases.ts'
import { firstOf, within } from './view.ts'

/** A command that the project itself defines for its tests, in whatever language they are written. */
export type Task = {
  name: string
  command: string
  /** Matches a line of CI that calls it. */
  inCi: RegExp
  /** The commands it runs, as far as its file shows them; else empty. */
  body: string
  /** Whether its name alone says that it runs the tests. */
  usual: boolean
}

const usualTasks = ['test', 'build', 'check', 'lint', 'fmt', 'format', 'typecheck', 'run', 'dev', 'start']
const testNames = ['test', 'tests', 'unit', 'test-unit', 'unit-test', 'test_unit', 'unittest', 'test-all']
/** Names that may stand for the tests where CI or people call them; what is left out is a part, or another thing. */
const otherNames = /(^|[-_:])(tests?|unit|check|unittests?|specs?|verify|ci)([-_:]|$)/
const parts =
  /e2e|integration|cover|lint|bench|fuzz|docker|clean|release|deploy|fmt|format|functional|acceptance|smoke|perf|watch|gen|style|types?|race|build|fix|doc|example|browser|install|setup|deps|image|push|publish/

type TaskRunner = {
  name: string
  program: string
  files: string[]
  recipes(text: string, view: RepoView): Map<string, string>
}

/** Which file lists which commands. A new task runner is one entry here. */
const runners: TaskRunner[] = [
  { name: 'make', program: 'make', files: ['GNUmakefile', 'makefile', 'Makefile'], recipes: makeRecipes },
  { name: 'just', program: 'just', files: ['justfile', 'Justfile', '.justfile'], recipes: justRecipes },
  {
    name: 'task',
    program: 'task',
    files: ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml', 'Taskfile.dist.yml'],
    recipes: taskRecipes,
  },
]

/** Scripts that usually run all tests, most likely first. */
const testScripts = [
  'script/test',
  'scripts/test',
  'scripts/test.sh',
  'script/test.sh',
  'bin/test',
  'test.sh',
  'runtests.sh',
  'run_tests.sh',
  'run-tests.sh',
  'runtest',
  'tests/run.sh',
]

/** The tasks of a project that run its tests, best first. */
export function testTasks(view: RepoView): Task[] {
  const fromRunners = runners.flatMap(runner => {
    const recipes = recipesOf(runner, view)
    const usual = testNames.filter(name => recipes.has(name))
    const others = [...recipes.keys()].filter(
      name => !name.endsWith(':') && /^[\w:-]+$/.test(name) && otherNames.test(name) && !parts.test(name),
    )
    return [...new Set([...usual, ...others])].slice(0, 30).map(target => ({
      name: runner.name,
      command: `${runner.program} ${target}`,
      inCi: calls(runner, target),
      body: closure(recipes, target),
      usual: usual.includes(target),
    }))
  })
  const scripts = testScripts
    .filter(path => view.files.includes(path))
    .map(path => ({
      name: 'tests',
      command: path.includes('/') ? path : `./${path}`,
      inCi: new RegExp(`(^|[\\s"'/])${path.replaceAll('.', '\\.')}(?=$|[\\s"';&|)])`),
      body: view.read(path) ?? '',
      usual: true,
    }))
  return [...fromRunners, ...bazelTests(view), ...scripts]
}

/** Bazel tests everything below its root, in any language. */
function bazelTests(view: RepoView): Task[] {
  const root = firstOf(view, 'MODULE.bazel', 'WORKSPACE.bazel', 'WORKSPACE')
  const builds = view.files.some(file => /(^|\/)BUILD(\.bazel)?$/.test(file))
  if (!root || !builds) return []
  return [
    { name: 'bazel', command: 'bazel test //...', inCi: /\bbazel(isk)?\b.*\s(test|coverage)\b/, body: '', usual: true },
  ]
}

/** The commands of the recipes that CI calls by name, e.g. `make ci`. */
export function calledRecipes(view: RepoView, ci: string[]): string[] {
  return runners.flatMap(runner => {
    const recipes = recipesOf(runner, view)
    return [...recipes.keys()]
      .filter(name => ci.some(line => calls(runner, name).test(line)))
      .map(name => closure(recipes, name))
  })
}

/** Matches a line that calls a target, also after options, variables and other targets: `make -j4 V=1 test`. */
const calls = ({ program }: TaskRunner, target: string): RegExp =>
  new RegExp(`(^|[\\s;&|(])${program}(\\s+(-\\S+|\\w+=\\S*|\\w[\\w-]*))*?\\s+${literal(target)}(?=$|[\\s"';&|)])`)

/** Commands that a Makefile, justfile or Taskfile at the root defines, with the first line of their recipe, if any. */
export function taskCommands(view: RepoView): CommandFact[] {
  return runners.flatMap(runner => {
    const recipes = recipesOf(runner, view)
    return usualTasks.flatMap(name => {
      const recipe = recipes.get(name)
      if (recipe === undefined) return []
      const first = recipe.split('\n')[0] ?? ''
      return [{ command: `${runner.program} ${name}`, does: cutAtWord(first.replace(/^[@-]+/, ''), 80) }]
    })
  })
}

function recipesOf(runner: TaskRunner, view: RepoView): Map<string, string> {
  const file = firstOf(view, ...runner.files)
  return file === undefined ? new Map() : runner.recipes(view.read(file) ?? '', view)
}

/** A recipe with the recipes it names, to see which tool is called in the end. */
function closure(recipes: Map<string, string>, start: string): string {
  const seen = new Set<string>()
  const visit = (name: string): string => {
    const body = recipes.get(name)
    if (body === undefined || seen.has(name)) return ''
    seen.add(name)
    const named = [...`${recipes.get(`${name}:`) ?? ''} ${body}`.matchAll(/[\w./%-]+/g)].map(([word]) => word)
    return [body, ...named.map(visit)].join('\n')
  }
  return visit(start)
}

/** Target → recipe; what a target depends on is kept as `TARGET:`. */
function makeRecipes(text: string, view: RepoView): Map<string, string> {
  const recipes = new Map<string, string>()
  for (const rule of text.matchAll(/^([\w./ %-]+?)[ \t]*::?(?!=)([^\n]*)((?:\n(?:\t.*|[ \t]*(?=\n\t)))*)/gm))
    for (const name of (rule[1] ?? '').trim().split(/\s+/)) {
      const lines = (rule[3] ?? '').split('\n').map(line => line.trim())
      const body = lines.filter(line => line !== '').join('\n')
      recipes.set(name, [recipes.get(name), body].filter(Boolean).join('\n'))
      recipes.set(`${name}:`, `${recipes.get(`${name}:`) ?? ''} ${rule[2] ?? ''}`)
    }
  // A Makefile that passes every target on: `.DEFAULT:` and `cd src && $(MAKE) $@`.
  const handed = /cd\s+([\w./-]+)\s*&&\s*\$\(MAKE\)\s+\$@/.exec(recipes.get('.DEFAULT') ?? '')?.[1]
  const below = handed ? view.read(`${handed}/Makefile`) : undefined
  return below === undefined ? recipes : new Map([...makeRecipes(below, within(view, handed ?? '')), ...recipes])
}

function justRecipes(text: string): Map<string, string> {
  const recipes = new Map<string, string>()
  for (const rule of text.matchAll(/^@?([\w-]+)(?:[ \t][^:\n]*)?:(?!=)([^\n]*)((?:\n(?:[ \t]+.*|(?=\n[ \t])))*)/gm)) {
    recipes.set(
      rule[1] ?? '',
      (rule[3] ?? '')
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean)
        .join('\n'),
    )
    recipes.set(`${rule[1]}:`, rule[2] ?? '')
  }
  for (const alias of text.matchAll(/^alias[ \t]+([\w-]+)[ \t]*:=[ \t]*([\w-]+)/gm))
    if (recipes.has(alias[2] ?? '')) recipes.set(alias[1] ?? '', recipes.get(alias[2] ?? '') ?? '')
  return recipes
}

function taskRecipes(text: string): Map<string, string> {
  const recipes = new Map<string, string>()
  for (const [name, task] of Object.entries(tableAt(parseYaml(text), 'tasks'))) {
    const steps: unknown[] = [asTable(task).cmds ?? asTable(task).cmd ?? task].flat()
    const depends: unknown[] = [asTable(task).deps ?? []].flat()
    const commands = steps.flatMap(step => asText(step) ?? asText(asTable(step).cmd) ?? [])
    const others = [...steps, ...depends].flatMap(step => asText(asTable(step).task) ?? [])
    recipes.set(name, commands.join('\n'))
    recipes.set(`${name}:`, [...others, ...asTexts(depends)].join(' '))
  }
  return recipes
}
