import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { seeingHashes } from '../../../src/shell/git/seeing-rules.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const hashOf = (exclude: string) => {
  const dir = temporaryDirectory()
  mkdirSync(join(dir, 'info'))
  writeFileSync(join(dir, 'info/exclude'), exclude)
  return seeingHashes({ root: dir, gitDir: dir, commonDir: dir })['.git/info/exclude']
}
const claudes = '# claude-code-runtime\n**/.claude/scheduled_tasks.lock\n**/.claude/worktrees/\n'

it.each(['', '# mine\n*.log\n', '*.log'])(
  'what Claude Code adds to the user’s own ignore rules is no change: %j',
  rules => {
    const ended = rules === '' || rules.endsWith('\n') ? rules : `${rules}\n`
    expect(hashOf(ended + claudes)).toBe(hashOf(rules))
  },
)

it.each([`${claudes}*.js\n`, `${claudes}**/.claude/\n`, `${claudes}**/.claude/worktrees/ \n`])(
  'anything else is one: %j',
  rules => expect(hashOf(rules)).not.toBe(hashOf('')),
)
