import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Config } from '../../model/config.ts'
import type { UnreviewedReason, Usage } from '../../model/ledger-entry.ts'
import { inEnglish } from '../../model/zod-messages.ts'
import { readWhole } from '../files/bounded-file.ts'
import { cleanEnvironment, withoutPasswords } from '../processes/environment.ts'
import { findProgram } from '../processes/find-program.ts'
import { runCommand } from '../processes/run-command.ts'
import { CodexEvents } from './codex-events.ts'
import { codexConfig, codexLogin } from './codex-login.ts'

export type CodexQuestion<Answer> = {
  prompt: string
  schema: z.ZodMiniType<Answer>
  /** Goes on in an earlier thread; null begins one. */
  thread: string | null
  cwd: string
  /** Where the schema and the answer are put; nobody else's. */
  scratchDir: string
  settings: Config['review']
  deadlineMs: number
  /** The hook bundle, which supervises the call. */
  bundle: string
  /** Told right before Codex is started, and not at all when it cannot be. */
  onCall: () => void
}

type Spent = { usage: Usage; seconds: number }

/** An answer that fits the schema, or what kept Codex from giving one. `reason` null: its own words must tell. */
export type CodexReply<Answer> =
  | ({ answer: Answer; thread: string | null; model: string | null } & Spent)
  | ({ problem: string; reason: UnreviewedReason | null } & Spent)

const notSpent: Spent = { usage: { inputTokens: 0, outputTokens: 0 }, seconds: 0 }
const declined = 'the model declined: it wrote something that Codex does not pass on, but no answer'

/**
 * Asks Codex once, read-only, with its hooks off and a wall clock of our own, and checks the answer against the schema.
 * Never throws for anything that Codex does.
 *
 * `usage` counts the whole thread so far, as Codex reports it.
 * @see https://developers.openai.com/codex/cli/reference
 */
export async function askCodex<Answer>(question: CodexQuestion<Answer>): Promise<CodexReply<Answer>> {
  const program = findProgram('codex')
  if (!program) return { ...notSpent, reason: 'missing', problem: 'codex is not on PATH' }
  // Without a login it tries the network for a long time, so that we look first.
  if ((await codexLogin(program, question.cwd, question.bundle)) === 'none')
    return { ...notSpent, reason: 'not-logged-in', problem: 'codex is not logged in' }

  const { prompt, schema, thread, cwd, scratchDir, deadlineMs, bundle } = question
  mkdirSync(scratchDir, { recursive: true })
  const schemaFile = join(scratchDir, 'schema.json')
  const answerFile = join(scratchDir, 'answer.json')
  writeFileSync(schemaFile, JSON.stringify(strict(schema)))
  // A failed call leaves an existing file as it was: an old answer must not be taken for a new one.
  rmSync(answerFile, { force: true })

  question.onCall()
  const events = new CodexEvents()
  const args = [
    ...program.args,
    ...execArgs(question, schemaFile, answerFile),
    ...(thread ? ['resume', thread] : []),
    '-',
  ]
  const run = await runCommand({
    command: { file: program.file, args },
    cwd,
    env: { ...withoutPasswords(cleanEnvironment(process.env)), COUNTERSIGN_NESTED: '1' },
    input: prompt,
    deadlineMs,
    onLine: line => events.take(line),
    nodeEntry: bundle,
  })
  const spent: Spent = { usage: events.usage, seconds: run.seconds }
  if (run.ended === 'timed-out')
    return { ...spent, reason: 'timed-out', problem: `no answer within ${Math.round(deadlineMs / 1000)} s` }
  if (run.ended === 'not-started') return { ...spent, reason: 'crashed', problem: 'could not start codex' }
  if (events.problem !== null) return { ...spent, reason: null, problem: events.problem }
  if (run.ended !== 'exited' || run.exitCode !== 0) {
    const how = run.ended === 'exited' ? `exit ${run.exitCode}` : `killed by ${run.signal}`
    return { ...spent, reason: null, problem: `${events.lastError ?? lastLine(run.stderr)} (codex: ${how})` }
  }
  const text = events.worked ? events.message : (events.message ?? readWhole(answerFile))
  // A thread that goes on counts the tokens of its beginning too, which do not tell.
  if (!text && !thread && events.declined) return { ...spent, reason: 'refused', problem: declined }
  const answer = schema.safeParse(json(text), inEnglish)
  if (!answer.success) return { ...spent, reason: 'malformed', problem: malformed(text, answer.error) }
  return { ...spent, answer: answer.data, thread: events.thread ?? thread, model: modelOf(question.settings) }
}

function execArgs({ cwd, settings }: CodexQuestion<unknown>, schemaFile: string, answerFile: string): string[] {
  return [
    ...['exec', '--json', '-s', 'read-only', '-c', 'sandbox_mode="read-only"', '-C', cwd],
    // Its own hooks could start another review, and by default it retries for ever when there is no network.
    ...['--disable', 'hooks', '--disable', 'unbounded_connection_retries'],
    // The commands it runs see no variable whose name has KEY, SECRET or TOKEN in it; Codex itself keeps its own key.
    ...['-c', 'shell_environment_policy.ignore_default_excludes=false'],
    ...['--output-schema', schemaFile, '-o', answerFile],
    ...(settings.model ? ['-m', settings.model] : []),
    ...(settings.effort ? ['-c', `model_reasoning_effort=${JSON.stringify(settings.effort)}`] : []),
  ]
}

const modelOf = (settings: Config['review']): string | null =>
  settings.model ?? codexConfig().match(/^\s*model\s*=\s*["']([^"']+)["']/m)?.[1] ?? null

/** The JSON Schema as strict structured output takes it: without the keywords that only describe limits or dialect. */
function strict(schema: z.ZodMiniType): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum
      delete jsonSchema.maximum
    },
  })
  return rest
}

function malformed(text: string | null, error: z.core.$ZodError): string {
  if (!text?.trim()) return 'the answer is empty'
  const issue = error.issues[0]
  return json(text) === undefined
    ? 'the answer is not JSON'
    : `the answer does not match the schema: ${issue?.path.join('.')} ${issue?.message}`
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''
