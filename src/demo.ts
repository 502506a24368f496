import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DemoStopped, playDemo } from './rehearsal/demo/demo.ts'
import { recordInto, recordingProblem } from './rehearsal/demo/recording.ts'
import { startTranscript } from './rehearsal/demo/transcript.ts'
import { endRunningOnSignals } from './rehearsal/programs/run-group.ts'

// `npm run demo`: the whole cycle with the real programs and scripted models. `--keep` leaves the scratch repository,
// `--record FILE` writes the session between the demo markers of a Markdown file.

const options = { keep: { type: 'boolean', default: false }, record: { type: 'string' } } as const

/** @returns The exit code: 0 when every step has happened, 1 when one has not, 64 for arguments that make no sense. */
async function main(): Promise<number> {
  const { keep, record } = parseArgs({ options }).values
  const problem = record ? recordingProblem(record) : null
  if (problem) return complain(problem, 64)
  const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR
  const transcript = startTranscript(text => process.stdout.write(text), coloured)
  const cli = fileURLToPath(new URL('cli.cjs', import.meta.url))
  const { folder } = await playDemo({ cli, transcript, keep })
  if (record) recordInto(record, transcript, folder)
  return 0
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(`\n${text}\n`)
  return exitCode
}

endRunningOnSignals()
main()
  .catch(error => {
    if (error instanceof DemoStopped) return complain(`The demo stopped: ${error.message}`, 1)
    if (error.code?.startsWith('ERR_PARSE_ARGS')) return complain(`${error.message}`, 64)
    throw error
  })
  .then(exitCode => {
    process.exitCode = exitCode
  })
