import type { Position, Speaker } from '../../model/finding.ts'
import { type Priority, priorities } from '../../model/priority.ts'

export type Outcome = 'open' | 'agreed' | 'not-needed' | 'disputed'

/** The strongest claim that both hold: the lower of two priorities. */
export function lowerPriority(a: Priority, b: Priority): Priority {
  return priorities.indexOf(a) > priorities.indexOf(b) ? a : b
}

/** Where a speaker stands: the last position that counts. A change of mind that names no cause does not count. */
export function standing(positions: Position[], by: Speaker): Position | null {
  return positions
    .filter(position => position.by === by)
    .reduce<Position | null>(
      (stand, next) => (!stand || stand.needed === next.needed || next.concession ? next : stand),
      null,
    )
}

/**
 * What two models' positions on one finding come to. Pure, and the only place where agreement is decided.
 *
 * @param spent Whether the rounds are used up, or the author has given no answer in time: what is open is then disputed.
 */
export function outcome(positions: Position[], spent: boolean): { outcome: Outcome; priority: Priority | null } {
  const claude = standing(positions, 'claude')
  const codex = standing(positions, 'codex')
  if (claude?.needed && codex?.needed && claude.priority && codex.priority)
    return { outcome: 'agreed', priority: lowerPriority(claude.priority, codex.priority) }
  if (claude && codex && !claude.needed && !codex.needed) return { outcome: 'not-needed', priority: null }
  return { outcome: spent ? 'disputed' : 'open', priority: codex?.priority ?? null }
}
