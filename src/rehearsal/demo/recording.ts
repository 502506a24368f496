import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Transcript } from './transcript.ts'

const start = '<!-- demo: recorded by `npm run demo -- --record README.md` -->'
const end = '<!-- /demo -->'
const firstPrompt = '$ claude -p'

/** Says why nothing can be recorded into a file; null when it can. */
export function recordingProblem(file: string): string | null {
  if (!existsSync(file)) return `${file} does not exist, so nothing can be recorded into it.`
  const text = readFileSync(file, 'utf8')
  return text.indexOf(end) > text.indexOf(start) && text.includes(start)
    ? null
    : `${file} lacks the two lines to record between:\n${start}\n${end}`
}

/**
 * Puts a session, from the first prompt on, between the two marker lines of a Markdown file.
 * @param folder The scratch folder, whose name differs each time.
 */
export function recordInto(file: string, transcript: Transcript, folder: string): void {
  const text = readFileSync(file, 'utf8')
  const whole = transcript.plain(said => lasting(said, folder)).trim()
  // What `init` shows is not what a reader is curious about first.
  const session = whole.slice(Math.max(0, whole.indexOf(firstPrompt)))
  const recorded = `${start}\n\`\`\`text\n${session}\n\`\`\`\n`
  writeFileSync(file, text.slice(0, text.indexOf(start)) + recorded + text.slice(text.indexOf(end)))
}

/** The text without what differs each time: the scratch folder, and how long things took. */
function lasting(text: string, folder: string): string {
  return text
    .replaceAll(folder, '/tmp')
    .replace(/ in \d+(?:\.\d+)? s\b/g, '')
    .replace(/, \d+(?:\.\d+)? s\b/g, '')
}
