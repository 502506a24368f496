import * as z from 'zod/mini'
import { Answer } from '../../model/codex-answer.ts'
import type { Config } from '../../model/config.ts'
import type { SandboxName, UnreviewedReason, Usage } from '../../model/ledger/fields.ts'
import { readWhole } from '../files/bounded-file.ts'
import { realPlace } from '../files/real-place.ts'
import { cleanEnvironment } from '../processes/environment.ts'
import { findProgram, type Program } from '../processes/find-program.ts'
import { runCommand } from '../processes/run-command.ts'
import { abilitiesFile, abilitiesOf, forgetAbilities, type Refused } from './abilities.ts'
import { type CallFiles, callFiles } from './call-files.ts'
import { CodexEvents } from './codex-events.ts'
import { codexLogin } from './codex-login.ts'
import { errorIn } from './error-words.ts'
import { toml } from './isolation.ts'
import { hiddenPaths, sandboxArgs } from './permission-profile.ts'
import { turnRecord } from './session-record.ts'
import { skillRoots, withoutSkills } from './skill-mentions.ts'

export type CodexQuestion = {
  prompt: string
  /** Goes on in an earlier thread; null begins one. */
  thread: string | null
  cwd: string
  /** Working trees whose configuration Codex must not read: absolute. */
  trees: string[]
  /** What the commands of the call must not read, where the sandbox can keep it from them: absolute. */
  hidden: string[]
  /** What is in a hidden folder and has to be read all the same: absolute. */
  needed: string[]
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

export type CodexAnswer = {
  /** What it has said since it last worked, oldest first, word for word. */
  texts: string[]
  /** The commands that it has run. */
  commands: string[]
  thread: string | null
  /** The model that ran, as Codex itself says; null where it does not. */
  model: string | null
  /** What its commands ran in. */
  sandbox: SandboxName
  /** Whether Codex's own record of the call says that its commands could write nothing. */
  confined: boolean
} & Spent

/** An answer, whatever it is worth, or what kept Codex from giving one. `reason` null: its own words must tell. */
export type CodexReply = CodexAnswer | ({ problem: string; reason: UnreviewedReason | null } & Spent)

const notSpent: Spent = { usage: { inputTokens: 0, outputTokens: 0 }, seconds: 0 }
const declined = 'the model declined: it wrote something that Codex does not pass on, but no answer'

/**
 * Asks Codex once, isolated from the tree it reviews and from the user's own tools, with its commands in a read-only sandbox
 * and within a deadline. Never throws for anything that Codex does. What it says is for others to read: Codex does not hold the
 * model to the schema.
 *
 * `usage` counts the whole thread so far, as Codex reports it.
 * @see https://developers.openai.com/codex/cli/reference
 */
export async function askCodex(question: CodexQuestion): Promise<CodexReply> {
  const program = findProgram('codex')
  if (!program) return { ...notSpent, reason: 'missing', problem: 'codex is not on PATH' }
  // Without a login it tries the network for a long time, so that we look first.
  if ((await codexLogin(program, question.cwd, question.bundle)) === 'none')
    return { ...notSpent, reason: 'not-logged-in', problem: 'codex is not logged in' }

  const started = performance.now()
  const isolated = await isolate(program, question)
  if ('problem' in isolated) return { ...notSpent, ...isolated }
  const files = callFiles(question.scratchDir, schemaForCodex(), [abilitiesFile])
  try {
    question.onCall()
    const deadlineMs = Math.max(1000, question.deadlineMs - (performance.now() - started))
    const reply = await call(program, question, isolated, files, deadlineMs)
    if ('problem' in reply && reply.reason === 'sandbox') forgetAbilities(question.scratchDir)
    return reply
  } finally {
    files.remove()
  }
}

async function call(
  program: Program,
  { prompt, thread, cwd, settings, bundle }: CodexQuestion,
  isolated: Isolated,
  files: CallFiles,
  deadlineMs: number,
): Promise<CodexReply> {
  const events = new CodexEvents()
  const args = [
    ...['exec', '--json', ...isolated.args, '-C', cwd, '--output-schema', files.schema, '-o', files.answer],
    ...(settings.model ? ['-m', settings.model] : []),
    ...(settings.effort ? ['-c', `model_reasoning_effort=${toml(settings.effort)}`] : []),
    ...(thread ? ['resume', thread] : []),
    '-',
  ]
  const run = await runCommand({
    command: { file: program.file, args: [...program.args, ...args] },
    cwd,
    env: { ...cleanEnvironment(process.env), COUNTERSIGN_NESTED: '1' },
    input: prompt,
    deadlineMs,
    onLine: line => events.take(line),
    nodeEntry: bundle,
  })
  const spent: Spent = { usage: events.usage, seconds: run.seconds }
  const used = events.thread ?? thread
  const record = used ? turnRecord(used) : null
  const breach = events.outside ?? (record?.confined === false ? unconfined : null)
  if (breach) return { ...spent, reason: 'sandbox', problem: breach }
  if (run.ended === 'timed-out')
    return { ...spent, reason: 'timed-out', problem: `no answer within ${Math.round(deadlineMs / 1000)} s` }
  if (run.ended === 'not-started') return { ...spent, reason: 'crashed', problem: 'could not start codex' }
  if (events.problem !== null) return { ...spent, reason: null, problem: events.problem }
  if (run.ended !== 'exited' || run.exitCode !== 0) {
    const how = run.ended === 'exited' ? `exit ${run.exitCode}` : `killed by ${run.signal}`
    return { ...spent, reason: null, problem: `${events.lastError ?? errorIn(run.stderr)} (codex: ${how})` }
  }
  const texts = events.messages
  if (texts.length === 0 && !events.worked) texts.push(readWhole(files.answer) ?? '')
  // A thread that goes on counts the tokens of its beginning too, which do not tell.
  if (!texts.at(-1) && !thread && events.declined) return { ...spent, reason: 'refused', problem: declined }
  const sandbox = isolated.sandbox === 'profile' && record?.hides !== false ? 'profile' : 'read-only'
  const model = events.reroutedTo ?? record?.model ?? null
  const commands = [...events.commands, ...(record?.commands ?? [])]
  return { ...spent, texts, commands, thread: used, model, sandbox, confined: record?.confined === true }
}

const unconfined = 'Codex’s own record says that its commands could write or reach the network'

const tooManySkills = 'the prompt names, and the tree holds, more skills than codex can be told to leave out'

type Isolated = { args: string[]; sandbox: SandboxName }

/** The arguments that isolate a call, or what prevents that. */
async function isolate(
  program: Program,
  { prompt, cwd, trees, hidden: wanted, needed, scratchDir }: CodexQuestion,
): Promise<Isolated | Refused> {
  const hidden = hiddenPaths(wanted, [...needed, cwd, ...trees, realPlace(program.args[0] ?? program.file)])
  const abilities = await abilitiesOf(program, { cwd, trees, hidden, scratchDir })
  if ('problem' in abilities) return abilities
  const skills = withoutSkills(prompt, skillRoots(cwd, trees))
  if (!skills) return { problem: tooManySkills, reason: 'sandbox' }
  const { settings, options, sandbox } = abilities
  const args = [...options, ...[...settings, ...skills].flatMap(one => ['-c', one]), ...sandboxArgs(sandbox, hidden)]
  return { args, sandbox }
}

/**
 * The JSON Schema of every answer, as strict structured output takes it: without the keywords that only describe limits or
 * dialect.
 */
function schemaForCodex(): unknown {
  const { $schema: _, ...rest } = z.toJSONSchema(Answer, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum
      delete jsonSchema.maximum
    },
  })
  return rest
}
