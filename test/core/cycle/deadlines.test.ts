import { expect, it } from 'vitest'
import { hookBudgetMs } from '../../../src/core/cycle/deadlines.ts'

it.each([
  ['Stop', 3540],
  ['TaskCompleted', 1740],
  ['SessionStart', 40],
  ['PreToolUse', 40],
  ['SessionEnd', 6.666],
] as const)('%s leaves the hook %d seconds before Claude Code would kill it', (event, seconds) =>
  expect(hookBudgetMs(event)).toBe(seconds * 1000),
)
