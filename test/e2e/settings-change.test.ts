import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { startClaudeModel } from '../../src/rehearsal/models/claude-model.ts'
import { runClaude } from '../../src/rehearsal/programs/claude-run.ts'
import { makeLab } from '../../src/rehearsal/programs/lab.ts'
import { findPrograms } from '../../src/rehearsal/programs/programs.ts'
import { itNeeds } from '../support/platform.ts'
import { countersign } from '../support/programs/cli.ts'
import { claudeShowsMessages } from '../support/programs/versions.ts'
import { repository, temporaryDirectory } from '../support/repository.ts'

itNeeds('POSIX')(
  'hooks that Claude switches off by way of the shell stay on, and the user is told once, though all are registered twice',
  { timeout: 120_000 },
  async () => {
    const repo = repository({ 'package.json': '{"scripts":{"test":"true"}}\n' })
    expect(await countersign(repo.root, 'init', '--yes')).toMatchObject({ exitCode: 0 })
    const folder = temporaryDirectory()
    const settings = JSON.parse(readFileSync(join(repo.root, '.claude/settings.json'), 'utf8'))
    // The same hooks once more, as a plugin has them: by another command, or Claude Code would fire them once.
    const again = JSON.parse(JSON.stringify(settings.hooks), (key, value) =>
      key === 'args' ? [...value, 'again'] : value,
    )
    repo.write('.claude/settings.local.json', JSON.stringify({ permissions: { allow: ['Bash'] }, hooks: again }))
    repo.commit()
    const off = { ...settings, disableAllHooks: true }
    writeFileSync(join(folder, 'off.sh'), `echo '${JSON.stringify(off)}' > .claude/settings.json; echo "// x" > a.js`)
    const { url, close } = await startClaudeModel(({ messages }) =>
      JSON.stringify(messages).includes('tool_result')
        ? { text: 'Done.' }
        : { calls: [{ tool: 'Bash', input: { command: `sh ${folder}/off.sh; sleep 5`, description: 'd' } }] },
    )
    onTestFinished(close)
    const lab = makeLab({ folder, project: repo.root, programs: findPrograms(), claudeUrl: url, codexUrl: url })
    const { events } = await runClaude('switch them off', { cwd: repo.root, lab })
    const said = events.flatMap(({ content }) => content ?? []).join('\n')
    const refused =
      /settings change that switches the gate off or steers it was refused while Claude was working: "disableAllHooks"/g
    if (claudeShowsMessages) expect(said.match(refused)).toHaveLength(1)
    const kinds = readFileSync(join(repo.root, '.git/countersign/ledger.jsonl'), 'utf8').match(/(?<="kind":")[^"]+/g)!
    for (const kind of ['session', 'prompted', 'deed', 'deeds-told', 'run-started', 'tests-ran'])
      expect({ kind, times: kinds.filter(one => one === kind).length }).toEqual({
        kind,
        times: kind === 'session' ? 2 : 1,
      })
  },
)
