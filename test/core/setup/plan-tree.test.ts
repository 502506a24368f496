import { expect, it } from 'vitest'
import type { PlanRow } from '../../../src/core/setup/plan-parts.ts'
import { marks, planTree } from '../../../src/core/setup/plan-tree.ts'

const row = (path: string, action: PlanRow['action'], reason = ''): PlanRow => ({
  path,
  class: 'owned',
  action,
  reason,
})

it('a plan is shown as a tree: files first, a directory with one entry on one line, the bases as one', () => {
  const rows = [
    row('CLAUDE.md', 'yours', 'yours'),
    row('.claude/agents/tester.md', 'create'),
    row('.claude/agents/architect.md', 'create'),
    row('.claude/skills/debate/SKILL.md', 'skip'),
    row('.claude/countersign/base/1f', 'keep'),
    row('.claude/countersign/base/2e', 'create'),
    row('.claude/settings.json', 'splice', 'our entries'),
  ]
  const lines = planTree(rows).map(({ stem, action, name, note }) =>
    `${stem}${action ? `${marks[action]} ` : ''}${name} ${note}`.trimEnd(),
  )
  expect(lines).toEqual([
    '├─ = CLAUDE.md yours',
    '└─ .claude/',
    '   ├─ + countersign/base/… 2 stored originals, for later upgrades',
    '   ├─ ± settings.json our entries',
    '   ├─ - skills/debate/SKILL.md',
    '   └─ agents/',
    '      ├─ + architect.md',
    '      └─ + tester.md',
  ])
})

it('lines stand in the order of their names, and bases that are all kept are one line too', () => {
  const shown = planTree([
    row('b.md', 'create'),
    row('a.md', 'create'),
    row('c.md', 'create'),
    row('.claude/countersign/base/1f', 'keep'),
    row('.claude/countersign/base/2e', 'keep'),
  ])
  expect(shown.map(({ stem, action, name }) => `${stem}${action} ${name}`)).toEqual([
    '├─ keep .claude/countersign/base/…',
    '├─ create a.md',
    '├─ create b.md',
    '└─ create c.md',
  ])
  expect(planTree([])).toEqual([])
})

it('every action has a mark', () => expect(Object.values(marks).every(mark => mark.length === 1)).toBe(true))
