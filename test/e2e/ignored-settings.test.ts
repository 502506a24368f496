import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { ignoredPlaces } from '../../src/core/doctor/ignored-places.ts'
import { startClaudeModel } from '../../src/rehearsal/models/claude-model.ts'
import { runClaude } from '../../src/rehearsal/programs/claude-run.ts'
import { makeLab } from '../../src/rehearsal/programs/lab.ts'
import { findPrograms } from '../../src/rehearsal/programs/programs.ts'
import { itNeeds } from '../support/platform.ts'
import { claudeShowsMessages } from '../support/programs/versions.ts'
import { repository, temporaryDirectory } from '../support/repository.ts'

/** What stands beside a hook that fires in a file that Claude Code takes. */
const besides = [
  '"model": "opus"',
  '"permissions": { "allow": [1], "defaultMode": "manual" }',
  '"permissions": "x"',
  '"permissions": { "allow": "x" }',
  '"disableAllHooks": "false"',
  '"env": 5',
  '"outputStyle": 5',
  '"statusLine": "x"',
  '"cleanupPeriodDays": "x"',
]
const hooksBesides = [
  '"AfterLunch": 5',
  '"Stop": [{ "hooks": [{ "type": "command" }] }]',
  '"PreToolUse": [{ "hooks": [{ "type": "command" }] }]',
  '"PreToolUse": [{ "matcher": 1, "hooks": [] }]',
  '"PreToolUse": [{ "hooks": [{ "type": "command", "command": "true", "timeout": "5" }] }]',
]

itNeeds('POSIX')(
  'what doctor calls ignored is what the real claude ignores',
  { timeout: 120_000 },
  async ({ skip }) => {
    // Older ones ignore the whole file where newer ones ignore an entry.
    if (!claudeShowsMessages) skip()
    const repo = repository({ 'a.txt': '' })
    const folder = temporaryDirectory()
    const { url, close } = await startClaudeModel(() => ({ text: 'Hello.' }))
    onTestFinished(close)
    const programs = findPrograms()
    const lab = makeLab({ folder, project: repo.root, programs, claudeUrl: url, codexUrl: url })
    const fired = join(folder, 'fired')
    const start = `"SessionStart": [{ "hooks": [{ "type": "command", "command": "touch '${fired}'" }] }]`
    const texts = [
      ...besides.map(more => `{ ${more}, "hooks": { ${start} } }`),
      ...hooksBesides.map(more => `{ "hooks": { ${more}, ${start} } }`),
      `{ "hooks": { ${start} }, }`,
      `{ "hooks": { ${start} } } // mine`,
    ]
    const seen: string[] = []
    for (const text of texts) {
      rmSync(fired, { force: true })
      repo.write('.claude/settings.json', text)
      await runClaude('Hello', { cwd: repo.root, lab })
      seen.push(`${existsSync(fired) ? 'taken' : 'ignored'}: ${text}`)
    }
    const expected = texts.map(
      text => `${ignoredPlaces(text).some(({ drops }) => drops === 'file') ? 'ignored' : 'taken'}: ${text}`,
    )
    expect(seen).toEqual(expected)
    expect(new Set(seen.map(line => line.split(':')[0]))).toEqual(new Set(['taken', 'ignored']))
  },
)
