// What .claude/settings.json calls for every hook event. Stays small: see src/build/hook-bundle.mjs.
import './shell/old-node.ts'
import { loadCold } from './hook/load-full-answer.ts'
import { answerAtOnce } from './hook/quick-answer.ts'
import { readStdin } from './hook/stdin.ts'
import { writePrivately } from './shell/processes/user-mask.ts'

const [mode, ...rest] = process.argv.slice(2)
if (mode === 'supervise' || mode === 'status' || mode === 'findings') loadCold(__filename).runMode(mode, rest)
else {
  const usersMask = writePrivately()
  const input = readStdin()
  const answer = answerAtOnce(input, process.env)
  if (answer !== 'silence') loadCold(__filename).runEvent(input, __filename, answer, usersMask)
}
