import type { RebuttalAnswer, ReviewAnswer } from '../../model/codex-answer.ts'
import type { CodexAnswer, CodexScript, CodexTurn, Tokens } from '../models/codex-model.ts'

// What every scripted reviewer needs, whatever the change.

/** What is asked of Codex, from the first line of the prompt. */
type Call = { cycle: number; turn: CodexTurn }

/** A script with an answer to each of the two questions that the gate asks. */
export const reviewer =
  (parts: {
    review: (call: Call) => CodexAnswer
    rebuttal: (call: Call & { round: number }) => CodexAnswer
  }): CodexScript =>
  turn => {
    const [, call, cycle, round] =
      turn.prompt.match(/^Countersign · (review|rebuttal) · cycle (\d+)(?: · round (\d+))?$/m) ?? []
    if (call === 'review') return parts.review({ cycle: Number(cycle), turn })
    if (call === 'rebuttal') return parts.rebuttal({ cycle: Number(cycle), round: Number(round), turn })
    return { status: 400, body: { error: { message: 'This prompt is in no script.' } } }
  }

/** Commands to run first; nothing once they have run. */
export function read({ outputs }: CodexTurn, ...commands: string[]): CodexAnswer | undefined {
  return outputs.length === 0 ? { commands, tokens: { input: 4200, output: 90, reasoning: 40 } } : undefined
}

/** Paths of the changed files whose diff a review is given. */
export const givenFiles = ({ prompt }: CodexTurn): string[] =>
  [...prompt.matchAll(/^(.+) \((?:added|modified|deleted|type-changed), (?:binary|\+\d+ -\d+)\)$/gm)].map(
    ([, path]) => path!,
  )

/** Ids of the earlier findings that a review is asked to check. */
export const toCheck = ({ prompt }: CodexTurn): string[] => [...prompt.matchAll(/^(F\d+) · /gm)].map(([, id]) => id!)

const tokens: Partial<Tokens> = { input: 4800, cached: 4100, output: 420, reasoning: 180 }
/** An answer as the schema demands it: what its call did not ask for is empty. */
export const said = (answer: ReviewAnswer | RebuttalAnswer): CodexAnswer => ({
  text: JSON.stringify({ ...empty, ...answer }),
  tokens,
})
const empty = { verdict: null, summary: '', reviewed: [], findings: [], resolved: [], positions: [] }
