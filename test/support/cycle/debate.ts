import type { Position } from '../../../src/model/finding.ts'
import type { Priority } from '../../../src/model/priority.ts'

/**
 * What two models said of one finding, in the order they said it: `codex:high`, `claude:no`, and with a quote that was found
 * `codex:no!`; `?` is a quote that is nowhere. Each quote is of a place that nobody has shown before; `=` repeats one.
 */
export const story = (text: string): Position[] => text.split(' ').map((said, round) => position(said, round))

function position(said: string, round: number): Position {
  const [by, claim] = said.split(':') as ['claude' | 'codex', string]
  const word = claim.replace(/[!?=]/, '')
  const needed = word !== 'no'
  const shows = claim.endsWith('!') || claim.endsWith('=')
  const line = claim.endsWith('=') ? 100 : 1000 + round
  return {
    ...{ by, round, needed, priority: needed ? (word as Priority) : null, reason: 'because', concession: null },
    evidence: shows ? 'checked' : claim.endsWith('?') ? 'false' : 'none',
    cited: shows ? [{ file: 'b.js', lineStart: line, lineEnd: line, quote: `line ${line}` }] : [],
  }
}
