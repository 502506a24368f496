import { expect, it } from 'vitest'
import { decisions } from '../../src/core/cycle/events/index.ts'
import { hookEntries } from '../../src/core/setup/settings/hook-entries.ts'
import { type HookedEvent, hookedEvents, isHooked } from '../../src/model/hooked-events.ts'

it('every row has its entry in settings.json and its decision, in the same order', () => {
  const names = Object.keys(hookedEvents)
  expect({ entries: hookEntries.map(({ event }) => event), decisions: Object.keys(decisions) }).toEqual({
    entries: names,
    decisions: names,
  })
})

it('an event that is no row is not ours, whatever its name', () =>
  expect(['Stop', 'AfterLunch', 'toString', '', 7, null].filter(isHooked)).toEqual(['Stop']))

// Not run: what tsc has to refuse. Where it does not, the comment above the line is the error.
export function doesNotCompile() {
  const { Stop: _, ...others } = hookedEvents
  // @ts-expect-error An event needs a row.
  const rows: Record<HookedEvent, object> = others
  // @ts-expect-error A row says how long the event may take.
  const row: (typeof hookedEvents)['TaskCompleted'] = {
    worksAlone: true,
    silentIf: 'never',
    statusMessage: 'Countersign: tests',
  }
  const { SessionEnd: __, ...decided } = decisions
  // @ts-expect-error An event needs a decision.
  const all: typeof decisions = decided
  return { rows, row, all }
}
