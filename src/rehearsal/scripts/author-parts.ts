import type { ClaudeAnswer } from '../models/claude-model.ts'
import type { Part } from './script.ts'

// What every scripted author needs, whatever the change.

export const finish = (text: string): ClaudeAnswer => ({ text })

/** An answer to the gate, in the form it asks for. */
export const answer = (...lines: string[]): ClaudeAnswer => finish(['```countersign', ...lines, '```'].join('\n'))

/** Matches the first line of what the gate tells Claude in a stage; the line at a session's start has a colon there. */
export function stageCue(stage: string): RegExp {
  return new RegExp(`Countersign · ${stage} · cycle \\d+\n`)
}

/** A prompt, word for word. */
export function literal(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}

/** Asks where there is someone to ask; the gate puts its own list into the question. */
export const choice: Part = {
  cue: stageCue('choice'),
  answers: ({ tools }) =>
    tools.includes('AskUserQuestion')
      ? [{ text: 'Please choose.', calls: [{ tool: 'AskUserQuestion', input: { questions: [anyQuestion] } }] }]
      : [finish('Please choose: `pick F1`, `pick all` or `pick none`.')],
}

const anyQuestion = {
  question: 'Which findings?',
  header: 'Countersign',
  multiSelect: true,
  options: ['All', 'None'].map(label => ({ label, description: `${label} of them` })),
}
