import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { featurePrompt } from '../../../src/rehearsal/demo/demo-author.ts'
import { setScene } from '../../../src/rehearsal/demo/demo-scene.ts'
import { itNeeds } from '../../support/platform.ts'
import { cli, ledgerOf, ofKind, processesIn } from '../../support/programs/lab.ts'
import { startTerminal } from '../../support/programs/terminal.ts'

itNeeds('tmux')(
  "in the interactive program the question holds the ledger's own list, and the ticks are the choice",
  async () => {
    const scene = await setScene({ cli })
    onTestFinished(() => scene.close())
    await scene.countersign('init', '--yes')
    const terminal = await startTerminal([scene.lab.programs.claude, '--permission-mode', 'acceptEdits'], {
      cwd: scene.project,
      env: scene.lab.env,
      socket: join(scene.folder, 'tmux'),
    })
    try {
      await terminal.waitFor('❯')
      await terminal.enter(featurePrompt)
      const asked = await terminal.waitFor('Type something', 60_000)
      expect(asked).toMatch(/1\. \[ \] F1 .*medium/)
      expect(asked).toMatch(/2\. \[ \] F3 .*disputed/)
      expect(asked).not.toContain('Which findings?')

      await terminal.press('1', 'Right', 'Enter')
      await terminal.waitFor('countersigned in cycle 2', 60_000)
      expect(ofKind(ledgerOf(scene), 'picked')).toMatchObject([{ ids: ['F1'], by: 'question' }])
    } finally {
      await terminal.close()
    }
    expect(await processesIn(scene.folder)).toEqual([])
  },
  150_000,
)
