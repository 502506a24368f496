import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanDecisions } from '../../../src/core/text/clean.ts'
import { UserError } from '../../../src/errors.ts'
import type { TeamDecision } from '../../../src/model/decision.ts'
import { decisionsPath } from '../../../src/model/paths.ts'
import { addDecisions, projectRules, wontDo } from '../../../src/shell/state/project-rules.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const decision = { title: 'T', file: 'a.js', kind: 'defect', reason: 'by\ndesign' }
const add = (root: string, ...decisions: TeamDecision[]) => addDecisions(root, cleanDecisions(decisions))

describe('won’t-do decisions', () => {
  it('are written where there was nothing, and read a line each', () => {
    const root = temporaryDirectory()
    add(root, decision, { ...decision, file: '' })
    writeFileSync(join(root, decisionsPath), `${readFileSync(join(root, decisionsPath), 'utf8')}torn {\n`)
    expect(wontDo(root)).toBe('- T (a.js): by design\n- T: by design')
  })
  it('begin a line of their own after one that an editor left open', () => {
    const root = temporaryDirectory()
    mkdirSync(join(root, '.claude/countersign'), { recursive: true })
    writeFileSync(join(root, decisionsPath), JSON.stringify(decision))
    add(root, { ...decision, title: 'U' })
    expect(wontDo(root)).toBe('- T (a.js): by design\n- U (a.js): by design')
  })
  itNeeds('POSIX')('are never written through a link that leads out of the repository', () => {
    const root = temporaryDirectory()
    const outside = join(temporaryDirectory(), 'outside')
    mkdirSync(join(root, '.claude/countersign'), { recursive: true })
    writeFileSync(outside, '')
    symlinkSync(outside, join(root, decisionsPath))
    expect(() => add(root, decision)).toThrow(UserError)
    expect([readFileSync(outside, 'utf8'), wontDo(root), existsSync(outside)]).toEqual(['', '', true])
  })
})

it('the project’s rules are those of both files', () => {
  const root = temporaryDirectory()
  mkdirSync(join(root, '.claude'))
  writeFileSync(join(root, 'CLAUDE.md'), 'one')
  writeFileSync(join(root, '.claude/CLAUDE.md'), 'two')
  expect(projectRules(root)).toBe('one\n\ntwo')
})
