import { existsSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { UserError } from '../errors.ts'
import type { Config } from '../model/config.ts'
import { ownPrograms } from '../rehearsal/programs/own-programs.ts'
import { withoutModels } from '../rehearsal/programs/own-settings.ts'
import { endRunningOnSignals } from '../rehearsal/programs/run-group.ts'
import { rehearse } from '../rehearsal/rehearse.ts'
import { settingsLayers } from '../shell/claude/settings-layers.ts'
import { runGit } from '../shell/git/git.ts'
import { packageRoot } from '../shell/setup/own-package.ts'
import { configText } from '../shell/state/cached-config.ts'
import { readConfig } from '../shell/state/config-file.ts'
import { copyLines, headLines, outcomeLines, rehearsalJson, stageLine } from './rehearse-report.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

type Arguments = { cwd: string; keep?: boolean; json?: boolean; deadline?: number }

const defaultDeadlineSeconds = 900

/**
 * `countersign rehearse`: the whole cycle in a scratch copy, with the user's own programs, settings and tests.
 *
 * @returns The exit code: 0 when every stage fired.
 */
export async function run({ cwd, keep = false, json, deadline = defaultDeadlineSeconds }: Arguments): Promise<number> {
  const { root } = openSetup(cwd)
  if (!(deadline > 0))
    throw new UserError('usage', {
      problem: '--deadline needs a number of seconds above 0.',
      hint: 'See: npx countersign rehearse --help',
    })
  refuseManagedModels(root)
  const programs = await ownPrograms(root)
  const read = readConfig(configText(root) ?? 'version: 1')
  const config = 'config' in read ? read.config : null
  const say = json ? () => {} : (lines: string[]) => lines.forEach(line => void print(line))
  // The scratch copy is removed when this process exits, and nobody may be working in it then.
  endRunningOnSignals()
  say(headLines(root, programs))
  const result = await rehearse({
    root,
    config,
    file: noteFile(root, config),
    programs,
    cli: join(packageRoot(), 'dist', 'cli.cjs'),
    keep,
    deadlineMs: deadline * 1000,
    onCopy: copy => say(copyLines(copy)),
    onStage: stage => say([stageLine(stage)]),
  })
  if (json) print(rehearsalJson(root, programs, result, keep))
  else say(outcomeLines(result, keep))
  return result.stages.every(({ fired }) => fired) ? 0 : 1
}

/** Managed settings are stronger than anything a rehearsal could say. */
function refuseManagedModels(root: string): void {
  const managed = settingsLayers(root).find(({ layer }) => layer === 'managed')
  const { dropped } = withoutModels(managed?.text ?? '')
  if (managed && dropped.length > 0) throw new UserError('models-managed', { file: managed.path, keys: dropped })
}

const names = ['countersign-rehearsal.txt', 'countersign-rehearsal.md', 'countersign-rehearsal']

/** A path from the root where nothing is, that git does not ignore and that some suite is about. */
function noteFile(root: string, config: Config | null): string {
  const paths = config?.tests.flatMap(suite => suite.paths) ?? []
  const about = config?.tests.every(suite => suite.paths.length > 0) ? paths.map(path => `:(glob)${path}`) : []
  const covered =
    about.length > 0
      ? runGit(root, ['ls-files', '--', ...about])
          .stdout.toString()
          .split('\n')[0]
      : ''
  const folder = covered ? dirname(covered) : '.'
  const isFree = (path: string) =>
    !existsSync(join(root, path)) && runGit(root, ['check-ignore', '-q', '--', path], { accept: [0, 1] }).status === 1
  const candidates = names.map(name => posix.join(folder, name))
  return candidates.find(isFree) ?? candidates[0]!
}
