import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { expect, it, onTestFinished } from 'vitest'
import { needs } from '../support/platform.ts'

const demo = fileURLToPath(new URL('../../dist/demo.cjs', import.meta.url))

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8')

it('the demo plays to the countersignature and records what it showed, which is the session in the README', async () => {
  needs('POSIX')
  const folder = mkdtempSync(join(tmpdir(), 'countersign-record-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'README.md')
  writeFileSync(file, readme.replace(/(?<=^<!-- demo: .*\n)[\s\S]*?(?=^<!-- \/demo)/m, ''))

  const { exitCode, stdout, stderr } = await execa(process.execPath, [demo, '--record', file])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  const recorded = readFileSync(file, 'utf8')
  expect(stdout).toContain('The answers of both models are scripted')
  for (const text of [stdout, recorded]) {
    expect(text).toContain('F1 is agreed: both say fix it; Codex says high, Claude medium, so Codex is asked again')
    expect(text).toContain('✓ countersigned in cycle 2')
  }
  expect(recorded).toBe(readme)
}, 90_000)

it('the demo says what it cannot do before it starts', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [demo, '--record', 'nowhere.md'], { reject: false })
  expect({ exitCode, stderr: stderr.trim() }).toEqual({
    exitCode: 64,
    stderr: 'nowhere.md does not exist, so nothing can be recorded into it.',
  })
})
