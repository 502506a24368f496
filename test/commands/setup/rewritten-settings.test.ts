import { describe, expect, it } from 'vitest'
import { carryOut } from '../../../src/commands/setup/carry-out.ts'
import { ownRelease } from '../../../src/commands/setup/own-release.ts'
import { propose } from '../../../src/commands/setup/propose.ts'
import { siteOf } from '../../../src/commands/setup/site.ts'
import { detect } from '../../../src/detect/index.ts'
import { repoView } from '../../../src/shell/git/repo-view.ts'
import { countersign } from '../../support/programs/cli.ts'
import { repository, type TestRepository } from '../../support/repository.ts'
import { installed, read, remove, treeOf } from '../../support/setup/aged.ts'

const settings = '.claude/settings.json'
const project = { 'package.json': '{"scripts":{"test":"node --test"}}\n' }

/** `init`, while another program rewrites settings.json as often as this just before ours would be put in place. */
function initWhileRewritten(repo: TestRepository, times: number): void {
  const site = siteOf({ cwd: repo.root })
  const release = ownRelease(site, detect(repoView(repo.root)))
  let count = 0
  carryOut(site, release, propose(site, release, 'init'), 'init', point => {
    if (point === `before ${settings}` && count < times) repo.write(settings, `{\n  "rewritten": ${++count}\n}\n`)
  })
}

describe('settings.json rewritten while init is running', () => {
  it.each([1, 2, 3])('%i times keeps what was written, with the hook entries once', async times => {
    const repo = repository({ ...project, [settings]: '{ "model": "opus" }\n' })
    initWhileRewritten(repo, times)
    const { rewritten, hooks, model } = JSON.parse(read(repo, settings))
    expect({ rewritten, model }).toEqual({ rewritten: times, model: undefined })
    expect(Object.values(hooks).map(groups => (groups as unknown[]).length)).toEqual([1, 1, 1, 1, 1, 1, 1, 1])
    await countersign(repo.root, 'uninstall', '--yes')
    expect(read(repo, settings)).toBe(`{\n  "rewritten": ${times}\n}\n`)
  })

  it('and then deleted is written by init', () => {
    const repo = repository({ ...project, [settings]: '{ "model": "opus" }\n' })
    const site = siteOf({ cwd: repo.root })
    const release = ownRelease(site, detect(repoView(repo.root)))
    let gone = false
    carryOut(site, release, propose(site, release, 'init'), 'init', point => {
      if (point === `before ${settings}` && !gone) remove(repo, settings)
      gone ||= point === `before ${settings}`
    })
    expect(Object.keys(JSON.parse(read(repo, settings)).hooks)).toHaveLength(8)
  })

  it('over and over is left as the other program wrote it, and the next init finishes', async () => {
    const repo = repository({ ...project, [settings]: '{ "model": "opus" }\n' })
    expect(() => initWhileRewritten(repo, 4)).toThrow(
      expect.objectContaining({ code: 'changed-meanwhile', facts: { path: settings } }),
    )
    expect(read(repo, settings)).toBe('{\n  "rewritten": 4\n}\n')
    expect((await countersign(repo.root, 'init', '--yes')).exitCode).toBe(0)
    expect(JSON.parse(read(repo, settings))).toMatchObject({ rewritten: 4, hooks: { Stop: [{}] } })
  })
})

it('hooks that Claude Code drops later are a fault to doctor, and only Countersign’s are restored', async () => {
  const theirs = { hooks: [{ type: 'command', command: 'true' }] }
  const repo = await installed({ [settings]: `${JSON.stringify({ hooks: { Stop: [theirs] } }, null, 2)}\n` })
  const whole = treeOf(repo)
  repo.write(settings, JSON.stringify({ model: 'opus', permissions: { allow: ['Bash(ls)'] } }))
  const doctor = async (...args: string[]) => {
    const { exitCode, stdout } = await countersign(repo.root, 'doctor', '--json', ...args)
    const { checks, putBack } = JSON.parse(stdout)
    const registered = checks.find(({ id }: { id: string }) => id === 'hooks.registered')
    return { exitCode, mark: registered.mark, putBack }
  }
  expect(await doctor()).toMatchObject({ exitCode: 1, mark: 'fault' })
  expect(await doctor('--fix')).toMatchObject({ mark: 'ok', putBack: [settings] })
  const { model, permissions, hooks } = JSON.parse(read(repo, settings))
  expect({ model, permissions }).toEqual({ model: 'opus', permissions: { allow: ['Bash(ls)'] } })
  expect(hooks.Stop).toHaveLength(1)
  const { [settings]: _, ...rest } = whole
  expect(treeOf(repo)).toMatchObject(rest)
})
