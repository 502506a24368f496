import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TeamDecision } from '../../model/decision.ts'
import { claudeMdPath, decisionsPath, otherClaudeMdPath } from '../../model/paths.ts'
import type { Clean } from '../../model/shape.ts'
import { readContained, readEnd } from '../files/bounded-file.ts'
import { containedPath } from '../files/contained-path.ts'

// AGENTS.md is not among them: Codex reads it by itself.
const ruleFiles = [claudeMdPath, otherClaudeMdPath]
const mostBytes = 64_000
const mostDecisionBytes = 1_000_000

/** What the project tells those who work on it, for a reviewer who would not read it by itself. */
export function projectRules(root: string): string {
  return ruleFiles
    .map(file => readContained(root, file, mostBytes) ?? '')
    .filter(Boolean)
    .join('\n\n')
}

/** Adds won't-do decisions. One line each and no time in it, so that two branches' decisions merge. */
export function addDecisions(root: string, decisions: readonly Clean<TeamDecision>[]): void {
  // Checked first: a link that a repository ships must not lead this write out of it.
  const { absolute } = containedPath(root, decisionsPath)
  mkdirSync(dirname(absolute), { recursive: true })
  const lines = decisions.map(decision => `${JSON.stringify(decision)}\n`).join('')
  // An editor may have left the last line open; joined to it, neither could be read.
  appendFileSync(absolute, /[^\n]/.test(readEnd(absolute, 1)) ? `\n${lines}` : lines)
}

/** The team's won't-do decisions, a line each: what, and why not. Lines that cannot be read are passed over. */
export function wontDo(root: string): string {
  return (readContained(root, decisionsPath, mostDecisionBytes) ?? '')
    .split('\n')
    .flatMap(line => {
      try {
        const { title, file, reason } = JSON.parse(line)
        const said = `- ${title}${file ? ` (${file})` : ''}: ${reason}`
        return [said.replace(/\s+/g, ' ').slice(0, 1000)]
      } catch {
        return []
      }
    })
    .join('\n')
}
