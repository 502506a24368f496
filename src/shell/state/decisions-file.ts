import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TeamDecision } from '../../model/decision.ts'
import type { Clean } from '../../model/ledger/shape.ts'
import { decisionsPath } from '../../model/paths.ts'
import { readEnd } from '../files/bounded-file.ts'
import { containedPath } from '../files/contained-path.ts'

/** Adds won't-do decisions. One line each and no time in it, so that two branches' decisions merge. */
export function addDecisions(root: string, decisions: readonly Clean<TeamDecision>[]): void {
  // Checked first: a link that a repository ships must not lead this write out of it.
  const { absolute } = containedPath(root, decisionsPath)
  mkdirSync(dirname(absolute), { recursive: true })
  const lines = decisions.map(decision => `${JSON.stringify(decision)}\n`).join('')
  // An editor may have left the last line open; joined to it, neither could be read.
  appendFileSync(absolute, /[^\n]/.test(readEnd(absolute, 1)) ? `\n${lines}` : lines)
}
