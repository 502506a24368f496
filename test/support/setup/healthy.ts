import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { needs } from '../platform.ts'
import { cli } from '../programs/lab.ts'
import { repository, type TestRepository, temporaryDirectory } from '../repository.ts'

/** A repository that is set up, with stand-ins for both programs, a home of its own and a ledger that a hook has written. */
export type Healthy = {
  repo: TestRepository
  home: string
  /** The only folder on PATH besides the system's own. */
  bin: string
  env: Record<string, string>
  ledger: string
  /** Puts a shell script on PATH. */
  program(name: string, script: string): void
  /** Changes a file's text. */
  edit(path: string, change: (text: string) => string): void
}

export function healthy(): Healthy {
  needs('POSIX')
  const repo = repository({ 'package.json': '{ "name": "shop", "scripts": { "test": "node --test" } }\n' })
  const [home, bin] = [temporaryDirectory(), temporaryDirectory()]
  execaSync('node', [cli, 'init', '--yes'], { cwd: repo.root })
  repo.commit('set up')
  const ledger = join(repo.root, '.git/countersign/ledger.jsonl')
  mkdirSync(join(repo.root, '.git/countersign'), { recursive: true })
  const fired = { v: 1, kind: 'session', at: '2026-01-01T00:00:00.000Z', session: 's', pid: 1, phase: 'started' }
  writeFileSync(ledger, `${JSON.stringify(fired)}\n`)
  const program = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  program('claude', 'echo "2.1.330 (Claude Code)"')
  program('codex', 'echo "codex-cli 0.169.0"')
  for (const name of ['git', 'sh', 'npm'])
    symlinkSync(execaSync('sh', ['-c', `command -v ${name}`]).stdout, join(bin, name))
  symlinkSync(process.execPath, join(bin, 'node'))
  const env = { PATH: bin, HOME: home, ANTHROPIC_API_KEY: 'k', CODEX_API_KEY: 'k' }
  const edit: Healthy['edit'] = (path, change) =>
    repo.write(path, change(execaSync('cat', [join(repo.root, path)], { stripFinalNewline: false }).stdout))
  return { repo, home, bin, env, ledger, program, edit }
}

type Check = { id: string; mark: string; says: string; details: string[]; fix: string | null }
export type Diagnosis = {
  exitCode: number | undefined
  putBack: string[]
  checks: Record<string, Check>
}

/** Runs `doctor --json` and returns its checks by id. */
export function doctor({ repo, env }: Healthy, args: string[] = [], folder = '.'): Diagnosis {
  const options = { cwd: join(repo.root, folder), env, extendEnv: false, reject: false } as const
  const { exitCode, stdout } = execaSync(process.execPath, [cli, 'doctor', '--json', ...args], options)
  const { checks, putBack } = JSON.parse(stdout) as { checks: Check[]; putBack: string[] }
  return { exitCode, putBack, checks: Object.fromEntries(checks.map(check => [check.id, check])) }
}
