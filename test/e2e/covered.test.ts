import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ReviewAnswer } from '../../src/model/codex-answer.ts'
import { type Scenario, setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import type { ClaudeAnswer, ClaudeScript } from '../../src/rehearsal/models/claude-model.ts'
import type { CodexScript, CodexTurn } from '../../src/rehearsal/models/codex-model.ts'
import { answer, finish, literal, stageCue } from '../../src/rehearsal/scripts/author-parts.ts'
import { read, reviewer, said, toCheck } from '../../src/rehearsal/scripts/reviewer-parts.ts'
import { followCues } from '../../src/rehearsal/scripts/script.ts'
import { needs } from '../support/platform.ts'
import { cli, ledgerOf, ofKind, testRuns } from '../support/programs/lab.ts'

// Claude commits and leads HEAD about in a turn; what it has made is tested and reviewed all the same, or it is said.

const feature = 'Add the notes.'
const line = 'export const notes = 1'

const bash = (command: string): ClaudeAnswer => ({ text: 'A moment.', calls: [{ tool: 'Bash', input: { command } }] })

/** Claude does this, and says that it is ready. */
const author =
  (...doings: ClaudeAnswer[]) =>
  (): ClaudeScript =>
    followCues([
      { cue: literal(feature), answers: () => [...doings, finish('It is in.')] },
      { cue: stageCue('self-review'), answers: () => [answer('self-review: ready')] },
      {
        cue: /Countersign · debate · cycle \d+ · round \d+\n/,
        answers: () => [answer('F1: needed, critical — it is so')],
      },
      { cue: stageCue('choice'), answers: () => [bash(merged('more.js')), finish('Please choose.')] },
    ])

const open = (turn: CodexTurn) => toCheck(turn).map(id => ({ id, resolved: false, reason: 'It is still there.' }))

const approves = reviewer({
  review: ({ turn }) =>
    read(turn, 'cat notes.js') ??
    said({ verdict: 'approve', summary: 'Fine.', reviewed: changedIn(turn.prompt), findings: [], resolved: [] }),
  rebuttal: () => said({ positions: [] }),
})
const changedIn = (prompt: string): string[] => [...prompt.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, path]) => path!)

async function play(
  script: () => ClaudeScript,
  codex: CodexScript = approves,
  before: (project: string) => void = () => {},
): Promise<Scenario> {
  const scene = await setScene({ cli, author: script, reviewer: codex })
  onTestFinished(() => scene.close())
  await scene.countersign('init', '--yes')
  const allow = ['Bash', 'EnterWorktree', 'ToolSearch']
  writeFileSync(join(scene.project, '.claude/settings.local.json'), JSON.stringify({ permissions: { allow } }))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: scene.project })
  git('add', '-A')
  git('commit', '-qm', 'the setup')
  before(scene.project)
  await scene.prompt(feature)
  return scene
}

const identity = 'export GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@t GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@t'
const inGit = (...commands: string[]): string => [identity, 'B=$(git branch --show-current)', ...commands].join(' && ')
const write = `echo '${line}' > notes.js`
const commit = 'git add -A && git commit -qm work'
const merged = (file: string): string =>
  inGit(
    'git switch -qc g',
    `echo '${line}' > ${file}`,
    commit,
    'git switch -q $B',
    'git merge -q g',
    'git branch -qd g',
  )

