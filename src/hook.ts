// The first file of the hook: what .claude/settings.json calls for every event. It answers what takes no work, and loads
// the second file for the rest. It stays small, since every event reads it: see src/build/hook-bundle.mjs.
import './shell/old-node.ts'
import { writeSync } from 'node:fs'
import { loadFullAnswer } from './hook/load-full-answer.ts'
import { answerAtOnce } from './hook/quick-answer.ts'
import { readStdin } from './hook/stdin.ts'
import { probeKey } from './model/probe.ts'
import { supervise } from './shell/processes/supervisor.ts'
import { writePrivately } from './shell/processes/user-mask.ts'

/** This file as it was called: where that is a link, the second file lies beside the link. */
const first = require.main === module && process.argv[1] ? process.argv[1] : __filename

const [mode, ...rest] = process.argv.slice(2)
if (mode === 'supervise') supervise(rest)
else if (mode === 'status' || mode === 'findings') report(mode)
else answer(writePrivately())

function answer(usersMask: number): void {
  const input = readStdin()
  const seen = answerAtOnce(input, process.env)
  if (seen === 'silence') return
  const full = loadFullAnswer(first)
  if ('problem' in full) tell(full.problem, JSON.parse(input))
  else full.runEvent(input, __filename, seen, usersMask)
}

function report(mode: 'status' | 'findings'): void {
  const full = loadFullAnswer(first)
  if ('problem' in full) {
    writeSync(1, `${sentence(full.problem)}\n`)
    process.exitCode = 1
  } else full.report(mode)
}

/** Tells the user at the events after which they would think that something is tested and reviewed. Blocks nothing. */
function tell(problem: string, event: Record<string, unknown>): void {
  if (probeKey in event) writeSync(2, `${sentence(problem)}\n`)
  else if (event.hook_event_name === 'Stop' || event.hook_event_name === 'SessionStart')
    writeSync(1, `${JSON.stringify({ systemMessage: sentence(problem) })}\n`)
}

function sentence(problem: string): string {
  return `Countersign: ! nothing is tested or reviewed: ${problem}. Run: npx countersign upgrade`
}
