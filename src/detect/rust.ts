import type { RepoView } from '../model/repo-facts.ts'
import { asTable, asText, type Ecosystem, firstOf, parseToml, type Table, tableAt } from './look.ts'

export const rust: Ecosystem = {
  name: 'rust',
  manifests: ['Cargo.toml'],
  look(project) {
    const cargo = parseToml(project.read('Cargo.toml'))
    const workspace = cargo !== undefined && 'workspace' in cargo
    const crate = tableAt(cargo, 'package')
    const command = workspace ? 'cargo test --workspace' : 'cargo test'
    return {
      language: 'Rust',
      packageManager: 'cargo',
      description: asText(crate.description)?.trim() || null,
      suites: cargo ? [{ name: 'rust', command, single: 'cargo test NAME' }] : [],
      commands: [],
      conventions: cargo ? conventions(cargo, project) : [],
      entries: entries(project),
      ignore: ['target/**'],
      unsure: cargo ? [] : ['Cargo.toml is no valid TOML; nothing was read from it.'],
    }
  },
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
    ...(edition ? [`Rust edition ${edition}${minimum ? `, at least ${minimum}` : ''} (Cargo.toml).`] : []),
    ...(toolchain ? [`The toolchain is pinned in ${toolchain}.`] : []),
    ...(rustfmt ? [`Formatted by rustfmt (${rustfmt}).`] : []),
    ...(clippy ? [`Linted by Clippy (${clippy}).`] : []),
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
