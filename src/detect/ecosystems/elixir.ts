import type { Ecosystem } from '../ecosystem.ts'
import { whereTestsLive } from '../phrases.ts'

export const elixir: Ecosystem = {
  name: 'elixir',
  manifests: ['mix.exs'],
  languages: { ex: 'Elixir', exs: 'Elixir' },
  bundledManager: 'mix',
  runsTests: /\bmix\b.*\btest\b/,
  usesTools: /\bmix\b/,
  // Only an umbrella's own tests reach into its applications.
  leavesOut: (outer, inner) => !/\bapps_path:/.test(outer.read('mix.exs') ?? '') || !inner.startsWith('apps/'),
  factsOf(project) {
    const mix = project.read('mix.exs') ?? ''
    const tested = project.files.some(file => file.endsWith('_test.exs'))
    const version = /\belixir:\s*"([^"]+)"/.exec(mix)?.[1]
    const umbrella = /\bapps_path:/.test(mix)
    const app = /\bapp:\s*:(\w+)/.exec(mix)?.[1]
    return {
      language: 'Elixir',
      packageManager: 'mix',
      description: null,
      suites: tested ? [{ name: 'elixir', command: 'mix test', single: 'mix test FILE:LINE' }] : [],
      commands: [],
      conventions: [
        ...(version ? [`Elixir ${version} (mix.exs).`] : []),
        ...(umbrella ? ['An umbrella project: each directory in apps/ is one application (mix.exs).'] : []),
        ...(/\{:phoenix,/.test(mix) ? ['Built on Phoenix (mix.exs).'] : []),
        ...(project.files.includes('.formatter.exs') ? ['Formatted with `mix format` (.formatter.exs).'] : []),
        ...(/\{:credo,/.test(mix) ? ['Linted with Credo (mix.exs).'] : []),
        ...(/\{:dialyxir,/.test(mix) ? ['Analysed with Dialyzer (mix.exs).'] : []),
        ...(tested ? [`Tests: ExUnit${whereTestsLive(project.files, /_test\.exs$/)}.`] : []),
      ],
      entries:
        app && project.files.includes(`lib/${app}/application.ex`)
          ? [`\`lib/${app}/application.ex\`: starts the application`]
          : [],
      ignore: ['_build/**', 'deps/**', 'cover/**', '.elixir_ls/**', '**/erl_crash.dump'],
      unsure: [],
    }
  },
}
