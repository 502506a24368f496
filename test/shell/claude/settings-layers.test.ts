import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { settingsLayers } from '../../../src/shell/claude/settings-layers.ts'
import { itNeeds } from '../../support/platform.ts'
import { repositoryAt, temporaryDirectory } from '../../support/repository.ts'

itNeeds('POSIX').each([
  ['home/.claude', '~/.claude/settings.json'],
  ['home/config/claude', '~/config/claude/settings.json'],
  // Beside the home directory, under a name that begins as it does.
  ['homes/.claude', null],
])("the user's settings in %s are shown as %s", (place, shown) => {
  const dir = temporaryDirectory()
  repositoryAt(dir).write(`${place}/settings.json`, '{}')
  vi.stubEnv('HOME', join(dir, 'home'))
  vi.stubEnv('CLAUDE_CONFIG_DIR', join(dir, place))
  const user = settingsLayers(join(dir, 'project')).find(({ layer }) => layer === 'user')
  expect(user?.path).toBe(shown ?? join(dir, place, 'settings.json'))
  vi.unstubAllEnvs()
})
