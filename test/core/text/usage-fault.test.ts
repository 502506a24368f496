import { expect, it } from 'vitest'
import { usageFault } from '../../../src/core/text/usage-fault.ts'

it.each([
  ['Unknown argument: dryrun', 'init --dryrun', 'Unknown option: --dryrun.', 'Did you mean --dry-run?'],
  ['Unknown arguments: jsn, x', 'status --jsn=1 -x', 'Unknown option: --jsn.', 'Did you mean --json?'],
  ['Unknown argument: q', 'init -q', 'Unknown option: -q.', 'See: npx countersign --help'],
  ['Unknown argument: extra', 'init extra', 'Unknown argument: extra.', 'See: npx countersign --help'],
  ['Unknown argument: xyzzy', 'xyzzy', 'Unknown command: xyzzy.', 'See: npx countersign --help'],
  ['Unknown arguments: yes, int', 'int --yes', 'Unknown command: int.', 'Did you mean init?'],
  ['Unknown argument: statsu', '--cwd /tmp statsu', 'Unknown command: statsu.', 'Did you mean status?'],
  ['Unknown argument: instal', 'instal', 'Unknown command: instal.', 'Did you mean init?'],
  ['Unknown argument: uninstal', 'uninstal', 'Unknown command: uninstal.', 'Did you mean uninstall?'],
  ['Unknown argument: purge', 'init --purge', '`init` has no option --purge.', 'Commands that have it: uninstall'],
  ['Unknown argument: purge', '--purge', 'Unknown option: --purge.', 'See: npx countersign --help'],
  ['Unknown arguments: cwd, xyzzy', '--cwd /tmp xyzzy', 'Unknown command: xyzzy.', 'See: npx countersign --help'],
  ['Unknown arguments: jsn, cwd', '--cwd=/tmp --jsn', 'Unknown option: --jsn.', 'Did you mean --json?'],
  ['Unknown argument: x', '--x', 'Unknown option: --x.', 'See: npx countersign --help'],
  ['Unknown command: xyzzy', 'xyzzy', 'Unknown command: xyzzy.', 'See: npx countersign --help'],
  ['Unknown argument: a', 'b- a', 'Unknown argument: a.', 'See: npx countersign --help'],
  ['Unknown argument: jsn', 'status --jsn=text', 'Unknown option: --jsn.', 'Did you mean --json?'],
  ['Oh! It failed', 'init', 'Oh! It failed.', 'See: npx countersign --help'],
  ['Choose one!', 'init', 'Choose one!', 'See: npx countersign --help'],
  ['Not enough arguments following: cwd', 'init --cwd', '--cwd needs a value.', 'See: npx countersign --help'],
  ['Missing required argument: reason', 'dismiss F1', '--reason is required.', 'See: npx countersign --help'],
  [
    'Not enough non-option arguments: got 0, need at least 1',
    'resolve',
    '`resolve` needs an argument.',
    'See: npx countersign resolve --help',
  ],
  [
    'Invalid values:\n  Argument: format, Given: "x", Choices: "text", "json", "md"',
    'findings --format x',
    '--format must be one of text, json, md, not "x".',
    'See: npx countersign --help',
  ],
])('“%s” for `countersign %s`', (message, line, problem, hint) =>
  expect(
    usageFault(message, line.split(' '), ['dry-run', 'json', 'format', 'cwd'], ['format', 'cwd'], {
      init: ['dry-run', 'json', 'yes'],
      status: ['json'],
      uninstall: ['purge', 'json'],
    }),
  ).toEqual({
    problem,
    hint,
  }),
)
