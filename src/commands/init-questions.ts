import { type CANCEL_SYMBOL, confirm, isCancel, text } from '@clack/prompts'
import { UserError } from '../errors.ts'
import type { RepoFacts } from '../model/repo-facts.ts'

// Questions go to stderr: stdout is the result.
const output = process.stderr

/** Asks for the test command that the files do not name. An empty answer leaves it open. */
export async function askForTests(facts: RepoFacts): Promise<RepoFacts> {
  const answer = answered(
    await text({
      message: 'Which command runs the tests? (leave it empty to fill it in later)',
      placeholder: 'make test',
      defaultValue: '',
      output,
    }),
  )
  const command = answer.trim()
  return command ? { ...facts, suites: [{ name: 'tests', command }] } : facts
}

export async function confirmPlan(files: number): Promise<boolean> {
  return answered(await confirm({ message: `Write ${files === 1 ? 'this file' : `these ${files} files`}?`, output }))
}

function answered<T>(answer: T | typeof CANCEL_SYMBOL): T {
  if (isCancel(answer)) throw new UserError('interrupted', {})
  return answer as T
}
