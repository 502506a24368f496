import type { Config } from '../model/config.ts'
import type { FileProblem } from '../model/file-problem.ts'
import type { Setup } from '../model/repository.ts'
import { loadConfig } from '../shell/state/config-file.ts'

/** The configuration is there and cannot be read; whoever decides without one never meets this. */
export class ConfigUnreadable extends Error {
  override name = 'ConfigUnreadable'
  readonly problems: FileProblem[]

  constructor(problems: FileProblem[]) {
    super('the configuration cannot be read')
    this.problems = problems
  }
}

/** Returns a function that loads the configuration once, when it is first asked for. */
export function configOf({ root, scope }: Setup): () => Config {
  let config: Config | undefined
  return () => {
    if (config) return config
    const loaded = loadConfig(root, scope.stateDir)
    if ('problems' in loaded) throw new ConfigUnreadable(loaded.problems)
    config = loaded.config
    return config
  }
}
