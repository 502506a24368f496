import { readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { gate, ready, says } from '../support/programs/gate.ts'
import { temporaryDirectory } from '../support/repository.ts'

describe('tests', () => {
  it('run once for one state of the tree, however often Claude stops', async () => {
    const { repo, fire, testRuns } = gate()
    repo.write('a.js', 'changed')
    await fire('Stop')
    await fire('Stop')
    expect(testRuns()).toBe(1)
  })
  it('that are red refuse the stop, with the command, the output and the way out', async () => {
    const { repo, fire } = gate({ test: 'echo "expected 3, got 4"; exit 1' })
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop')
    expect(json).toMatchObject({ decision: 'block', systemMessage: expect.stringMatching(/^Countersign: ✗ tests red/) })
    expect(json!.reason).toMatch(
      /^Countersign · tests · cycle 1\nAttempt 1 of 3: [\s\S]*`sh \.\/suite\.sh`[\s\S]*expected 3, got 4[\s\S]*countersign pause/,
    )
  })
  it('leave caches behind without being run again for them', async () => {
    const { repo, fire, testRuns } = gate({ play: 'reads-all', test: 'mkdir -p cache; echo $$ > cache/$$' })
    repo.write('a.js', 'changed')
    await fire('Stop')
    expect((await fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(testRuns()).toBe(1)
  })
  it('that change what they test are not run for ever: Claude is let go, and the user told what they write', async () => {
    const { repo, fire, testRuns, codexCalls } = gate({ test: 'date +%N >> counter' })
    repo.write('counter', '')
    repo.commit()
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop', ready)
    const told = {
      systemMessage: expect.stringMatching(/^Countersign: ! counter changed during every test run.*`ignore`/),
    }
    expect(json).toEqual(told)
    expect((await fire('Stop', ready)).stdout).toBe('')
    expect((await fire('TaskCompleted')).json).toEqual(told)
    expect([testRuns(), codexCalls()]).toEqual([6, []])
  })
  it('whose command is not there are neither red nor green', async () => {
    const { repo, fire, codexCalls } = gate({ test: 'exit 127' })
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop', ready)
    expect(json).toEqual({
      systemMessage: expect.stringMatching(/could not run \(unit: command not found[\s\S]*untested and unreviewed/),
    })
    expect(codexCalls()).toEqual([])
  })
  it('that could not be run are run at the first stop after a prompt, though the tree is the same', async () => {
    const { repo, fire, report, testRuns } = gate({ test: '[ -e .git/installed ] || exit 127' })
    repo.write('a.js', 'changed')
    await fire('Stop')
    repo.write('.git/installed', '')
    expect([(await fire('Stop')).stdout, testRuns()]).toEqual(['', 1])
    expect(report('status')).toMatch(/^Next +The tests run again when Claude stops after your next prompt or after/m)
    await fire('UserPromptSubmit', { prompt: 'installed, go on' })
    expect((await fire('Stop', ready)).json?.systemMessage).toMatch(/✓ tests green[\s\S]*countersigned/)
    expect(testRuns()).toBe(2)
  })
  it('of a run in which none ran are not green, whatever its exit code says', async () => {
    const { repo, fire, codexCalls } = gate({ test: 'echo "No tests were found!!!"' })
    repo.write('a.js', 'changed')
    const { json } = await fire('Stop', ready)
    expect(json).toMatchObject({ decision: 'block', systemMessage: expect.stringMatching(/✗ no test ran \(unit/) })
    expect(json!.reason).toMatch(/Attempt 1 of 3: no test ran[\s\S]*No tests were found!!!/)
    expect((await fire('TaskCompleted')).json?.reason).toMatch(/no test ran/)
    for (const _ of [2, 3]) await fire('Stop', ready)
    expect((await fire('Stop', ready)).json?.systemMessage).toMatch(/runs no test[\s\S]*Nothing was tested or reviewed/)
    expect(codexCalls()).toEqual([])
  })
  it('that are fewer than before are said by whatever speaks of them: to the user, to Codex, in the line that signs', async () => {
    const { repo, fire, prompts } = gate({ test: 'cat .git/counts' })
    repo.write('a.js', 'changed')
    repo.write('.git/counts', '40 passed in 0.01s\n')
    await fire('Stop', ready)
    repo.write('a.js', 'changed again')
    repo.write('.git/counts', '28 passed, 2 skipped in 0.01s\n')
    const { json } = await fire('Stop', ready)
    expect(json!.systemMessage).toMatch(
      /✓ tests green in .* · 12 fewer than before \(40 → 28\) · 2 more skipped \(0 → 2\)\n/,
    )
    expect(json!.systemMessage).toMatch(/countersigned in cycle 1: tests: green · 12 fewer than before \(40 → 28\)/)
    expect(prompts().at(-1)).toMatch(/The tests are green \(.*, 12 fewer than before \(40 → 28\)/)
  })
  it('with paths run only for changes there', async () => {
    const { repo, fire, testRuns } = gate({ config: '    paths: ["src/**"]\n' })
    repo.write('a.js', 'changed')
    expect((await fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/No test suite covers this change/)
    repo.write('src/deep/b.js', 'new')
    await fire('Stop')
    expect(testRuns()).toBe(1)
  })
  it('refuse a completed task while red', async () => {
    const { repo, fire } = gate({ test: 'exit 1' })
    expect((await fire('TaskCompleted')).stdout).toBe('')
    repo.write('a.js', 'changed')
    expect((await fire('TaskCompleted', { task_id: '1', task_subject: 'x' })).json).toMatchObject({ decision: 'block' })
  })
})

it('the debate goes on where it was when an edit is taken back after a stop', async () => {
  const { repo, fire, testRuns, codexCalls } = gate({ play: 'findings' })
  repo.write('a.js', 'export const a = 2\n')
  await fire('Stop', ready)
  repo.write('a.js', 'export const a = 3\n')
  expect((await fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review · cycle 1/)
  repo.write('a.js', 'export const a = 2\n')
  expect((await fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(
    /debate · cycle 1 · round 1[\s\S]*F1/,
  )
  const { json } = await fire('Stop', says('F1: needed, high — yes'))
  expect(json?.hookSpecificOutput?.additionalContext).toMatch(/choice · cycle 1/)
  expect([testRuns(), codexCalls()]).toEqual([2, ['review']])
})

const listAsked = {
  tool_name: 'AskUserQuestion',
  tool_use_id: 'call_1',
  tool_input: { questions: [{ question: 'Which?', header: 'Countersign' }] },
}

describe('the choice', () => {
  const choosing = async () => {
    const one = gate({ play: 'findings' })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    return one
  }
  it('takes the place of the question that has the gate’s header', async () => {
    const { fire } = await choosing()
    const { json } = await fire('PreToolUse', {
      tool_name: 'AskUserQuestion',
      tool_input: { questions: [{ question: 'All of it?', header: 'Countersign' }], answers: { x: 'F1' } },
    })
    expect(json!.hookSpecificOutput).toMatchObject({
      permissionDecision: 'ask',
      updatedInput: { questions: [{ header: 'Agreed', multiSelect: true }] },
    })
    expect(Object.keys(json!.hookSpecificOutput!.updatedInput!)).toEqual(['questions'])
  })
  it('leaves a question of Claude’s own alone, before and after it is answered', async () => {
    const { fire, ledger } = await choosing()
    const own = {
      tool_name: 'AskUserQuestion',
      tool_use_id: 'call_0',
      tool_input: { questions: [{ question: 'Red?', header: 'Colour' }], answers: { 'Red?': 'None of these' } },
    }
    expect((await fire('PreToolUse', own)).stdout).toBe('')
    expect((await fire('PostToolUse', own)).stdout).toBe('')
    const asked = await fire('PreToolUse', listAsked)
    const { question } = asked.json!.hookSpecificOutput!.updatedInput!.questions[0]!
    const answers = { [question]: 'None of these' }
    await fire('PostToolUse', { ...own, tool_input: { answers } })
    expect(ledger().some(({ kind }) => ['picked', 'countersigned'].includes(kind))).toBe(false)
    await fire('PostToolUse', { ...listAsked, tool_input: { answers } })
    expect(ledger().some(({ kind }) => kind === 'countersigned')).toBe(true)
  })
  it('takes a pick with another request, and leaves one that it cannot take to the user', async () => {
    const { fire, ledger } = await choosing()
    const unclear = await fire('UserPromptSubmit', { prompt: 'pick F1 but not its test' })
    expect(unclear.json).toMatchObject({ decision: 'block', reason: expect.stringMatching(/is not clear as a choice/) })
    expect((await fire('UserPromptSubmit', { prompt: 'pick up the phone handler' })).stdout).toBe('')
    const { json } = await fire('UserPromptSubmit', { prompt: 'pick F1 and also rename n' })
    expect(json!.hookSpecificOutput!.additionalContext).toMatch(/The user picked F1[\s\S]*asks for something else/)
    expect(ledger().at(-1)).toMatchObject({ kind: 'prompted', text: 'pick F1 and also rename n' })
  })
  it('is taken from the tool result and becomes the task list', async () => {
    const { fire, ledger } = await choosing()
    const asked = await fire('PreToolUse', listAsked)
    const { question } = asked.json!.hookSpecificOutput!.updatedInput!.questions[0]!
    const { json } = await fire('PostToolUse', {
      tool_name: 'AskUserQuestion',
      tool_input: { answers: { [question]: 'F1 high' } },
    })
    expect(json!.hookSpecificOutput!.additionalContext).toMatch(/^Countersign · fix · cycle 1\nThe user picked F1/)
    expect(ledger().at(-1)).toMatchObject({ kind: 'picked', ids: ['F1'], by: 'question' })
  })
  it('is not taken where a hook of somebody else’s can answer, which is told', async () => {
    const { fire, ledger, repo } = await choosing()
    const hooks = { PermissionRequest: [{ matcher: 'AskUserQuestion', hooks: [{ type: 'command', command: 'x' }] }] }
    repo.write('.claude/settings.local.json', JSON.stringify({ hooks }))
    const asked = await fire('PreToolUse', listAsked)
    repo.write('.claude/settings.local.json', '{}')
    const { question } = asked.json!.hookSpecificOutput!.updatedInput!.questions[0]!
    const answers = { [question]: 'None of these' }
    const { json } = await fire('PostToolUse', { tool_name: 'AskUserQuestion', tool_input: { answers } })
    expect(json!.systemMessage).toMatch(
      /nothing picked: a PermissionRequest hook for AskUserQuestion in \.claude\/settings/,
    )
    expect(ledger().some(({ kind }) => kind === 'picked')).toBe(false)
  })
  it('typed with an id that is not there is sent back to the user, not to Claude', async () => {
    const { fire, ledger } = await choosing()
    expect((await fire('UserPromptSubmit', { prompt: 'pick F4' })).json).toMatchObject({
      decision: 'block',
      reason: expect.stringMatching(/F4 is not one of F1/),
    })
    expect(ledger().some(({ kind }) => kind === 'picked')).toBe(false)
  })
  it('is asked of nobody at any other time', async () => {
    const { fire } = gate()
    expect((await fire('PreToolUse', { tool_name: 'AskUserQuestion', tool_input: {} })).stdout).toBe('')
  })
})

const numbered = (lines: number) => Array.from({ length: lines }, (_, n) => `export const a${n} = ${n}\n`).join('')

describe('an answer in the debate', () => {
  const inDebate = async (play = 'findings') => {
    const one = gate({ play })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    return one
  }
  it('in full-width signs and a table is read', async () => {
    const { fire, ledger } = await inDebate()
    await fire('Stop', says('| Ｆ１ | **needed** | high | 空列表 |'))
    expect(ledger().find(({ kind }) => kind === 'answered')).toMatchObject({
      positions: [{ id: 'F1', needed: true, priority: 'high' }],
      unanswered: [],
    })
  })
  it('that cannot be read is asked for again with the line, the finding and its file; a compaction brings it all back', async () => {
    const { fire } = await inDebate()
    const again = (await fire('Stop', says('F1：需要，高'))).json!.hookSpecificOutput!.additionalContext!
    expect(again).toContain('“F1：需要，高” is not “ID: needed, PRIORITY — reason”')
    const file = /In full in (\S+debate-1-1\.md),/.exec(again)![1]!
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    expect(readFileSync(file, 'utf8')).toMatch(/^F1 · /)
    const compacted = await fire('SessionStart', { source: 'compact' })
    expect(compacted.json!.hookSpecificOutput!.additionalContext).toMatch(
      /^Countersign · debate[\s\S]*\nF1 · [\s\S]*Quote: /,
    )
  })
})

describe('a list too long for one message', () => {
  it('is named as a file that holds all of it, in the debate and in the choice', async () => {
    const { repo, fire } = gate({ play: 'many-findings' })
    repo.write('a.js', numbered(40))
    const messages = [await fire('Stop', ready), await fire('Stop', says('all: needed, low — yes'))]
    for (const [index, { json }] of messages.entries()) {
      const text = json!.hookSpecificOutput!.additionalContext!
      expect(text.length).toBeLessThan(10_000)
      expect(text).toMatch(/^Countersign · (debate|choice) · cycle 1/)
      const file = text.match(/ (\/\S+\.md)/)![1]!
      const held = readFileSync(file, 'utf8')
      for (let n = 1; n <= 40; n++) expect(held).toContain(`F${n} `)
      expect(held.length).toBeGreaterThan(index === 0 ? 10_000 : 5_000)
    }
  })
})

describe("the gate's own files", () => {
  const edit = (file: string, mode = 'acceptEdits') =>
    gate().fire('PreToolUse', { tool_name: 'Edit', permission_mode: mode, tool_input: { file_path: file } })
  it.each([
    ['.claude/settings.json', 'acceptEdits', 'ask'],
    ['.claude/countersign.yaml', 'default', 'ask'],
    ['.claude/hooks/countersign.cjs', 'bypassPermissions', 'deny'],
    ['.claude/countersign/manifest.json', 'auto', 'deny'],
    ['.git/countersign/ledger.jsonl', 'acceptEdits', 'ask'],
    ['src/../.claude/settings.json', 'acceptEdits', 'ask'],
  ])('%s in %s mode: %s', async (file, mode, decision) =>
    expect((await edit(file, mode)).json?.hookSpecificOutput?.permissionDecision).toBe(decision),
  )
  it('are guarded wherever the path stands in the input', async () => {
    const tool_input = { content: 'x'.repeat(10_000), file_path: '.claude/settings.json' }
    const { json } = await gate().fire('PreToolUse', { tool_name: 'Write', tool_input })
    expect(json?.hookSpecificOutput?.permissionDecision).toBe('ask')
  })
  itNeeds('POSIX')('are guarded through links, to the repository and inside it', async () => {
    const one = gate()
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(one.repo.root, link)
    symlinkSync('.claude', join(one.repo.root, 'inside'))
    one.env.CLAUDE_PROJECT_DIR = link
    symlinkSync('.claude/countersign.yaml', join(one.repo.root, 'notes.txt'))
    const paths = ['.claude/settings.json', 'inside/settings.local.json', 'notes.txt'].map(path => `${link}/${path}`)
    for (const file_path of paths) {
      const { json } = await one.fire('PreToolUse', { tool_name: 'Write', tool_input: { file_path } })
      expect(json?.hookSpecificOutput?.permissionDecision).toBe('ask')
    }
  })
  it.each(['src/countersign.ts', 'settings.json', 'README.md'])('%s is nobody’s but Claude’s', async file =>
    expect((await edit(file)).stdout).toBe(''),
  )
})

describe('what Codex says of the fix is in scope', () => {
  const fix = 'import fs from "fs"\nexport const a = 2\nexport const f = id => fs.readFileSync(id)\n'
  const fault = { priority: 'critical', line_start: 1, line_end: 1, quote: 'export const f = id =>' }
  it.each([
    ['at the wrong line', {}],
    ['at a line that is not there', { line_start: 400, line_end: 410 }],
    ['under an absolute path', { file: '/ROOT/a.js' }],
    ['under a path with backslashes', { file: '.\\a.js' }],
    ['in the form of the diff', { file: 'b/a.js', quote: '+export const f = id => fs.readFileSync(id)' }],
    ['under the title of what was just fixed', { title: 'T' }],
    ['with the quote of what was just fixed', { quote: 'export const a = 2' }],
    ['below high, at the wrong line', { priority: 'medium', title: 'Other' }],
  ])('%s', async (_, more) => {
    const one = gate({ play: 'finds-a-fault-in-the-fix' })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    await one.fire('UserPromptSubmit', { prompt: 'pick F1' })
    const given = JSON.stringify({ ...fault, ...more }).replace('/ROOT', () => one.repo.root)
    one.env.STUB_FINDING = given
    one.repo.write('a.js', fix)
    const { json } = await one.fire('Stop', ready)
    expect(json?.systemMessage).not.toMatch(/countersigned/)
    expect(json?.hookSpecificOutput?.additionalContext).toMatch(/^Countersign · debate · cycle 2[\s\S]*F2/)
    const line = 'quote' in more && more.quote === 'export const a = 2' ? 2 : 3
    expect(one.ledger().findLast(entry => entry.kind === 'reviewed')).toMatchObject({
      reviewed: ['a.js'],
      findings: [{ id: 'F2', file: 'a.js', lineStart: line, lineEnd: line, verified: true, inScope: true }],
    })
  })
})
