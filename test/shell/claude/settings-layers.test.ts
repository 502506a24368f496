import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { pluginHooks, settingsLayers } from '../../../src/shell/claude/settings-layers.ts'
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

it('of the organisation, the files of managed-settings.d are read too, the last the strongest', () => {
  const dir = temporaryDirectory()
  const { write } = repositoryAt(dir)
  for (const file of [
    'managed-settings.json',
    ...['20.json', '10.json', '.hidden.json', 'notes.txt'].map(name => `managed-settings.d/${name}`),
  ])
    write(file, '{}')
  const managed = settingsLayers(join(dir, 'project'), dir).filter(({ layer }) => layer === 'managed')
  expect(managed.map(({ path }) => path)).toEqual(
    ['managed-settings.d/20.json', 'managed-settings.d/10.json', 'managed-settings.json'].map(name => join(dir, name)),
  )
})

it('hooks of installed plugins are found, of those that are on', () => {
  const home = temporaryDirectory()
  const { write } = repositoryAt(home)
  const place = (name: string) => [{ scope: 'user', installPath: join(home, 'cache', name) }]
  write(
    '.claude/plugins/installed_plugins.json',
    JSON.stringify({
      version: 2,
      plugins: { 'twin@m': place('twin'), 'off@m': place('off'), 'odd@m': [null, {}], 'bare@m': place('bare') },
    }),
  )
  for (const file of ['twin/hooks/hooks.json', 'twin/.claude-plugin/plugin.json', 'off/hooks/hooks.json'])
    write(`cache/${file}`, '{}')
  vi.stubEnv('HOME', home)
  vi.stubEnv('CLAUDE_CONFIG_DIR', '')
  const found = () => pluginHooks(name => name !== 'off@m').map(({ layer, path }) => `${layer} ${path}`)
  expect(found()).toEqual(['plugin ~/cache/twin/hooks/hooks.json', 'plugin ~/cache/twin/.claude-plugin/plugin.json'])
  write('.claude/plugins/installed_plugins.json', 'not json')
  expect(found()).toEqual([])
  vi.unstubAllEnvs()
})
