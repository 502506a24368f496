import { join } from 'node:path'
import type { ClaudeScript } from '../models/claude-model.ts'
import { answer, choice, finish, literal, stageCue } from './author-parts.ts'
import * as change from './rehearsal-change.ts'
import { followCues } from './script.ts'

/**
 * Claude's part in a rehearsal, in any repository.
 * @param project The scratch copy.
 * @param file Where the note goes, from its root.
 */
export function rehearsalAuthor(project: string, file: string): ClaudeScript {
  const path = join(project, file)
  const note = [
    { text: 'I write the note.', calls: [{ tool: 'Write', input: { file_path: path, content: change.changeText } }] },
    finish('The note is written.'),
  ]
  const fix = [
    { text: 'F1: the full stop.', calls: [{ tool: 'Read', input: { file_path: path } }] },
    {
      calls: [
        {
          tool: 'Edit',
          input: { file_path: path, old_string: `${change.weakLine}\n`, new_string: `${change.fixedLine}\n` },
        },
      ],
    },
    finish('F1 is fixed.'),
  ]
  const evidence = (line: string) => `${file}:${change.changeLine(line)} \`${line}\``
  return followCues([
    { cue: literal(change.changePrompt), answers: () => note },
    { cue: literal(change.continuePrompt), answers: () => [finish('I continue.')] },
    { cue: stageCue('tests'), answers: () => [finish('A rehearsal cannot fix these tests.')] },
    { cue: stageCue('self-review'), answers: () => [answer('self-review: ready', 'Read the note once more.')] },
    {
      cue: /Countersign · debate · cycle \d+ · round \d+\n/,
      answers: () => [
        answer(
          `F1: needed, low — the full stop is missing: ${evidence(change.weakLine)}`,
          `F2: not needed — it belongs to the note: ${evidence(change.firstLine)}`,
        ),
      ],
    },
    { cue: stageCue('fix'), answers: () => fix },
    choice,
  ])
}
