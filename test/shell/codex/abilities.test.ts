import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { abilitiesOf, forgetAbilities } from '../../../src/shell/codex/abilities.ts'
import { describeNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const list = (enabled: boolean) => JSON.stringify([{ name: 'a.b', enabled, transport: {} }])

/**
 * A codex that answers questions about itself, and notes each. By default one MCP server is configured, which can be
 * switched off, and everything works.
 */
function codex({
  mcp = '',
  sandbox = 'echo confined',
  debug = 'echo hello',
  help = 'exit 0',
  features = 'exit 0',
} = {}) {
  const dir = temporaryDirectory()
  const file = join(dir, 'codex')
  vi.stubEnv('CODEX_HOME', dir)
  const write = (more = '') =>
    writeFileSync(
      file,
      `#!/bin/sh
echo "$@" >> '${dir}/asked'
case "$1" in
mcp) ${mcp}
  case "$*" in *'mcp_servers={"a.b"={enabled=false}}'*) echo '${list(false)}';; *) echo '${list(true)}';; esac;;
sandbox) ${sandbox};; debug) ${debug};; features) ${features};; exec) ${help};;
esac
${more}`,
      { mode: 0o755 },
    )
  write()
  const ground = { cwd: dir, trees: [dir], hidden: [], scratchDir: join(dir, 'scratch') }
  const asked = () =>
    existsSync(join(dir, 'asked')) ? readFileSync(join(dir, 'asked'), 'utf8').split('\n').length - 1 : 0
  return { dir, write, asked, scratchDir: ground.scratchDir, abilities: () => abilitiesOf({ file, args: [] }, ground) }
}
const broken = "printf 'WARNING: x\\nError: TOML parse error\\n\\n  at line 1\\n' >&2; exit 1"
const refusing = (setting: string) => `case "$*" in *${setting}*) echo 'bad ${setting}' >&2; exit 1;; esac`

describeNeeds('POSIX')('an installed codex', () => {
  it('that takes everything is isolated by a profile, its MCP servers off by name', async () => {
    const found = await codex().abilities()
    expect(found).toMatchObject({ sandbox: 'profile', options: ['--ignore-rules'] })
    expect('settings' in found && found.settings).toEqual(
      expect.arrayContaining([
        'mcp_servers={"a.b"={enabled=false}}',
        'project_doc_max_bytes=0',
        'features.goals=false',
      ]),
    )
  })

  it.each([
    ['lets a command read what is hidden', 'echo reads'],
    ['lets a command write', 'echo writes'],
    ['starts no command', 'exit 1'],
  ])('whose profile %s is isolated by its plain read-only sandbox', async (_, sandbox) =>
    expect(await codex({ sandbox }).abilities()).toMatchObject({ sandbox: 'read-only' }),
  )

  it('that refuses a convenience is asked without that one', async () => {
    const refused = refusing('features.goals=false')
    const found = await codex({ mcp: refused, features: refused }).abilities()
    const settings = 'settings' in found ? found.settings : []
    expect(settings).not.toContain('features.goals=false')
    expect(settings).toEqual(expect.arrayContaining(['features.hooks=false', 'features.memories=false']))
  })

  it.each([
    ['refuses a setting that isolates it', { mcp: refusing('notify=') }, null, /^bad notify=$/],
    [
      'refuses its MCP servers to be off',
      { mcp: refusing('mcp_servers=') },
      'sandbox',
      /refuses a setting that isolates it \(bad mcp_servers=\)/,
    ],
    ['starts them all the same', { mcp: `echo '${list(true)}'; exit` }, 'sandbox', /starting MCP servers \(a\.b\)/],
    ['does not know an option', { help: 'exit 2' }, 'sandbox', /does not know --ignore-rules/],
    ['reads AGENTS.md all the same', { debug: 'cat AGENTS.md' }, 'sandbox', /takes instructions from the tree/],
    ['cannot read its configuration', { mcp: broken }, null, /^Error: TOML parse error at line 1$/],
    ['says nothing', { mcp: 'exit 3' }, null, /^exit 3$/],
  ])('that %s is not asked', async (_, program, reason, problem) => {
    const one = codex(program)
    expect(await one.abilities()).toEqual({ reason, problem: expect.stringMatching(problem) })
    expect(existsSync(join(one.scratchDir, 'abilities.json'))).toBe(false)
  })

  it('is asked about itself once, until it or its configuration changes, or a call fails', async () => {
    const one = codex()
    const first = await one.abilities()
    const each = one.asked()
    expect(await one.abilities()).toEqual(first)
    expect(one.asked()).toBe(each)
    expect(statSync(join(one.scratchDir, 'abilities.json')).mode & 0o777).toBe(0o600)
    one.write('# another version')
    await one.abilities()
    appendFileSync(join(one.dir, 'config.toml'), 'model = "m"\n')
    await one.abilities()
    forgetAbilities(one.scratchDir)
    await one.abilities()
    writeFileSync(join(one.scratchDir, 'abilities.json'), 'torn {')
    await one.abilities()
    expect(one.asked()).toBe(5 * each)
  })
})
