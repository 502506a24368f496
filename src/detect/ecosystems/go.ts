import type { RepoView, SuiteFact } from '../../model/setup/repo-facts.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { dirOf } from '../view.ts'
import { optionsOfCi } from './options.ts'

export const go: Ecosystem = {
  name: 'go',
  manifests: ['go.mod', 'go.work'],
  packageManifests: ['go.mod'],
  languages: { go: 'Go' },
  bundledManager: 'go',
  testsInOwnProjects: true,
  runsTests: /\bgo\s+test\b(?!.*\s-(fuzz|bench|run)\b)|\bgotestsum\b|\bginkgo\b/,
  usesTools: /\b(go|gotestsum|ginkgo)\b|\$[({]GO\w*[)}]/,
  // `./...` stops at the modules inside a module, unless a go.work lists them.
  leavesOut: (outer, inner) =>
    !workspaceModules(outer.read('go.work')).some(dir => dir.replace(/^\.\/?/, '') === inner),
  factsOf(project, whole, ci) {
    const mod = project.read('go.mod') ?? ''
    const version = /^go[ \t]+(\S+)/m.exec(mod)?.[1] ?? /^go[ \t]+(\S+)/m.exec(project.read('go.work') ?? '')?.[1]
    const module = /^module[ \t]+"?([^"\s]+)/m.exec(mod)?.[1]
    const linter = project.files.find(file => /^\.golangci\.(ya?ml|toml|json)$/.test(file))
    const tested = ownTests(project)
    // An inner module without tests is a set of tools or pinned versions.
    const suites = tested || project === whole ? suitesOf(project, ci) : []
    return {
      language: 'Go',
      packageManager: 'go',
      description: null,
      suites,
      commands: [],
      conventions: [
        ...(module ? [`Go module \`${module}\`${version ? `, Go ${version}` : ''} (go.mod).`] : []),
        ...(linter ? [`Linted with golangci-lint (${linter}).`] : []),
        ...(project.files.includes('vendor/modules.txt') ? ['Dependencies are vendored in vendor/.'] : []),
      ],
      entries: mains(project).map(dir => `\`${dir || '.'}\`: a program (package main)`),
      ignore: [],
      unsure: suites.length > 0 && !tested ? ['There is no _test.go file yet, so `go test` only compiles.'] : [],
    }
  },
}

/** Whether a module has test files of its own, not only the modules inside it; a workspace counts all of its modules. */
function ownTests(project: RepoView): boolean {
  const used = workspaceModules(project.read('go.work')).map(dir => dir.replace(/^\.\/?/, ''))
  const modules = project.files.filter(file => file.endsWith('/go.mod')).map(dirOf)
  const others = modules.filter(dir => !used.includes(dir))
  return project.files.some(file => file.endsWith('_test.go') && !others.some(dir => file.startsWith(`${dir}/`)))
}

/** `./...` stops at nested modules, so a workspace names each of its modules. */
function suitesOf(project: RepoView, ci: string[]): SuiteFact[] {
  const options = optionsOfCi(
    ci,
    /\bgo\s+test\s.*\.\/\.\.\./,
    /\s(-tags|-timeout|-p)[= ]("[^"]*"|'[^']*'|[^\s"';&|]+)|\s-short\b/g,
  )
  const single = `go test${options} ./PACKAGE -run NAME`
  const used = workspaceModules(project.read('go.work'))
  if (used.length > 0)
    return [{ name: 'go', command: `go test${options} ${used.map(dir => `${dir}/...`).join(' ')}`, single }]
  return project.files.includes('go.mod') ? [{ name: 'go', command: `go test${options} ./...`, single }] : []
}

/** Directories that go.work uses, as written there, e.g. `./api`. */
function workspaceModules(text: string | undefined): string[] {
  const plain = (text ?? '').replace(/\/\/.*$/gm, '')
  const blocks = [...plain.matchAll(/^use[ \t]*\(([^)]*)\)/gm)].flatMap(match => (match[1] ?? '').split(/\s+/))
  const lines = [...plain.matchAll(/^use[ \t]+([^(\s]+)/gm)].map(match => match[1] ?? '')
  return [...blocks, ...lines]
    .map(dir => dir.replace(/"/g, '').replace(/\/+$/, ''))
    .filter(dir => /^\.[\w./-]*$/.test(dir))
}

/** Directories that hold a package main, at most eight. */
function mains(project: RepoView): string[] {
  const likely = project.files.filter(file => /(^|\/)main\.go$/.test(file) && !/(^|\/)(vendor|testdata)\//.test(file))
  return likely
    .filter(file => /^package main\b/m.test(project.read(file) ?? ''))
    .map(dirOf)
    .slice(0, 8)
}
