import { onTestFinished } from 'vitest'
import { type CodexModel, type CodexScript, startCodexModel } from '../../../src/rehearsal/models/codex-model.ts'
import { makeLab } from '../../../src/rehearsal/programs/lab.ts'
import { findPrograms } from '../../../src/rehearsal/programs/programs.ts'
import { needs } from '../platform.ts'
import { temporaryDirectory } from '../repository.ts'
import { type Gate, gate } from './gate.ts'

/** A gate whose reviewer is the real `codex`, asking a scripted model on loopback. The scripts run commands of a POSIX system. */
export async function realCodexGate(script: CodexScript, config = ''): Promise<{ one: Gate; model: CodexModel }> {
  needs('POSIX')
  const one = gate({ codex: false, config })
  const model = await startCodexModel(script)
  onTestFinished(model.close)
  const { env } = makeLab({
    folder: temporaryDirectory(),
    project: one.repo.root,
    programs: findPrograms(),
    claudeUrl: 'http://127.0.0.1:9',
    codexUrl: model.url,
  })
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'CODEX_HOME']) one.env[name] = env[name]!
  delete one.env.CODEX_API_KEY
  return { one, model }
}

/** A review that finds nothing in `a.js`. */
export const approval = JSON.stringify({
  verdict: 'approve',
  summary: 'fine',
  reviewed: ['a.js'],
  findings: [],
  resolved: [],
})