describe('what Claude has committed is tested and reviewed', { timeout: 120_000 }, () => {
  it.each<[string, string[], 'minutes'?]>([
    ['a fast-forward merge', ['git switch -qc f', write, commit, 'git switch -q $B', 'git merge -q f']],
    ['a look at the commit before', [write, commit, 'git checkout -q HEAD~1', 'git checkout -q $B'], 'minutes'],
    ['there and back', ['git checkout -qb f', write, commit, 'git checkout -q -', 'git checkout -q -'], 'minutes'],
    [
      'an agent’s worktree',
      [
        'git worktree add -q -b agent "$TMPDIR/agent"',
        `(cd "$TMPDIR/agent" && ${write} && ${commit})`,
        'git merge -q agent',
      ],
      'minutes',
    ],
    [
      'a reset and its way back',
      [write, commit, 'git reset -q --hard HEAD~1', 'git reset -q --hard HEAD@{1}'],
      'minutes',
    ],
    [
      'a stash that is committed elsewhere',
      [
        ...[write, 'git stash -qu', 'git checkout -qb f', 'git stash pop -q', commit],
        ...['git checkout -q $B', 'git reset -q --hard f'],
      ],
      'minutes',
    ],
    [
      'a reflog that lies',
      [write, commit, 'git update-ref -m "checkout: moving from a to b" refs/heads/x HEAD'],
      'minutes',
    ],
  ])('after %s', async (_, commands, time) => {
    if (time) needs(time)
    const scene = await play(author(bash(inGit(...commands))))
    expect(existsSync(join(scene.project, 'notes.js'))).toBe(true)
    const entries = ledgerOf(scene)
    expect(testRuns(scene)).toBeGreaterThan(0)
    expect(ofKind(entries, 'reviewed').flatMap(one => one.reviewed)).toContain('notes.js')
    expect(ofKind(entries, 'countersigned')).toHaveLength(1)
  })

  it('a commit whose date passes for that of a fetched one is named', async () => {
    needs('minutes')
    const old = 'GIT_COMMITTER_DATE=2001-01-01T00:00:00Z git commit -qm old'
    const remote = [
      'git init -q --bare "$TMPDIR/r.git"',
      'git remote add origin "$TMPDIR/r.git"',
      'git push -q origin HEAD',
    ]
    const scene = await play(author(bash(inGit(write, 'git add -A', old, ...remote))))
    expect(ofKind(ledgerOf(scene), 'head-moved')).toMatchObject([{ over: { commits: 1, by: ['t'] } }])
  })

  it('at the choice a merge ends nothing: the tree is another one, and so the tests begin again', async () => {
    needs('minutes')
    const finding: ReviewAnswer['findings'][number] = {
      ...{ title: 'It is wrong', body: 'Always.', kind: 'defect', priority: 'critical', fix: 'Do not.' },
      ...{ file: 'notes.js', line_start: 1, line_end: 1, quote: line },
    }
    const raises = reviewer({
      review: ({ turn }) =>
        read(turn, 'cat notes.js') ??
        said({
          verdict: 'findings',
          summary: 'One.',
          reviewed: ['notes.js'],
          findings: [finding],
          resolved: open(turn),
        }),
      rebuttal: () => said({ positions: [] }),
    })
    const scene = await play(author(bash(inGit(write))), raises)
    const entries = ledgerOf(scene)
    expect(ofKind(entries, 'run-started')).toHaveLength(1)
    expect(ofKind(entries, 'countersigned')).toEqual([])
    expect(ofKind(entries, 'reviewed').length).toBeGreaterThan(1)
  })
})

describe('what would keep the gate silent', { timeout: 120_000 }, () => {
  it('a shell in the background is not waited for', async () => {
    const task = { command: 'sleep 30', run_in_background: true, description: 'a server' }
    const scene = await play(author({ calls: [{ tool: 'Bash', input: task }] }, bash(write)))
    expect(ofKind(ledgerOf(scene), 'countersigned')).toHaveLength(1)
  })

  it('a worktree that Claude enters is told', async () => {
    needs('minutes')
    const enter = [
      { calls: [{ tool: 'ToolSearch', input: { query: 'select:EnterWorktree' } }] },
      { calls: [{ tool: 'EnterWorktree', input: { name: 'side' } }] },
    ]
    const scene = await play(author(...enter, bash(write)))
    expect(ofKind(ledgerOf(scene), 'told')).toMatchObject([
      { what: 'other-tree', about: expect.stringMatching(/side/) },
    ])
  })

  it('a lock whose number somebody else has by now holds nobody up', async () => {
    needs('minutes')
    const scene = await play(author(bash(write)), approves, project => {
      mkdirSync(join(project, '.git/countersign'), { recursive: true })
      writeFileSync(join(project, '.git/countersign/lock'), '1 t1')
    })
    expect(ofKind(ledgerOf(scene), 'countersigned')).toHaveLength(1)
  })
})
