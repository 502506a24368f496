import { existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Config } from '../model/config.ts'
import { configPath, hookPath } from '../model/paths.ts'
import { beginRepository, commitAll } from './git-steps.ts'
import { followLedger } from './ledger-follower.ts'
import type { ClaudeEvent, ClaudeRun } from './programs/claude-run.ts'
import { makeOwnLab, type OwnLab } from './programs/own-lab.ts'
import type { Programs } from './programs/programs.ts'
import { copyExcludes, copyRepository, type RepoCopy } from './repo-copy.ts'
import { openScene, type Scene } from './scene.ts'
import { rehearsalAuthor } from './scripts/rehearsal-author.ts'
import { changePrompt, continuePrompt } from './scripts/rehearsal-change.ts'
import { rehearsalReviewer } from './scripts/rehearsal-reviewer.ts'
import { type StageWatch, watchStages } from './stage-watch.ts'
import type { StageResult } from './stages.ts'

export type RehearsalOptions = {
  /** The user's working tree; it is only read. */
  root: string
  /** Null when it cannot be read; what the hooks then do is a part of the rehearsal. */
  config: Config | null
  /** Where the note goes, from the root; nothing must be there yet. */
  file: string
  programs: Programs
  /** The built command line, `dist/cli.cjs`. */
  cli: string
  /** Leaves the scratch copy behind. */
  keep: boolean
  /** Wall-clock limit in milliseconds for all prompts together. */
  deadlineMs: number
  onCopy: (copy: Prepared) => void
  onStage: (result: StageResult) => void
}

/** The scratch copy before anything has happened in it. `setUp`: whether the setup was there or had to be made. */
export type Prepared = RepoCopy & { setUp: boolean; taken: OwnLab['taken'] }

export type Rehearsal = { copy: Prepared; stages: StageResult[]; project: string; seconds: number }

/** Plays the whole cycle in a scratch copy of a repository, with the user's own programs and scripted models. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { root, file, programs, cli, keep, deadlineMs, onCopy, onStage } = options
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-rehearsal-')))
  const project = join(folder, basename(root))
  mkdirSync(project)
  const copied = copyRepository(root, project)
  let taken: OwnLab['taken'] = { toolHomes: [], dropped: [] }
  const scene = await openScene({
    folder,
    project,
    cli,
    author: rehearsalAuthor(project, file),
    reviewer: rehearsalReviewer(file),
    lifetimeMs: deadlineMs + 60_000,
    makeLab: urls => {
      const lab = makeOwnLab({ folder: join(folder, 'lab'), project, programs, ...urls })
      taken = lab.taken
      return lab
    },
  })
  const close = () => scene.close(keep)
  process.once('exit', close)
  const started = Date.now()
  try {
    const setUp = existsSync(join(project, hookPath))
    const copy = { ...copied, setUp, taken }
    onCopy(copy)
    copyExcludes(root, project, copied.linked)
    beginRepository(project, scene.lab.env, 'As it is')
    const watch = watchStages(Date.now(), project, onStage)
    const stages = (setUp ? null : await setUpFirst(scene, watch)) ?? (await play(scene, options, watch))
    return { copy, stages, project, seconds: (Date.now() - started) / 1000 }
  } finally {
    process.removeListener('exit', close)
    close()
  }
}

/** Sets the copy up; returns the stages when that cannot be done, since none of them is then reached. */
async function setUpFirst(scene: Scene, watch: StageWatch): Promise<StageResult[] | null> {
  const { exitCode, stderr } = await scene.countersign('init', '--yes')
  if (exitCode !== 0) return watch.end(`init ended with exit code ${exitCode}: ${stderr.trim()}`)
  commitAll(scene.project, scene.lab.env, 'Set up Countersign')
  return null
}

async function play(
  scene: Scene,
  { file, config, deadlineMs }: RehearsalOptions,
  watch: StageWatch,
): Promise<StageResult[]> {
  const until = Date.now() + deadlineMs
  const follower = followLedger(scene.ledger)
  const look = () => {
    follower.catchUp()
    watch.see(follower.entries)
  }
  const prompt = async (text: string): Promise<string | null> => {
    const run = await scene.prompt(text, { onEvent: look, deadlineMs: Math.max(1_000, until - Date.now()) })
    look()
    return trouble(run)
  }
  const reached = (kind: string) => follower.entries.some(entry => entry.kind === kind)

  let why = await prompt(changePrompt)
  if (!existsSync(join(scene.project, file)))
    return watch.end(`Claude could not write ${file}: ${why ?? 'no reason was given'}`)
  if (watch.red() && !reached('reviewed')) {
    passTests(scene.project, config)
    why = await prompt(continuePrompt)
  }
  if (follower.entries.some(entry => entry.kind === 'asked' && entry.stage === 'choice')) why = await prompt('pick F1')
  return watch.end(why)
}

/** Gives the copy a test command that passes, so that the stages after the tests can be shown. JSON is YAML too. */
function passTests(project: string, config: Config | null): void {
  const tests = [{ name: 'rehearsal', command: 'exit 0' }]
  writeFileSync(join(project, configPath), `${JSON.stringify({ ...config, tests }, null, 2)}\n`)
}

/** Why Claude did not do its part: the deadline, its own failure, or a tool that it was denied. */
function trouble({ timedOut, exitCode, stderr, events }: ClaudeRun): string | null {
  if (timedOut) return 'the time limit was reached (--deadline)'
  if (exitCode !== 0) return `claude ended with exit code ${exitCode}: ${stderr.trim().split('\n').at(-1) ?? ''}`
  return events.map(refusal).findLast(Boolean) ?? null
}

function refusal({ type, message }: ClaudeEvent): string | null {
  if (type !== 'user' || !Array.isArray(message?.content)) return null
  const result = message.content.find(block => block.type === 'tool_result' && block.is_error)
  return result ? String(result.content).slice(0, 200) : null
}
