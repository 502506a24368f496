import { expect, it } from 'vitest'
import { errorIn } from '../../../src/shell/codex/error-words.ts'

// As the real program prints them.
const warning =
  'WARNING: proceeding, even though we could not create PATH aliases: Refusing to create helper binaries\n'

it.each([
  [
    `${warning}Error loading config.toml:\n/h/config.toml:2:18: string values must be quoted\n  |\n2 | model = \n  |         ^\n`,
    'broken configuration: /h/config.toml:2:18: string values must be quoted',
  ],
  [
    'Error loading config.toml: invalid type: integer `7`, expected a string\nin `model_reasoning_effort`\n\n',
    'Error loading config.toml: invalid type: integer `7`, expected a string in `model_reasoning_effort`',
  ],
  [
    `${warning}Error: failed to load configuration\n\nCaused by:\n    legacy \`profile = "x"\` is gone\n\nStack backtrace:\n   0: <unknown>\n`,
    'legacy `profile = "x"` is gone',
  ],
  [
    'Error: Model provider `nope` not found\n\nStack backtrace:\n   0: <unknown>\n',
    'Error: Model provider `nope` not found',
  ],
  ['starting\nerror: no such model\n', 'error: no such model'],
  ['one\ntwo\n', 'two'],
  ['', ''],
])('%j', (stderr, words) => expect(errorIn(stderr)).toBe(words))
