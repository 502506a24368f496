import type { RepoView } from '../../model/setup/repo-facts.ts'
import type { Ecosystem, SuitesFound } from '../ecosystem.ts'
import { asText, parseJson, tableAt } from '../parsed.ts'
import { listed } from '../phrases.ts'
import { baseOf, firstOf } from '../view.ts'

const solution = /\.(sln|slnx)$/
const projectFile = /\.(cs|fs|vb)proj$/

export const dotnet: Ecosystem = {
  name: 'dotnet',
  manifests: ['*.sln', '*.slnx', '*.csproj', '*.fsproj', '*.vbproj'],
  packageManifests: ['*.csproj', '*.fsproj'],
  languages: { cs: 'C#', fs: 'F#' },
  bundledManager: 'nuget',
  testsInOwnProjects: true,
  runsTests: /\bdotnet\b.*\s(test|vstest)\b/,
  usesTools: /\bdotnet\b/,
  factsOf(project, whole, ci) {
    const projects = project.files.filter(file => projectFile.test(file))
    const tests = projects.filter(file => isTest(file, project.read(file) ?? ''))
    const { suites, unsure } = suitesOf(project, whole, tests, ci)
    return {
      language: projects.filter(file => file.endsWith('.fsproj')).length > projects.length / 2 ? 'F#' : 'C#',
      packageManager: 'nuget',
      description: null,
      suites,
      commands: [],
      conventions: conventions(project, whole, projects, tests),
      entries: projects
        .filter(file =>
          /<OutputType>\s*(Win)?Exe|Sdk="Microsoft\.NET\.Sdk\.(Web|Worker)"/i.test(project.read(file) ?? ''),
        )
        .filter(file => !tests.includes(file))
        .slice(0, 8)
        .map(file => `\`${file}\`: a program`),
      ignore: ['**/bin/Debug/**', '**/bin/Release/**', '**/obj/**', '**/TestResults/**'],
      unsure,
    }
  },
}

const frameworks: [RegExp, string][] = [
  [/"xunit/i, 'xUnit'],
  [/"nunit/i, 'NUnit'],
  [/"MSTest|MSTest\.Sdk/i, 'MSTest'],
  [/"TUnit/i, 'TUnit'],
]

/** A project that the test runner can run, not one that only helps tests. */
const isTest = (file: string, text: string): boolean =>
  /Microsoft\.NET\.Test\.Sdk|MSTest\.Sdk|<IsTestProject>\s*true/i.test(text) ||
  frameworks.some(([pattern]) => pattern.test(text)) ||
  /[._]?(Unit|Functional|Integration)?Tests?\.\w+proj$/i.test(file)

function suitesOf(project: RepoView, whole: RepoView, tests: string[], ci: string[]): SuitesFound {
  const none = { suites: [], unsure: [] }
  if (tests.length === 0) return none
  const here = project.files.filter(file => !file.includes('/'))
  const complete = here.filter(file => solution.test(file))
  // A filter leaves projects out, such as those for phones; it counts where CI uses it for tests.
  const filters = here.filter(
    file => file.endsWith('.slnf') && ci.some(line => /\btest\b/.test(line) && line.includes(file)),
  )
  const solutions = [...filters, ...complete]
  const own = here.filter(file => projectFile.test(file))
  const named = solutions.filter(file => ci.some(line => line.includes(file)))
  const chosen = named[0] ?? solutions.find(file => baseOf(file).startsWith(`${whole.name}.`)) ?? solutions[0]
  const unsure =
    complete.length > 1 && named.length !== 1
      ? [`There are ${solutions.length} solutions: ${listed(solutions)}. The tests run with ${chosen}.`]
      : []
  // With exactly one solution or project in the directory dotnet finds it by itself.
  const target = chosen && solutions.length + own.length > 1 ? solutionArgument(chosen, whole) : ''
  if (chosen || own.length > 0) {
    if (!chosen && !own.some(file => tests.includes(file))) return none
    const command = `dotnet test${target}`
    return { suites: [{ name: 'dotnet', command, single: `${command} --filter NAME` }], unsure }
  }
  return none
}

/** Since .NET 10 the newer test platform, chosen in global.json, requires `--solution`. */
function solutionArgument(file: string, whole: RepoView): string {
  const runner = asText(tableAt(parseJson(whole.read('global.json')), 'test').runner)
  const quoted = /\s/.test(file) ? `"${file}"` : file
  return runner === 'Microsoft.Testing.Platform' ? ` --solution ${quoted}` : ` ${quoted}`
}

function conventions(project: RepoView, whole: RepoView, projects: string[], tests: string[]): string[] {
  const shared = [project, whole].flatMap(view =>
    ['Directory.Build.props', 'Directory.Packages.props'].map(file => view.read(file) ?? ''),
  )
  const texts = [...projects.slice(0, 60).map(file => project.read(file) ?? ''), ...shared]
  const all = (pattern: RegExp) => [
    ...new Set(texts.flatMap(text => [...text.matchAll(pattern)].flatMap(match => (match[1] ?? '').split(';')))),
  ]
  const targets = all(/<TargetFrameworks?>\s*([^<$]+?)\s*</g)
  const sdk = asText(tableAt(parseJson(whole.read('global.json')), 'sdk').version)
  const used = frameworks.filter(([pattern]) => texts.some(text => pattern.test(text))).map(([, name]) => name)
  const central = firstOf(project, 'Directory.Packages.props')
  return [
    ...(targets.length > 0 ? [`Targets ${listed(targets.slice(0, 6))}.`] : []),
    ...(sdk ? [`.NET SDK ${sdk} (global.json).`] : []),
    ...(texts.some(text => /<Nullable>\s*enable/.test(text)) ? ['Nullable reference types are enabled.'] : []),
    ...(texts.some(text => /<TreatWarningsAsErrors>\s*true/.test(text)) ? ['Warnings are treated as errors.'] : []),
    ...(central ? [`Package versions are kept in ${central}.`] : []),
    ...(used.length > 0
      ? [`Tests: ${listed(used)}, in ${tests.length === 1 ? '1 project' : `${tests.length} projects`}.`]
      : []),
  ]
}
