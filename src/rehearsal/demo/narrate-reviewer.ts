import { isAboveLine, lowerPriority } from '../../core/ledger/debate.ts'
import type { Happening, LedgerEntry } from '../../model/ledger/ledger-entry.ts'
import type { Priority } from '../../model/priority.ts'
import type { CodexAnswer, CodexTurn } from '../models/codex-model.ts'
import type { Transcript } from './transcript.ts'

/** Tells which commands Codex runs, as its scripted model asks for them. */
export function tellCommands(transcript: Transcript, turn: CodexTurn, answer: CodexAnswer): void {
  if (!('commands' in answer)) return
  for (const command of answer.commands) transcript.say('codex', `  $ ${command}  (sandbox: ${turn.sandbox})`, 'quiet')
}

type Telling = { [K in Happening['kind']]?: (entry: Extract<LedgerEntry, { kind: K }>) => void }

/** Tells what is asked of Codex, what it answers and what is agreed, from the ledger. */
export function reviewerNarrator({ say }: Transcript): (entry: LedgerEntry) => void {
  const raised = new Map<string, Priority>()
  const telling: Telling = {
    'codex-called': ({ call }) =>
      say('gate', `asks Codex to ${call === 'review' ? 'review the change, without the self-review' : 'answer'}`),
    reviewed: ({ findings, resolved, verdict, summary }) => {
      for (const { id, priority, kind, title, file, lineStart, body } of findings) {
        raised.set(id, priority)
        say('codex', `${id} ${priority} · ${kind} · ${title} · ${file}:${lineStart}\n   ${body}`)
      }
      for (const { id, reason, ...one } of resolved) {
        say('codex', `${id} ${one.resolved ? 'resolved' : 'not resolved'}: ${reason}`)
      }
      if (verdict === 'approve') say('codex', `approves: ${summary}`)
    },
    answered: ({ positions }) => {
      for (const { id, needed, priority } of positions) {
        const codex = raised.get(id)
        if (needed && priority && codex) say('gate', `${id} is agreed: ${agreement(codex, priority)}`)
      }
    },
    rebutted: ({ positions }) => {
      for (const { id, needed, priority, reason, concession } of positions) {
        say('codex', needed ? `${id} needed, ${priority}: ${reason}` : `${id} conceded: ${concession ?? reason}`)
      }
    },
  }
  return entry => telling[entry.kind]?.(entry as never)
}

function agreement(codex: Priority, claude: Priority): string {
  if (codex === claude) return `both say fix it, ${codex}`
  if (isAboveLine(codex) !== isAboveLine(claude))
    return `both say fix it; Codex says ${codex}, Claude ${claude}, so Codex is asked again`
  return `both say fix it, ${codex} and ${claude}; the lower priority counts: ${lowerPriority(codex, claude)}`
}
