import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import * as z from 'zod/mini'
import { hookPath } from '../../model/paths.ts'
import { type ProbeAnswer, probeKey } from '../../model/probe.ts'
import type { Firing, RegisteredHook } from '../../model/setup/doctor-facts.ts'
import { findProgram } from '../processes/find-program.ts'
import { type BriefRun, runBriefly } from '../processes/run-briefly.ts'

const deadlineMs = 20_000
const placeholder = /\$\{CLAUDE_PROJECT_DIR\}/g

type Options = {
  root: string
  /** The directory it is run from; absolute. */
  from: string
  /** The environment of a hook: the user's, and what the settings files add. */
  env: NodeJS.ProcessEnv
}

/**
 * Runs one registered hook command as Claude Code does, with a payload that only asks whether it answers.
 * @see https://code.claude.com/docs/en/hooks
 */
export async function fireHook(hook: RegisteredHook, { root, from, env }: Options): Promise<Firing> {
  const asked = { event: hook.event, from: relative(root, from).replaceAll('\\', '/') || '.' }
  const script = join(root, hookPath)
  const unanswered = (problem: string, seconds = 0): Firing => ({ ...asked, seconds, answer: null, problem })
  if (!existsSync(script)) return unanswered(`${hookPath} is missing`)
  // Whatever lies there would take the payload for a real event.
  if (!readFileSync(script, 'utf8').includes(probeKey))
    return unanswered('doctor cannot run this version of the gate without leaving a trace')

  const probe = `${hook.event} ${from}`
  const payload = { hook_event_name: hook.event, session_id: 'countersign-doctor', cwd: from, [probeKey]: probe }
  const fill = (text: string) => text.replace(placeholder, () => root)
  const command = hook.args ? { file: fill(hook.command), args: hook.args.map(fill) } : hook.command
  const ownEnv = { ...withoutSwitches(env), CLAUDE_PROJECT_DIR: root }
  if (typeof command !== 'string' && !command.file.includes('/') && !findProgram(command.file, ownEnv))
    return unanswered(`\`${command.file}\` is not on PATH`)
  const run = await runBriefly({
    command,
    cwd: from,
    env: ownEnv,
    input: `${JSON.stringify(payload)}\n`,
    deadlineMs,
  })
  const answer = answerIn(run.stdout)
  if (answer?.probe === probe && answer.event === hook.event && run.exitCode === 0)
    return answer.root === null
      ? unanswered('it finds no git repository here', run.seconds)
      : { ...asked, seconds: run.seconds, answer, problem: null }
  return unanswered(whatElse(run), run.seconds)
}

/** What would make the hook silent is judged elsewhere; here it is asked whether it can speak. */
const withoutSwitches = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('COUNTERSIGN')))

const Answer = z.object({
  countersign: z.object({
    probe: z.string(),
    event: z.string(),
    version: z.string(),
    node: z.string(),
    root: z.nullable(z.string()),
  }),
})

function answerIn(stdout: string): ProbeAnswer | null {
  try {
    return Answer.parse(JSON.parse(stdout)).countersign
  } catch {
    return null
  }
}

function whatElse({ cutShort, exitCode, stdout, stderr }: BriefRun): string {
  const firstLine = (stderr.trim() || stdout.trim()).split('\n').find(line => /\S/.test(line)) ?? 'nothing'
  return `${cutShort ?? `exit ${exitCode}`}, with the output: ${firstLine.slice(0, 200)}`
}
