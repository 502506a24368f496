#!/usr/bin/env node
import './shell/old-node.ts'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import yargs from 'yargs'
import { linkToReport } from './bug-report.ts'
import { commands } from './cli/command-table.ts'
import { usageFault } from './core/text/usage-fault.ts'
import { describe, UserError } from './errors.ts'

const nameOf = (usage: string): string => usage.replace(/ .*/, '')
const allOptions = commands.flatMap(({ options }) => Object.entries(options ?? {}))
const optionNames = allOptions.map(([name]) => name)
/** The commands that a person calls, and their options. */
const callable = Object.fromEntries(
  commands.filter(({ about }) => about).map(({ usage, options }) => [nameOf(usage), Object.keys(options ?? {})]),
)
const valuedNames = allOptions.filter(([, { type }]) => type !== 'boolean').map(([name]) => name)

/** Runs one command line and returns its exit code; 2 is never one, since to Claude Code it means "block". */
async function main(argv: string[]): Promise<number> {
  let exitCode = 0
  const parser = yargs(argv)
    .scriptName('countersign')
    .usage('$0 <command>\n\nClaude Code writes, Codex reviews, they argue until they agree, you choose.')
    .version(COUNTERSIGN_VERSION)
    .locale('en')
    .strict()
    .alias({ help: 'h', version: 'v' })
    .parserConfiguration({ 'parse-positional-numbers': false })
    .demandCommand(1, 1, 'No command was given.')
    .exitProcess(false)
    .fail((message, error) => {
      // Yargs' own errors, and only these, carry this name.
      if (error && error.name !== 'YError') throw error
      throw new UserError('usage', usageFault(message ?? error.message, argv, optionNames, valuedNames, callable))
    })
  for (const { usage, about, options } of commands) {
    const handler = async (args: { cwd?: string }) => {
      const cwd = resolve(args.cwd ?? '.')
      if (!existsSync(cwd)) throw new UserError('no-directory', { cwd })
      const { load } = await import('./commands/index.ts')
      exitCode = await (await load(nameOf(usage))).run({ ...args, cwd, cwdGiven: args.cwd !== undefined })
    }
    parser.command<{ cwd?: string }>({ command: usage, describe: about, builder: options ?? {}, handler })
  }
  await parser.parseAsync()
  return exitCode
}

function report(error: unknown, argv: string[]): number {
  const linkFor = linkToReport({
    version: COUNTERSIGN_VERSION,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    // A name from the list and no other word of the command line: that can hold paths.
    command: commands.map(({ usage }) => nameOf(usage)).find(name => argv.includes(name)) ?? '',
  })
  const { code, message, exitCode, facts } = describe(error, linkFor)
  const asJson = argv.some(word => /^--json(=true)?$/.test(word)) || /(^|\s)--format[= ]json(\s|$)/.test(argv.join(' '))
  if (asJson) process.stdout.write(`${JSON.stringify({ error: { code, message, ...facts } }, null, 2)}\n`)
  else process.stderr.write(`${message}\n`)
  return exitCode
}

let cannotSay = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads no further has seen enough; what was to be done is done all the same.
  if (error.code === 'EPIPE') return
  cannotSay = true
  process.stderr.write(`Cannot write to stdout: ${error.message}\n`)
})

/** `help` is a word for `--help`, and saying nothing at all asks for it. */
const asked = (words: string[]): string[] =>
  words.length === 0 ? ['--help'] : words[0] === 'help' ? [...words.slice(1), '--help'] : words

const argv = asked(process.argv.slice(2))
main(argv)
  .catch(error => report(error, argv))
  .then(exitCode => {
    process.exitCode = exitCode
  })
process.on('exit', () => {
  if (cannotSay) process.exitCode = 73
})
