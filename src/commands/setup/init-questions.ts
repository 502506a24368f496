import { confirm, select, text } from '@clack/prompts'
import type { ClashChoice } from '../../core/setup/plan-parts.ts'
import { settingsPath } from '../../model/paths.ts'
import type { RepoFacts } from '../../model/setup/repo-facts.ts'
import { answered } from '../shared/ask.ts'
import { withTests } from './with-tests.ts'

// Questions go to stderr: stdout is the result.
const output = process.stderr

/** Asks which of two directories is meant, the one `init` was started in or the one above it. */
export async function askWhere(root: string, here: string): Promise<'root' | 'here'> {
  return answered(
    select<'root' | 'here'>({
      message: 'Where do you start Claude Code? It reads hooks only from the directory it is started in.',
      options: [
        { value: 'root', label: root, hint: 'the gate covers everything in it' },
        { value: 'here', label: here, hint: 'the gate covers only this directory' },
      ],
      output,
    }),
  )
}

/** Asks for the test command that the files do not name. An empty answer leaves it open. */
export async function askForTests(facts: RepoFacts): Promise<RepoFacts> {
  const answer = await answered(
    text({
      message: 'Which command runs the tests? (leave it empty to fill it in later)',
      placeholder: 'make test',
      defaultValue: '',
      output,
    }),
  )
  const command = answer.trim()
  return command ? withTests(facts, [command]) : facts
}

/** Shows each command that nobody names, to be corrected. An empty answer takes the suite out. */
export async function askAboutGuesses(facts: RepoFacts): Promise<RepoFacts> {
  const answers = new Map<string, string>()
  for (const { name, command } of facts.suites.filter(suite => facts.evidence[suite.name]?.guessed)) {
    const message = `Is this how the tests of ${name} are run? ${facts.evidence[name]?.why ?? ''}`
    answers.set(name, (await answered(text({ message, initialValue: command, defaultValue: '', output }))).trim())
  }
  return {
    ...facts,
    suites: facts.suites.flatMap(suite => {
      const answer = answers.get(suite.name)
      if (answer === undefined || answer === suite.command) return [suite]
      const { single: _, ...rest } = suite
      return answer ? [{ ...rest, command: answer }] : []
    }),
    evidence: Object.fromEntries(Object.entries(facts.evidence).filter(([name]) => !answers.has(name))),
  }
}

/** Asks what to do about each file of the user's that has a managed file's name; one to keep as it is gets no answer. */
export async function askAboutClashes(paths: string[]): Promise<Record<string, ClashChoice>> {
  const choices: Record<string, ClashChoice> = {}
  for (const path of paths) {
    const choice = await answered(
      select<'skip' | ClashChoice>({
        message: `You already have ${path}. Countersign has a file with this name.`,
        options: [
          { value: 'skip', label: 'Keep only my file', hint: "Countersign's is not installed" },
          { value: 'prefix', label: "Install Countersign's beside it", hint: 'as countersign-NAME' },
          { value: 'adopt', label: 'Adopt my file', hint: 'future updates are merged into it' },
        ],
        output,
      }),
    )
    if (choice !== 'skip') choices[path] = choice
  }
  return choices
}

/** Asks whether settings.json may lose what makes Claude Code ignore it. */
export async function askAboutComments(): Promise<boolean> {
  const message = `Claude Code ignores ${settingsPath} while it has comments or trailing commas. Remove them? (The old file is kept under .git.)`
  return answered(confirm({ message, output }))
}

export async function confirmPlan(files: number): Promise<boolean> {
  return answered(confirm({ message: `Write ${files === 1 ? 'this file' : `these ${files} files`}?`, output }))
}
