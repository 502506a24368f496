import { dirname, join } from 'node:path'
import { isSecretFile } from '../../core/text/secrets.ts'
import type { Setup } from '../../model/repository.ts'
import type { CodexQuestion } from '../../shell/codex/ask-codex.ts'
import { filesBelow } from '../../shell/files/files-below.ts'

/** Each is an argument of the sandbox, of which Windows takes few. */
const mostSecrets = process.platform === 'win32' ? 50 : 300

/**
 * Where a call to Codex runs and what it must keep its hands off: the configuration of the working tree and of the main one
 * it may be linked to, files that hold secrets, and Countersign's own memory, where Claude's view of the change is.
 *
 * @param needed What is in that memory and has to be read.
 */
export function placeOfCall(
  { root, scope }: Setup,
  needed: string[],
): Pick<CodexQuestion, 'cwd' | 'trees' | 'hidden' | 'needed' | 'scratchDir'> {
  const memories = [scope.gitDir, scope.commonDir].map(dir => join(dir, 'countersign'))
  return {
    cwd: root,
    trees: [root, scope.root, dirname(scope.commonDir)],
    hidden: [...memories, ...filesBelow(scope.root, isSecretFile, mostSecrets)],
    needed,
    scratchDir: join(scope.stateDir, 'codex'),
  }
}
