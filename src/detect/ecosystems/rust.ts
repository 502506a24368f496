import type { RepoView } from '../../model/setup/repo-facts.ts'
import type { Ecosystem } from '../ecosystem.ts'
import { asTable, asText, parseToml, type Table, tableAt } from '../parsed.ts'
import { firstOf } from '../view.ts'
import { optionsOfCi } from './options.ts'

export const rust: Ecosystem = {
  name: 'rust',
  manifests: ['Cargo.toml'],
  languages: { rs: 'Rust' },
  bundledManager: 'cargo',
  descriptionOf: project => asText(tableAt(parseToml(project.read('Cargo.toml')), 'package').description),
  runsTests: /\bcargo\b(?!.*\b(miri|careful)\b).*\s(test|nextest|t)(\s|$)/,
  usesTools: /\bcargo\b|\$[({]CARGO[)}]/,
  factsOf(project, whole, ci) {
    const cargo = parseToml(project.read('Cargo.toml'))
    const workspace = cargo !== undefined && 'workspace' in cargo
    const crate = tableAt(cargo, 'package')
    const tested = hasTests(project)
    const { command, single, unsure } = testsOf(workspace, project, ci)
    return {
      language: 'Rust',
      packageManager: 'cargo',
      description: asText(crate.description)?.trim() || null,
      suites: cargo && (tested || project === whole) ? [{ name: 'rust', command, single }] : [],
      commands: [],
      conventions: cargo ? conventions(cargo, project) : [],
      entries: entries(project),
      ignore: ['target/**'],
      unsure: cargo
        ? [
            ...(tested || project !== whole ? [] : ['No #[test] was found. Without one, `cargo test` only compiles.']),
            ...unsure,
          ]
        : ['Cargo.toml is not valid TOML; nothing was read from it.'],
    }
  },
}

/** Whether there is a test: a file in tests/, or an attribute in one of the first sources. */
const hasTests = (project: RepoView): boolean =>
  project.files.some(file => /(^|\/)tests\/.*\.rs$/.test(file)) ||
  project.files
    .filter(file => file.endsWith('.rs'))
    .slice(0, 300)
    .some(file => /#\[(\w+::)*test\b|#\[cfg\(test\)\]/.test(project.read(file) ?? ''))

/** nextest only where the repository has a configuration for it or its CI runs it: not everybody has it installed. */
function testsOf(workspace: boolean, project: RepoView, ci: string[]) {
  const options = optionsOfCi(
    ci,
    /\bcargo\b(?!.*\b(miri|hack|llvm-cov|tarpaulin|careful)\b).*\s(test|nextest\s+run)\b(?!.*\s(-p|--package|--manifest-path|--test|--lib|--bins?|--doc|--no-run|--target|--ignored)\b)/,
    /\s(--all-features|--no-default-features|(--features|-F|--exclude)[= ]("[^"]*"|'[^']*'|[^\s"';&|]+))/g,
  )
  const all = `${workspace || /--exclude/.test(options) ? ' --workspace' : ''}${options}`
  const configured = firstOf(project, '.config/nextest.toml', 'nextest.toml')
  const run = ci.some(line => /\bcargo\b.*\snextest\s+run\b/.test(line))
  if (!configured && !run) return { command: `cargo test${all}`, single: 'cargo test NAME', unsure: [] }
  return {
    command: `cargo nextest run${all}`,
    single: 'cargo nextest run NAME',
    unsure: ['cargo-nextest does not run documentation tests; `cargo test --doc` does.'],
  }
}

function conventions(cargo: Table, project: RepoView): string[] {
  const crate = { ...tableAt(cargo, 'workspace', 'package'), ...tableAt(cargo, 'package') }
  const edition = asText(crate.edition)
  const minimum = asText(crate['rust-version'])
  const toolchain = firstOf(project, 'rust-toolchain.toml', 'rust-toolchain')
  const rustfmt = firstOf(project, 'rustfmt.toml', '.rustfmt.toml')
  const clippy = firstOf(project, 'clippy.toml', '.clippy.toml')
  const lints = Object.keys({ ...asTable(cargo.lints), ...tableAt(cargo, 'workspace', 'lints') }).filter(
    key => key !== 'workspace',
  )
  return [
    ...(edition ? [`Rust edition ${edition}${minimum ? `, Rust ${minimum} or later` : ''} (Cargo.toml).`] : []),
    ...(toolchain ? [`The toolchain is pinned in ${toolchain}.`] : []),
    ...(rustfmt ? [`Formatted with rustfmt (${rustfmt}).`] : []),
    ...(clippy ? [`Linted with Clippy (${clippy}).`] : []),
    ...(lints.length > 0 ? [`Cargo.toml sets lints for ${lints.join(', ')}.`] : []),
  ]
}

function entries(project: RepoView): string[] {
  const programs = project.files.filter(file => /^src\/(main|bin\/[^/]+)\.rs$/.test(file)).slice(0, 5)
  return [
    ...programs.map(file => `\`${file}\`: a program`),
    ...(project.files.includes('src/lib.rs') ? ['`src/lib.rs`: the library crate'] : []),
  ]
}
