import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanDecisions } from '../../../src/core/text/clean.ts'
import { UserError } from '../../../src/errors.ts'
import type { TeamDecision } from '../../../src/model/decision.ts'
import { decisionsPath } from '../../../src/model/paths.ts'
import { addDecisions } from '../../../src/shell/state/decisions-file.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

const decision = { title: 'T', file: 'a.js', kind: 'defect', reason: 'by\ndesign' }
const add = (root: string, ...decisions: TeamDecision[]) => addDecisions(root, cleanDecisions(decisions))
const written = (root: string) => readFileSync(join(root, decisionsPath), 'utf8')
const line = (more: Partial<TeamDecision> = {}) => `${JSON.stringify({ ...decision, ...more })}\n`

describe('won’t-do decisions', () => {
  it('are written where there was nothing, a line each', () => {
    const root = temporaryDirectory()
    add(root, decision, { ...decision, file: '' })
    add(root, { ...decision, title: 'U' })
    expect(written(root)).toBe(line() + line({ file: '' }) + line({ title: 'U' }))
  })
  it('begin a line of their own after one that an editor left open', () => {
    const root = temporaryDirectory()
    mkdirSync(join(root, '.claude/countersign'), { recursive: true })
    writeFileSync(join(root, decisionsPath), JSON.stringify(decision))
    add(root, { ...decision, title: 'U' })
    expect(written(root)).toBe(line() + line({ title: 'U' }))
  })
  itNeeds('POSIX')('are never written through a link that leads out of the repository', () => {
    const root = temporaryDirectory()
    const outside = join(temporaryDirectory(), 'outside')
    mkdirSync(join(root, '.claude/countersign'), { recursive: true })
    writeFileSync(outside, '')
    symlinkSync(outside, join(root, decisionsPath))
    expect(() => add(root, decision)).toThrow(UserError)
    expect([readFileSync(outside, 'utf8'), existsSync(outside)]).toEqual(['', true])
  })
})
