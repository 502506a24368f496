import { expect, it } from 'vitest'
import type { PlanRow } from '../../../src/core/setup/plan-parts.ts'
import { planSummary } from '../../../src/core/setup/plan-summary.ts'

const row = (action: PlanRow['action'], path: string, reason = `why ${path.length}`): PlanRow => ({
  path,
  class: 'owned',
  action,
  reason,
})

it('a plan in short has a line for each directory, and one for whatever is out of the ordinary', () =>
  expect(
    planSummary([
      row('create', 'CLAUDE.md'),
      row('create', '.claude/agents/architect.md'),
      row('create', '.claude/agents/tester.md'),
      row('skip', '.claude/agents/developer.md'),
      row('keep', '.claude/agents/other.md'),
      row('create', '.claude/skills/debate/SKILL.md'),
      row('create', '.claude/countersign/manifest.json'),
      row('create', '.claude/countersign/base/1'),
      row('create', '.claude/hooks/a.cjs', 'restored'),
      row('create', '.claude/hooks/b.cjs', 'restored'),
      row('splice', '.claude/settings.json'),
    ]).map(({ action, name, note }) => `${action} ${name}: ${note}`),
  ).toEqual([
    'create CLAUDE.md: why 9',
    'create .claude/agents/: architect, tester',
    'skip .claude/agents/developer.md: why 27',
    'create .claude/skills/debate/SKILL.md: why 30',
    'create .claude/countersign/: 2 files: records, for upgrade and uninstall',
    'create .claude/hooks/: a, b: restored',
    'splice .claude/settings.json: why 21',
  ]))
