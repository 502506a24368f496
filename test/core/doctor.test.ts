import { describe, expect, it } from 'vitest'
import { ignoredPlaces } from '../../src/core/doctor/settings-faults.ts'
import { state } from '../../src/core/doctor/state.ts'
import { programsOf } from '../../src/core/doctor/test-command.ts'
import { reaches } from '../../src/core/doctor/versions.ts'
import type { SetupFacts } from '../../src/model/setup-facts.ts'

describe('what Claude Code silently ignores in a settings file', () => {
  it.each([
    ['{ "a": 1 } // mine', '1:12 file'],
    ['{\n  "a": [1,],\n}', '2:11 file'],
    ['[]', '1:1 file'],
    ['{ "model": 5 }', '1:12 file'],
    ['{ "disableAllHooks": "true" }', '1:22 file'],
    ['{ "permissions": { "allow": "Bash" } }', '1:29 file'],
    ['{ "permissions": { "defaultMode": "yolo" } }', '1:35 file'],
    ['{ "permissions": "x" }', '1:18 file'],
    ['{ "env": 5 }', '1:10 file'],
    ['{ "cleanupPeriodDays": "x" }', '1:24 file'],
    ['{ "hooks": [] }', '1:12 file'],
    ['{ "hooks": { "PreToolUse": [{ "hooks": [{ "type": "command" }] }] } }', '1:41 file'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x", "timeout": 0 }] }] } }', '1:83 entry'],
    ['{ "hooks": { "Stop": [{ "matcher": 1, "hooks": [] }] } }', '1:36 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "shell", "command": "x" }] }] } }', '1:45 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x", "args": [1] }] }] } }', '1:80 entry'],
  ])('%s', (text, place) => {
    expect(ignoredPlaces(text).map(({ line, column, drops }) => `${line}:${column} ${drops}`)).toEqual([place])
  })

  it.each([
    '{}',
    '{ "permissions": { "allow": [1] } }',
    '{ "hooks": { "AfterLunch": [] }, "newKey": 1, "env": { "A": 1 } }',
    '{ "hooks": { "Stop": [{ "hooks": [{ "type": "http", "url": "u" }] }] } }',
  ])('nothing in %s', text => expect(ignoredPlaces(text)).toEqual([]))
})

describe('the programs a test command starts with', () => {
  it.each([
    ['npm test', ['npm']],
    ['CI=1 npx vitest run', ['npx']],
    ['cd api && ./gradlew test', []],
    ['make lint && go test ./... | tee log', ['make', 'go', 'tee']],
    ['./scripts/test.sh --all', ['./scripts/test.sh']],
    ['$RUNNER test', []],
    ['"pytest" -q; echo done', ['pytest']],
  ])('%s', (command, programs) => expect(programsOf(command)).toEqual(programs))
})

it('versions are compared by number', () => {
  expect(
    ['2.1.197', '2.1.330', '2.2.0', '3.0.0', 'v2.1.200-beta.1'].map(version => reaches(version, '2.1.197')),
  ).toEqual(Array(5).fill(true))
  expect(['2.1.99', '1.9.999', '2.0.300', ''].map(version => reaches(version, '2.1.197'))).toEqual(Array(4).fill(false))
})

it('a ledger that cannot be written is a fault', () => {
  const judge = state.checks.find(({ id }) => id === 'state.writable')!.judge
  const facts = (writable: boolean) => ({ ledger: { writable } }) as SetupFacts
  expect(judge(facts(false))).toMatchObject({ mark: 'fault', fix: expect.stringMatching(/^chmod /) })
  expect(judge(facts(true))).toMatchObject({ mark: 'ok' })
})
