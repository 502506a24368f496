import type { Options } from 'yargs'

type Command = {
  /** As yargs reads it: the name, then its positional arguments. */
  usage: string
  /** False hides the command from the help. */
  about: string | false
  options?: Record<string, Options>
}

const cwd = { type: 'string', requiresArg: true, describe: 'work in this directory' } as const
const input = { type: 'boolean', default: true, describe: 'ask questions on a terminal (--no-input: never)' } as const
const yes = { alias: 'y', type: 'boolean', describe: 'write without asking' } as const
const dryRun = { type: 'boolean', describe: 'show the plan and write nothing' } as const
const followSymlinks = { type: 'boolean', describe: 'write through links that lead out of the repository' } as const
const json = { type: 'boolean', describe: 'one JSON document on stdout' } as const

/** Every command of the command line, in the order the help lists them. */
export const commands: Command[] = [
  {
    usage: 'init',
    about: 'look at this repository, show a plan, write the setup',
    options: {
      yes,
      'dry-run': dryRun,
      gitattributes: { type: 'boolean', describe: 'mark the gate as generated in .gitattributes' },
      here: { type: 'boolean', describe: 'set up this directory alone, not the whole repository above it' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'doctor',
    about: 'check everything the loop needs, and run each of its hooks',
    options: {
      fix: { type: 'boolean', describe: 'put back our own entries and files' },
      strict: { type: 'boolean', describe: 'warnings fail too' },
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'upgrade',
    about: 'bring the setup to this version: merged three ways, nothing of yours lost',
    options: {
      yes,
      check: { type: 'boolean', describe: 'write nothing; exit 1 if there is something to do' },
      'dry-run': dryRun,
      restore: { type: 'string', array: true, requiresArg: true, describe: 'bring back a file that was deleted' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'resolve <path>',
    about: 'end a conflict that an upgrade left',
    options: {
      mine: { type: 'boolean', describe: 'keep the file as it is' },
      theirs: { type: 'boolean', describe: 'take the new version' },
      merged: { type: 'boolean', describe: 'take the merge, once its markers are edited away' },
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'uninstall',
    about: 'take out what init and upgrade put in; what you edited stays',
    options: {
      yes: { ...yes, describe: 'do it without asking' },
      'dry-run': dryRun,
      purge: { type: 'boolean', describe: 'remove our files even where you edited them' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'status',
    about: 'where the current cycle stands',
    options: { json, cwd },
  },
  {
    usage: 'findings',
    about: 'what both models agree on, by priority; then what stayed disputed; then what both dropped',
    options: {
      format: { choices: ['text', 'json', 'md', 'html', 'sarif'], describe: 'how to print the list (default: text)' },
      json,
      cwd,
    },
  },
  {
    usage: 'pick [ids..]',
    about: 'choose: F1 F3-F5 high, all, none; without ids on a terminal, from a list',
    options: { input, json, cwd },
  },
  {
    usage: 'dismiss <ids..>',
    about: 'decide against findings; later reviews must honour it',
    options: {
      reason: { type: 'string', demandOption: true, requiresArg: true, describe: 'why, for both models' },
      json,
      cwd,
    },
  },
  {
    usage: 'pause',
    about: 'switch the gate off for this worktree',
    options: { json, cwd },
  },
  {
    usage: 'resume',
    about: 'switch the gate on again',
    options: { json, cwd },
  },
  {
    usage: 'rehearse',
    about: 'play the whole cycle in a scratch copy of this repository, with scripted models: no token is spent',
    options: {
      keep: { type: 'boolean', describe: 'leave the scratch copy behind' },
      deadline: { type: 'number', requiresArg: true, describe: 'seconds the whole may take (default: 900)' },
      json,
      cwd,
    },
  },
  {
    usage: 'hook',
    about: false,
  },
]
