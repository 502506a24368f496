import { join } from 'node:path'
import { configDifference } from '../core/cycle/config-difference.ts'
import type { State } from '../core/ledger/state.ts'
import { decisionsIn } from '../core/review/wont-do.ts'
import { configPath, decisionsPath } from '../model/paths.ts'
import type { Setup } from '../model/repository.ts'
import { readBounded } from '../shell/files/bounded-file.ts'
import { treeReader } from '../shell/git/tree-reader.ts'
import { configText } from '../shell/state/cached-config.ts'
import { readConfig } from '../shell/state/config-file.ts'
import { heldText } from '../shell/state/config-in-force.ts'
import { allEntries } from '../shell/state/ledger.ts'

const most = 6

/**
 * What a change of the gate's own files does, a line each.
 *
 * @param when From when on a changed configuration holds, as a phrase.
 */
export function gateNotes(setup: Setup, state: State, changed: string[], when: string): string[] {
  const lines = [
    ...(changed.includes(configPath) ? configNotes(setup, when) : []),
    ...(changed.includes(decisionsPath) ? decisionNotes(setup, state) : []),
  ]
  return lines.length > most ? [...lines.slice(0, most), `… and ${lines.length - most} more`] : lines
}

function configNotes({ root, scope }: Setup, when: string): string[] {
  const held = heldText(scope.stateDir)
  if (held === undefined) return []
  const [before, after] = [held, configText(root)].map(text => readConfig(text ?? 'version: 1'))
  if (!before || !after || !('config' in before)) return []
  if ('problems' in after) {
    const { line, column, problem } = after.problems[0]!
    return [`${configPath}:${line}:${column}: ${problem}. The configuration of your last prompt applies.`]
  }
  const says = configDifference(before.config, after.config)
  return says.length > 0 ? [...says, `The configuration applies ${when}.`] : []
}

/** Decisions that neither the settled tree has nor the user has made by `dismiss`. */
function decisionNotes({ root, scope }: Setup, { settled }: State): string[] {
  const live = readBounded(join(root, decisionsPath), 1024 * 1024) ?? ''
  const before = settled ? (treeReader(scope, settled).read(decisionsPath) ?? '') : ''
  return decisionsIn(live, before, allEntries(scope.stateDir)).map(
    line => `new decision, not to be raised again: ${line}`,
  )
}
