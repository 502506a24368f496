import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/repository.ts'

const dist = (name: string) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

/** The hook under the name that it has in a repository. */
function installedHook(): string {
  const file = join(temporaryDirectory(), 'countersign.cjs')
  writeFileSync(file, readFileSync(dist('hook.cjs')))
  return file
}

/** Runs a file with a Node that takes itself for this version. */
function run(file: string, version: string) {
  const preload = join(temporaryDirectory(), 'preload.cjs')
  const versions = `{ ...process.versions, node: '${version}' }`
  writeFileSync(preload, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', preload, file, '--version'], { input: '{}' })
  return { status, stdout: stdout.toString(), lines: stderr.toString().split('\n').filter(Boolean) }
}

describe.each([
  ['the command line', () => dist('cli.cjs'), 69],
  ['the hook, as an error that blocks nothing', installedHook, 1],
])('%s', (_, file, status) => {
  it.each(['14.21.3', '18.20.8', '20.18.3'])(
    'says in two lines that Node %s is too old, and what is needed',
    version => {
      const { engines } = JSON.parse(
        readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
      )
      const needed = engines.node.replace('>=', '')
      expect(run(file(), version)).toEqual({
        status,
        stdout: '',
        lines: [
          expect.stringContaining(`Node ${needed} or later is needed`),
          expect.stringContaining('Install a newer one'),
        ],
      })
    },
  )
  it.each(['20.19.0', '22.0.0', '26.1.0'])('runs with Node %s', version =>
    expect(run(file(), version)).toMatchObject({ status: 0, lines: [] }),
  )
})
