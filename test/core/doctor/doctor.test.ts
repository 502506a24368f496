import { describe, expect, it } from 'vitest'
import { ignoredPlaces } from '../../../src/core/doctor/ignored-places.ts'
import { state } from '../../../src/core/doctor/state.ts'
import { programsOf } from '../../../src/core/doctor/test-command.ts'
import { reaches } from '../../../src/core/doctor/version-floors.ts'
import type { DoctorFacts } from '../../../src/model/setup/doctor-facts.ts'

describe('what Claude Code silently ignores in a settings file', () => {
  it.each([
    ['{ "a": 1 } // mine', '1:12 file'],
    ['{\n  "a": [1,],\n}', '2:11 file'],
    ['[]', '1:1 file'],
    ['{ "model": 5 }', '1:12 file'],
    ['{ "disableAllHooks": "true" }', '1:22 file'],
    ['{ "a" 1 }', '1:7 file'],
    ['{ "permissions": { "allow": "Bash" } }', '1:29 file'],
    ['{ "permissions": { "deny": 1 } }', '1:28 file'],
    ['{ "outputStyle": 1 }', '1:18 file'],
    ['{ "hooks": { "Stop": {} } }', '1:22 entry'],
    ['{ "hooks": { "PermissionRequest": {} } }', '1:35 file'],
    ['{ "hooks": { "Stop": [5] } }', '1:23 entry'],
    ['{ "hooks": { "Stop": [{ "matcher": "x" }] } }', '1:23 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": 1 }] } }', '1:34 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [5] }] } }', '1:35 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{}] }] } }', '1:35 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "http", "url": 5 }] }] } }', '1:60 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "mcp_tool", "server": "s" }] }] } }', '1:35 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x", "timeout": "9" }] }] } }', '1:83 entry'],
    ['{ "hooks": { "Stop": [{ "hooks": [{ "type": "command", "command": "x", "args": 1 }] }] } }', '1:80 entry'],
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
    '{ "permissions": { "defaultMode": "acceptEdits", "ask": [] }, "cleanupPeriodDays": 3 }',
    '{ "hooks": { "Stop": [{ "matcher": "x", "hooks": [{ "type": "command", "command": "x", "args": ["a"], "timeout": 1 }] }] } }',
    '{ "hooks": { "Stop": [{ "hooks": [{ "type": "mcp_tool", "server": "s", "tool": "t" }, { "type": "agent", "prompt": "p" }] }] } }',
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
    ["'go' vet ./...\ngo test ./... || go test ./...", ['go']],
    ['CI=1', []],
    ['make lint && cd api && ./gradlew test && npm test', ['make', 'npm']],
    ['(npm test)', []],
    ['npx vitest -t "adds|removes items"', ['npx']],
    ["mocha -g 'foo|bar baz' && make lint", ['mocha', 'make']],
    ['bash -c "cd x; make test"', ['bash']],
    ['bash -c "echo \\"a; b\\"; c" && make', ['bash', 'make']],
    ["bash -c 'it\\' && make; echo it\\'s fine; go test", ['bash', 'make', 'go']],
    ['echo "it\'s; here" | tee log', ['tee']],
    ['jest $(ls | grep a; (cd x; find b)) && make', ['jest', 'make']],
    ['jest "$(git diff --name-only "a; b" | sort)" && make', ['jest', 'make']],
    ["awk '$(NF) { print; next }' log | tee out", ['awk', 'tee']],
    ['jest `ls | head` ; make', ['jest', 'make']],
    ['NODE_OPTIONS="--a --b" npx jest', ['npx']],
    ['jest a\\;b \\\n  --ci', ['jest']],
    ['# lint; then test\nmake lint # twice; or more\nmake test', ['make']],
    ['(cd api && ./gradlew test)', []],
    ['make "never closed; or so', ['make']],
  ])('%s', (command, programs) => expect(programsOf(command)).toEqual(programs))
})

it('versions are compared by number', () => {
  expect(
    ['2.1.197', '2.1.330', '2.2.0', '3.0.0', 'v2.1.200-beta.1', '3', '2.2'].map(version => reaches(version, '2.1.197')),
  ).toEqual(Array(7).fill(true))
  expect(['2.1.99', '1.9.999', '2.0.300', '', '2', '2.1'].map(version => reaches(version, '2.1.197'))).toEqual(
    Array(6).fill(false),
  )
})

it('a ledger that cannot be written is a fault', () => {
  const judge = state.checks.find(({ id }) => id === 'state.writable')!.judge
  const facts = (writable: boolean) => ({ ledger: { writable } }) as DoctorFacts
  expect(judge(facts(false))).toMatchObject({ mark: 'fault', fix: expect.stringMatching(/^chmod /) })
  expect(judge(facts(true))).toMatchObject({ mark: 'ok' })
})
