import {
  type ClaudeAnswer,
  type ClaudeScript,
  type ClaudeTurn,
  type Message,
  plainText,
} from '../models/claude-model.ts'

/** What Claude does when it is told something: one answer a request, in order, until it has nothing more to do. */
export type Part = { cue: RegExp; answers: (turn: ClaudeTurn, cue: RegExpMatchArray) => ClaudeAnswer[] }

/**
 * Makes a script that follows the last cue in the conversation and does the next of its answers.
 *
 * The conversation itself says how far Claude has come, so that a script keeps no state, works across sessions, and
 * simply begins anew when it is told the same thing again.
 */
export function followCues(parts: Part[]): ClaudeScript {
  return turn => {
    for (let at = turn.messages.length - 1; at >= 0; at -= 1) {
      const found = lastCue(parts, turn.messages[at]!)
      if (!found) continue
      const answered = turn.messages.slice(at).filter(({ role }) => role === 'assistant').length
      return found.part.answers(turn, found.match)[answered] ?? { text: 'Done.' }
    }
    return { text: 'Nothing to do.' }
  }
}

/** The cue nearest to the end of a message; the program puts its own reminders before what the user or a hook says. */
function lastCue(parts: Part[], message: Message): { part: Part; match: RegExpMatchArray } | null {
  if (message.role === 'assistant') return null
  const text = spokenText(message)
  const found = parts.flatMap(part => [...text.matchAll(new RegExp(part.cue, 'g'))].map(match => ({ part, match })))
  return found.reduce<(typeof found)[number] | null>(
    (last, next) => (last && last.match.index > next.match.index ? last : next),
    null,
  )
}

/** What was said, without what tools printed: a file may quote a cue. */
function spokenText({ content }: Message): string {
  return typeof content === 'string' ? content : plainText(content.filter(({ type }) => type === 'text'))
}
