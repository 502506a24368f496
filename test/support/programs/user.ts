import { existsSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { findPrograms } from '../../../src/rehearsal/programs/programs.ts'
import { needs } from '../platform.ts'
import { type TestRepository, temporaryDirectory } from '../repository.ts'
import { cli } from './lab.ts'

/** A user at a machine: a home, both real programs on PATH, keys in the environment that must never be used. */
export function user({ programs = ['claude', 'codex'] } = {}) {
  needs('POSIX')
  const [home, bin, tmp] = [temporaryDirectory(), temporaryDirectory(), temporaryDirectory()]
  const found = findPrograms()
  for (const name of programs) symlinkSync(name === 'claude' ? found.claude : found.codex, join(bin, name))
  const system = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => !existsSync(join(folder, 'codex')) && !existsSync(join(folder, 'claude')))
  const env = {
    PATH: [bin, ...system].join(delimiter),
    HOME: home,
    TMPDIR: tmp,
    ANTHROPIC_API_KEY: 'the-users-own-key',
    CODEX_API_KEY: 'the-users-own-key',
    GIT_CONFIG_GLOBAL: join(home, 'none'),
  }
  const run = (repo: TestRepository, ...args: string[]) =>
    execa(process.execPath, [cli, ...args], { cwd: repo.root, env, extendEnv: false, reject: false })
  return { home, bin, tmp, run }
}
