import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// AGENTS.md is not among them: Codex reads it by itself.
const ruleFiles = ['CLAUDE.md', '.claude/CLAUDE.md']
const mostBytes = 16_000

/** What the project tells those who work on it, for a reviewer who would not read it by itself. */
export function projectRules(root: string): string {
  return ruleFiles
    .map(file => read(join(root, file)))
    .filter(Boolean)
    .join('\n\n')
    .slice(0, mostBytes)
}

export const decisionsPath = '.claude/countersign/decisions.jsonl'

/** Adds won't-do decisions. One line each and no time in it, so that two branches' decisions merge. */
export function addDecisions(
  root: string,
  decisions: { title: string; file: string; kind: string; reason: string }[],
): void {
  appendFileSync(join(root, decisionsPath), decisions.map(decision => `${JSON.stringify(decision)}\n`).join(''))
}

/** The team's won't-do decisions, a line each: what, and why not. Lines that cannot be read are passed over. */
export function wontDo(root: string): string {
  return read(join(root, decisionsPath))
    .split('\n')
    .flatMap(line => {
      try {
        const { title, file, reason } = JSON.parse(line)
        return [`- ${title}${file ? ` (${file})` : ''}: ${reason}`]
      } catch {
        return []
      }
    })
    .join('\n')
    .slice(0, mostBytes)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
