import type { Setup } from '../../model/repository.ts'
import { fingerprint } from '../../shell/git/fingerprint.ts'
import { loadConfig } from '../../shell/state/config-file.ts'

/** The fingerprint as it is now; with a configuration that cannot be read, of all files. */
export function treeNow({ root, scope }: Setup): string {
  const loaded = loadConfig(root, scope.stateDir)
  return fingerprint({ ...scope, ignore: 'config' in loaded ? loaded.config.ignore : [] })
}
