import { claudeMdPath, manifestPath } from '../model/paths.ts'
import type { RepoView } from '../model/setup/repo-facts.ts'
import { placed, shellLines } from './shell-lines.ts'

/** A command that a text for people or for agents names. */
export type Named = { command: string; dir: string; file: string }

/** Where people say how a repository is worked on, the most binding first. */
const guides = [
  /^AGENTS\.md$/i,
  /^CLAUDE\.md$/i,
  /^\.github\/copilot-instructions\.md$/i,
  /^(\.github\/|docs?\/)?CONTRIBUTING(\.\w+)?$/i,
  /^(docs?\/)?(DEVELOPMENT|DEVELOPING|DEVELOPER|HACKING|TESTING|BUILDING)(\.\w+)?$/i,
  /^(tests?\/)?README(\.\w+)?$/i,
]
const fence = /^[ \t]*(```|~~~)[^\n]*\n([\s\S]*?)\n[ \t]*\1/gm
/** Something left to be filled in, a part of the tests, or a run that does not end. */
const partial =
  /<[^>]*>|\[[^\]]*\]|\{[^}]*\}|\$|\.{3}(?<!\.\/\.\.\.)|…|::|\bpath\/to\b|\s-(k|t|run|only|R|-filter|-grep|-testNamePattern|-test|-tests|-example|-lf|-watch\w*|-ui|-bench|-coverage|-cov\S*|-update\S*|-fuzz|-inspect\S*|-debug)\b|\b(FILE|NAME|MODULE|TESTNAME|PATTERN|MyTest\w*)\b|\w[._-](test|spec)s?\.\w+|\btests?[_/][\w/]*\w\.(py|rb|ex|exs|php|js|ts|t)(:\d+)?\b|#L?\d/

/** Commands in the code blocks and code spans of the repository's guides, in order. */
export function namedCommands(view: RepoView): Named[] {
  // A CLAUDE.md that was written from these very findings proves nothing.
  const ours = /"CLAUDE\.md"/.test(view.read(manifestPath) ?? '')
  const files = guides
    .flatMap(pattern => view.files.filter(file => pattern.test(file) && !(ours && file === claudeMdPath)))
    .slice(0, 10)
  return files.flatMap(file => {
    const text = (view.read(file) ?? '').replace(/\r/g, '').slice(0, 100_000)
    const blocks = [...text.matchAll(fence)].map(match => match[2] ?? '')
    const prose = text.replace(fence, '')
    // An indented line is code in Markdown and reStructuredText alike.
    const indented = [...prose.matchAll(/^(?: {3,}|\t)(?![-*+#\s]).*$/gm)].map(([line]) => line)
    const spans = [...prose.matchAll(/(`{1,2})([^`\n]+)\1/g)].map(match => match[2] ?? '')
    return [...blocks, ...indented, ...spans].flatMap(block =>
      placed(shellLines(block).map(plain), '').map(({ command, dir }) => ({ command: plain(command), dir, file })),
    )
  })
}

/** Whether a command that people name runs all of what it is about, as it stands. */
export const isWhole = (command: string): boolean => command.length <= 200 && !partial.test(command)

/** Without a prompt before it and a comment behind it. */
const plain = (line: string): string =>
  line
    .trim()
    .replace(/^[$%>❯]\s+/, '')
    .replace(/\s+#\s.*$/, '')
    .trim()
