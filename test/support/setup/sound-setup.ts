import { judgeSetup } from '../../../src/core/doctor/index.ts'
import { freshSettings } from '../../../src/core/setup/settings/settings.ts'
import { Config } from '../../../src/model/config.ts'
import type { DoctorFacts, Layer, LayerText } from '../../../src/model/setup/doctor-facts.ts'

const paths: Record<Layer, string> = {
  managed: '/etc/claude-code/managed-settings.json',
  local: '.claude/settings.local.json',
  project: '.claude/settings.json',
  user: '~/.claude/settings.json',
  plugin: '~/.claude/plugins/cache/twin/hooks/hooks.json',
}

/** A settings file of this layer; what is no text is written as JSON. */
export const layer = (name: Layer, content: unknown): LayerText => ({
  layer: name,
  path: paths[name],
  text: typeof content === 'string' ? content : JSON.stringify(content),
})

/** What settings.json says after `init`, for a test to change. */
export const installedSettings = () => JSON.parse(freshSettings())

/** What `doctor` looks up in a setup that has nothing wrong with it. */
export const soundSetup = (): DoctorFacts => ({
  version: '1.2.0',
  cwd: '/repo',
  root: '/repo',
  offInEnvironment: false,
  claude: { file: '/bin/claude', version: '2.1.330', login: 'login' },
  codex: { file: '/bin/codex', version: '0.169.0', login: 'key', missingKey: null, openaiKey: false },
  node: { file: '/bin/node', version: 'v20.19.0' },
  hidden: [],
  layers: [layer('project', freshSettings())],
  firings: ['.', 'api'].map(from => ({
    event: 'Stop',
    from,
    seconds: from === '.' ? 0.1 : 0.24,
    answer: { probe: 'p', event: 'Stop', version: '1.2.0', node: 'v20.19.0', root: '/repo' },
    problem: null,
  })),
  manifest: {
    version: '1.2.0',
    files: [
      { path: 'a.md', state: 'as written', problem: null, restorable: true, original: 'kept' },
      { path: 'b.md', state: 'as written', problem: null, restorable: true, original: 'kept' },
    ],
  },
  gitIgnoresSetup: false,
  ignoredFiles: { paths: [], lines: [] },
  config: { is: 'valid', config: Config.parse({ version: 1, tests: [{ name: 'unit', command: 'npm test' }] }) },
  missingTestPrograms: [],
  conflicts: [],
  lock: null,
  journal: null,
  ledger: { torn: 0, paused: false, lastFired: '2026-01-05T10:00:00.000Z', writable: true },
})

/** What one check says of a sound setup in which this is otherwise. */
export const judged = (id: string, more: Partial<DoctorFacts>) => {
  const result = judgeSetup({ ...soundSetup(), ...more }).find(check => check.id === id)!
  return { mark: result.mark, says: result.says, fix: result.fix, details: result.details ?? [] }
}

/** settings.json as installed, with its entry for Stop changed. */
export const stopHook = (change: (hook: Record<string, unknown>) => void): Partial<DoctorFacts> => {
  const settings = installedSettings()
  change(settings.hooks.Stop[0].hooks[0])
  return { layers: [layer('project', settings)] }
}
