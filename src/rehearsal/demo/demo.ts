import { commitAll } from '../git-steps.ts'
import { followLedger, type LedgerFollower } from '../ledger-follower.ts'
import type { CodexScript } from '../models/codex-model.ts'
import { featurePrompt } from './demo-author.ts'
import { reviewerScript } from './demo-reviewer.ts'
import { type Scenario, setScene } from './demo-scene.ts'
import { type Expected, firstCycle, firstMissing, secondCycle } from './expected.ts'
import { claudeNarrator } from './narrate-claude.ts'
import { reviewerNarrator, tellCommands } from './narrate-reviewer.ts'
import type { Transcript } from './transcript.ts'
import { whatRan, whereToLook } from './what-ran.ts'

/** A step of the demo did not happen; the message says which one, and what there is to see. */
export class DemoStopped extends Error {}

export type DemoOptions = {
  /** The built command line, `dist/cli.cjs`. */
  cli: string
  transcript: Transcript
  /** Leaves the scratch repository behind. */
  keep: boolean
}

/**
 * Plays the whole cycle in a scratch repository and tells it while it happens.
 * @returns The scratch folder; without `keep` it is removed.
 * @throws DemoStopped when a step does not happen.
 */
export async function playDemo({ cli, transcript, keep }: DemoOptions): Promise<{ folder: string }> {
  let follower: LedgerFollower | null = null
  const reviewer: CodexScript = turn => {
    const answer = reviewerScript(turn)
    follower?.catchUp()
    tellCommands(transcript, turn, answer)
    return answer
  }
  const scene = await setScene({ cli, reviewer })
  follower = followLedger(scene.ledger, reviewerNarrator(transcript))
  const close = () => scene.close(keep)
  process.once('exit', close)
  try {
    await play({ scene, transcript, follower })
    transcript.print(`\n${whatRan(scene, follower.entries)}\n${whereToLook(scene, cli, keep)}`)
    return { folder: scene.folder }
  } finally {
    process.removeListener('exit', close)
    close()
  }
}

type Stage = { scene: Scenario; transcript: Transcript; follower: LedgerFollower }

async function play(stage: Stage): Promise<void> {
  const { scene, transcript } = stage
  const { claudeVersion, codexVersion } = scene.lab.programs
  transcript.print('One change through the whole cycle\n', 'loud')
  transcript.print(`The programs are real: Claude Code ${claudeVersion} and Codex ${codexVersion}, with their hooks, tools and sandbox.
The answers of both models are scripted and come from 127.0.0.1: no account, no network, no tokens.
The repository is temporary: a small orders service in Node with a green test suite.`)
  await command(stage, 'init', '--yes')
  transcript.print('\n$ git add CLAUDE.md .claude && git commit -m "Set up Countersign"', 'loud')
  commitAll(scene.project, scene.lab.env, 'Set up Countersign')
  await prompt(stage, featurePrompt, firstCycle)
  await command(stage, 'findings')
  await prompt(stage, 'pick F1', secondCycle)
  await command(stage, 'status')
}

/** Runs a command of Countersign and shows what it prints. */
async function command({ scene, transcript }: Stage, ...args: string[]): Promise<void> {
  transcript.print(`\n$ npx countersign ${args.join(' ')}`, 'loud')
  const { exitCode, stdout, stderr } = await scene.countersign(...args)
  if (exitCode !== 0) {
    throw new DemoStopped(
      `\`countersign ${args.join(' ')}\` ended with exit code ${exitCode}.\n${end(stderr || stdout)}`,
    )
  }
  transcript.print(stdout.trimEnd())
}

const followEveryMs = 40

/** Gives Claude a prompt and tells what comes of it, hook by hook. */
async function prompt({ scene, transcript, follower }: Stage, text: string, expectations: Expected[]): Promise<void> {
  const from = follower.entries.length
  transcript.print(`\n$ claude -p${from > 0 ? ' --continue' : ''}`, 'loud')
  transcript.say('you', text)
  const narrate = claudeNarrator(transcript, scene.project)
  const following = setInterval(follower.catchUp, followEveryMs)
  const { exitCode, timedOut, stderr } = await scene
    .prompt(text, {
      onEvent: event => {
        follower.catchUp()
        narrate(event)
      },
    })
    .finally(() => clearInterval(following))
  follower.catchUp()
  const ended = timedOut ? 'reached its time limit' : `ended with exit code ${exitCode}`
  if (exitCode !== 0) throw new DemoStopped(`claude ${ended}.\n${end(stderr)}`)
  const entries = follower.entries.slice(from)
  const missing = firstMissing(expectations, entries)
  if (missing) {
    const kinds = entries.map(({ kind }) => kind).join(', ') || 'nothing'
    throw new DemoStopped(`${missing} did not happen.\nThe ledger has: ${kinds}\n${end(stderr)}`)
  }
}

/** The end of what a program printed, as much of it as can be read at a glance. */
function end(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-12)
  return lines.map(line => line.slice(0, 200)).join('\n')
}
