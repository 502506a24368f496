import { expect, it } from 'vitest'
import type { PlanRow } from '../../../src/core/setup/plan-parts.ts'
import { planSummary } from '../../../src/core/setup/plan-summary.ts'

const row = (action: PlanRow['action'], path: string): PlanRow => ({ path, class: 'owned', action, reason: 'why' })

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
      row('splice', '.claude/settings.json'),
    ]).map(({ action, name, note }) => `${action} ${name}: ${note}`),
  ).toEqual([
    'create CLAUDE.md: why',
    'create .claude/agents/: architect, tester',
    'skip .claude/agents/developer.md: why',
    'create .claude/skills/debate/SKILL.md: why',
    'create .claude/countersign/: 2 files: records, for upgrade and uninstall',
    'splice .claude/settings.json: why',
  ]))
