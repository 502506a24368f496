import type { Options } from 'yargs'

type Command = {
  /** As yargs reads it: the name, then its positional arguments. */
  usage: string
  /** False hides the command from the help. */
  about: string | false
  options?: Record<string, Options>
}

const cwd = { type: 'string', requiresArg: true, describe: 'run in this directory' } as const
const input = {
  type: 'boolean',
  default: true,
  describe: 'ask questions on a terminal (--no-input: never ask)',
} as const
const yes = { alias: 'y', type: 'boolean', describe: 'write without asking' } as const
const dryRun = { type: 'boolean', describe: 'show the plan and write nothing' } as const
const followSymlinks = { type: 'boolean', describe: 'follow links out of the repository' } as const
const json = { type: 'boolean', describe: 'print one JSON document' } as const

/** Every command of the command line, in the order the help lists them. */
export const commands: Command[] = [
  {
    usage: 'init',
    about: 'set up Countersign in this repository',
    options: {
      yes,
      'dry-run': dryRun,
      verbose: { type: 'boolean', describe: 'show every file of the plan' },
      gitattributes: {
        type: 'boolean',
        describe: 'mark the gate as generated in .gitattributes (--no-gitattributes: do not)',
      },
      'strip-comments': {
        type: 'boolean',
        describe: 'remove the comments for which Claude Code ignores settings.json',
      },
      test: { type: 'string', array: true, requiresArg: true, describe: 'run this command as the tests' },
      here: { type: 'boolean', describe: 'set up only this directory, not the whole repository' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'doctor',
    about: 'check the setup and run each of its hooks',
    options: {
      fix: { type: 'boolean', describe: 'restore the entries and files of Countersign' },
      strict: { type: 'boolean', describe: 'exit with 1 for warnings too' },
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'upgrade',
    about: 'update the setup to this version and merge your edits',
    options: {
      yes,
      check: { type: 'boolean', describe: 'write nothing; exit 1 if there is something to do' },
      'dry-run': dryRun,
      restore: { type: 'string', array: true, requiresArg: true, describe: 'restore a deleted file' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'resolve <path>',
    about: 'resolve a conflict that an upgrade left',
    options: {
      mine: { type: 'boolean', describe: 'keep your version' },
      theirs: { type: 'boolean', describe: 'take the new version' },
      merged: { type: 'boolean', describe: 'take the merge, after you have removed its markers' },
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'uninstall',
    about: 'remove Countersign from this repository; files you edited are kept',
    options: {
      yes: { ...yes, describe: 'remove without asking' },
      'dry-run': dryRun,
      purge: { type: 'boolean', describe: 'also remove the files of Countersign that you edited' },
      input,
      'follow-symlinks': followSymlinks,
      json,
      cwd,
    },
  },
  {
    usage: 'status',
    about: 'show where the current cycle stands',
    options: { json, cwd },
  },
  {
    usage: 'findings',
    about: 'list the findings: agreed by priority, then disputed, then agreed not needed',
    options: {
      format: { choices: ['text', 'json', 'md', 'html', 'sarif'], describe: 'output format (default: text)' },
      json,
      cwd,
    },
  },
  {
    usage: 'pick [ids..]',
    about: 'choose what to fix: F1 F3-F5, high, all or none; without ids, from a list',
    options: { input, json, cwd },
  },
  {
    usage: 'dismiss <ids..>',
    about: 'record that findings will not be fixed; later reviews honour it',
    options: {
      reason: { type: 'string', demandOption: true, requiresArg: true, describe: 'the reason, for both models' },
      json,
      cwd,
    },
  },
  {
    usage: 'pause',
    about: 'switch the gate off in this working tree',
    options: { json, cwd },
  },
  {
    usage: 'resume',
    about: 'switch the gate on again',
    options: { json, cwd },
  },
  {
    usage: 'rehearse',
    about: 'run the whole cycle in a scratch copy with scripted models; spends no token',
    options: {
      keep: { type: 'boolean', describe: 'keep the scratch copy' },
      deadline: { type: 'number', requiresArg: true, describe: 'time limit in seconds (default: 900)' },
      json,
      cwd,
    },
  },
  {
    usage: 'hook',
    about: false,
  },
]
