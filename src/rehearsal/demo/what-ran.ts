import type { LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import type { Scenario } from './demo-scene.ts'

/** Counts what the real programs have done, from the ledger and from the records of both models. */
export function whatRan({ claude, codex }: Scenario, entries: LedgerEntry[]): string {
  const runs = entries.filter(entry => entry.kind === 'tests-ran')
  const states = new Set(runs.map(({ tree }) => tree)).size
  const calls = entries.filter(entry => entry.kind === 'codex-called').map(({ call }) => call)
  const reviews = calls.filter(call => call === 'review').length
  const sandboxes = [...new Set(codex.records.map(({ turn }) => turn.sandbox))].join(', ')
  return `What ran
  claude  ${claude.records.length} answers from its scripted model
  tests   ${runs.length} runs, for ${states} states of the working tree
  codex   ${reviews} reviews and ${calls.length - reviews} rebuttals, sandbox ${sandboxes}, ${codex.records.length} answers from its scripted model`
}

/** Where everything is, or how to keep it. */
export function whereToLook({ project, ledger }: Scenario, cli: string, keep: boolean): string {
  if (!keep) return 'The scratch repository was removed. To keep it, run: npm run demo -- --keep'
  return `Look around
  ${project}
    git diff                   the countersigned change
    .claude/                   what init wrote
    ${ledger.slice(project.length + 1)}
                               every step, in order
    node ${cli} findings --format md`
}
