import { nearest } from './nearest.ts'

/** What is wrong with a command line, and what to do about it. */
export type UsageFault = { problem: string; hint: string }

const help = 'See: npx countersign --help'

/** What people type for a command of Countersign's, from other programs. */
const otherNames: Record<string, string> = {
  install: 'init',
  setup: 'init',
  update: 'upgrade',
  remove: 'uninstall',
  check: 'doctor',
  start: 'resume',
  stop: 'pause',
  list: 'findings',
}

/**
 * Says in Countersign's words what yargs found wrong with a command line, with a guess at what was meant.
 *
 * @param message Yargs' own, in English.
 * @param argv The words of the command line.
 * @param options The long names of all options.
 * @param valued Those of them that the word after them belongs to.
 * @param commands The options of each command that a person calls.
 */
export function usageFault(
  message: string,
  argv: string[],
  options: string[],
  valued: string[],
  commands: Record<string, string[]> = {},
): UsageFault {
  const isValue = (at: number): boolean => at > 0 && valued.some(name => argv[at - 1] === `--${name}`)
  const command = argv.find((word, at) => !word.startsWith('-') && !isValue(at)) ?? ''
  const all = /^Unknown (?:arguments?|commands?): (.+)$/.exec(message)?.[1]?.split(', ')
  // Where there is no such command, its options are unknown as well.
  const unknown = all?.find(name => name === command) ?? all?.[0]
  if (unknown !== undefined) {
    const isOption = argv.some(word => word.replace(/=.*/, '').replace(/^-+/, '') === unknown && word.startsWith('-'))
    if (!isOption && unknown === command) {
      const meant = nearest(command, [...Object.keys(commands), ...Object.keys(otherNames)])
      const name = meant && (otherNames[meant] ?? meant)
      return { problem: `Unknown command: ${command}.`, hint: name ? `Did you mean ${name}?` : help }
    }
    if (!isOption) return { problem: `Unknown argument: ${unknown}.`, hint: help }
    const owners = Object.keys(commands).filter(name => commands[name]?.includes(unknown))
    if (command in commands && owners.length > 0)
      return {
        problem: `\`${command}\` has no option --${unknown}.`,
        hint: `Commands that have it: ${owners.join(', ')}`,
      }
    const meant = nearest(unknown, options)
    const dashes = argv.some(word => word.startsWith(`--${unknown}`)) ? '--' : '-'
    return { problem: `Unknown option: ${dashes}${unknown}.`, hint: meant ? `Did you mean --${meant}?` : help }
  }

  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/m.exec(message)
  if (choice)
    return { problem: `--${choice[1]} must be one of ${choice[3]?.replaceAll('"', '')}, not ${choice[2]}.`, hint: help }
  const value = /^Not enough arguments following: (\S+)$/.exec(message)?.[1]
  if (value) return { problem: `--${value} needs a value.`, hint: help }
  const required = /^Missing required argument: (\S+)$/.exec(message)?.[1]
  if (required) return { problem: `--${required} is required.`, hint: help }
  if (message.startsWith('Not enough non-option arguments'))
    return { problem: `\`${command}\` needs an argument.`, hint: `See: npx countersign ${command} --help` }
  return { problem: /[.?!]$/.test(message) ? message : `${message}.`, hint: help }
}
