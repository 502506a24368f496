import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClaudeScript } from '../models/claude-model.ts'
import type { CodexScript } from '../models/codex-model.ts'
import { makeLab } from '../programs/lab.ts'
import { findPrograms } from '../programs/programs.ts'
import { openScene, type Scene } from '../scene.ts'
import { authorScript } from './demo-author.ts'
import { reviewerScript } from './demo-reviewer.ts'
import { makeScratchService } from './demo-service.ts'

/** The scene of the sales report. */
export type Scenario = Scene & {
  /** Each run of the scratch repository's test suite has left a line in this file. */
  testLog: string
}

type Options = {
  /** The built command line, `dist/cli.cjs`. */
  cli: string
  author?: (project: string) => ClaudeScript
  reviewer?: CodexScript
  withoutCodex?: boolean
}

/** Sets the scene for the sales report; `init` has not run yet. */
export async function setScene(options: Options): Promise<Scenario> {
  const { cli, author = authorScript, reviewer = reviewerScript, withoutCodex } = options
  const programs = findPrograms()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-')))
  const [project, testLog] = [join(folder, 'orders'), join(folder, 'test-runs.log')]
  mkdirSync(project)
  const scene = await openScene({
    folder,
    project,
    cli,
    author: author(project),
    reviewer,
    makeLab: urls => makeLab({ folder: join(folder, 'lab'), project, programs, withoutCodex, ...urls }),
  })
  makeScratchService(project, { env: scene.lab.env, testLog })
  return { ...scene, testLog }
}
