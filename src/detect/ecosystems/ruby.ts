import type { RepoView } from '../../model/setup/repo-facts.ts'
import { preferred } from '../ci.ts'
import type { Ecosystem, SuitesFound } from '../ecosystem.ts'
import { listed, whereTestsLive } from '../phrases.ts'
import { firstOf, ownProgram, within } from '../view.ts'

export const ruby: Ecosystem = {
  name: 'ruby',
  manifests: ['Gemfile', 'Rakefile', 'gems.rb', '*.gemspec'],
  packageManifests: ['*.gemspec'],
  languages: { rb: 'Ruby' },
  runsTests: /\b(rspec|rake|minitest)\b|\b(rails|bake)\s+(test|spec)\b/,
  usesTools: /\b(ruby|rspec|rake|rails|bundle|bake)\b/,
  // A gem inside has its own Gemfile and is tested from there.
  leavesOut: (outer, inner) => {
    const { files } = within(outer, inner)
    return files.includes('Gemfile') && files.includes('Rakefile')
  },
  factsOf(project, _, ci) {
    const gems = gemsOf(project)
    const { suites, unsure } = suitesOf(project, gems, ci)
    return {
      language: 'Ruby',
      packageManager: firstOf(project, 'Gemfile', 'gems.rb') ? 'bundler' : null,
      description: null,
      suites,
      commands: [],
      conventions: conventions(project, gems),
      entries: [
        ...(project.files.includes('config.ru') ? ['`config.ru`: starts the web server'] : []),
        ...project.files
          .filter(file => /^exe\/[^/]+$/.test(file))
          .slice(0, 5)
          .map(file => `\`${file}\`: a command`),
      ],
      ignore: ['.bundle/**', 'vendor/bundle/**', 'log/**', 'tmp/**', 'coverage/**', '.rspec_status'],
      unsure,
    }
  },
}

/** Names of the gems that the Gemfile, or a gemspec, asks for. */
function gemsOf(project: RepoView): Set<string> {
  const files = project.files.filter(file => /^(Gemfile|gems\.rb|[^/]+\.gemspec)$/.test(file))
  const call = /^\s*(?:gem|\w+\.add_(?:development_|runtime_)?dependency)[\s(]+["']([\w-]+)["']/gm
  return new Set(files.flatMap(file => [...(project.read(file) ?? '').matchAll(call)].map(match => match[1] ?? '')))
}

function suitesOf(project: RepoView, gems: Set<string>, ci: string[]): SuitesFound {
  const specs = project.files.some(file => /(^|\/)spec\/.*_spec\.rb$/.test(file))
  const tests = project.files.some(file => /(^|\/)tests?\/(.*[_-](test|spec)|(.*\/)?(test|spec)_[^/]*)\.rb$/.test(file))
  const exec = firstOf(project, 'Gemfile', 'gems.rb') ? 'bundle exec ' : ''
  const rakefile = firstOf(project, 'Rakefile', 'rakefile', 'Rakefile.rb')
  const rake = rakefile === undefined ? '' : (project.read(rakefile) ?? '')
  const rails = project.files.includes('bin/rails')
  const railsProgram = project.platform === 'win32' ? 'ruby bin/rails' : 'bin/rails'
  const candidates = [
    ...(specs && (gems.has('rspec') || gems.has('rspec-rails') || project.files.includes('.rspec') || !tests)
      ? [{ name: 'rspec', command: `${exec}rspec`, single: `${exec}rspec FILE`, inCi: /\brspec\b|\brake\s+spec\b/ }]
      : []),
    ...(tests && rails
      ? [
          {
            name: 'rails',
            command: `${railsProgram} test`,
            single: `${railsProgram} test FILE`,
            inCi: /\brails\s+(\S+:\S+\s+)*test\b/,
          },
        ]
      : []),
    ...(tests && !rails && project.files.includes('bin/test')
      ? [{ name: 'script', command: ownProgram(project, 'bin/test'), single: 'bin/test FILE', inCi: /\bbin\/test\b/ }]
      : []),
    ...(tests && !rails && /\bTestTask\b|\btask\s*\(?:?["']?test\b|^require.*rake\/testtask|:test\b/m.test(rake)
      ? [
          {
            name: 'ruby',
            command: `${exec}rake test`,
            single: `${exec}ruby -Ilib:test FILE`,
            inCi: /\brake\b(?!\s+spec)/,
          },
        ]
      : []),
  ]
  const chosen = preferred(candidates, ci)
  if (!chosen)
    return { suites: [], unsure: tests ? ['There are test files, but no Rakefile task that runs them all.'] : [] }
  const { inCi: _, ...suite } = chosen
  const others = candidates.filter(({ name }) => name !== chosen.name).map(({ command }) => `\`${command}\``)
  return {
    suites: [{ ...suite, name: 'ruby' }],
    unsure: others.length > 0 ? [`There are also tests for ${listed(others)}; only \`${suite.command}\` is run.`] : [],
  }
}

function conventions(project: RepoView, gems: Set<string>): string[] {
  const version = project.read('.ruby-version')?.trim()
  const rubocop = firstOf(project, '.rubocop.yml')
  const standard = gems.has('standard') || project.files.includes('.standard.yml')
  const specs = whereTestsLive(project.files, /_spec\.rb$/)
  const tests = whereTestsLive(project.files, /_test\.rb$|^test_.*\.rb$/)
  return [
    ...(version ? [`Ruby ${version.replace(/^ruby-/, '')} (.ruby-version).`] : []),
    ...(gems.has('rails') ? ['Built on Rails (Gemfile).'] : []),
    ...(rubocop ? [`Linted with RuboCop (${rubocop}).`] : []),
    ...(standard ? ['Formatted with Standard.'] : []),
    ...(specs ? [`Tests: RSpec${specs}.`] : tests ? [`Tests: Minitest or test-unit${tests}.`] : []),
  ]
}
