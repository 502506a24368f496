import { expect } from 'vitest'
import type { Priority } from '../../../src/model/priority.ts'
import { Cycle, finding, ready, says } from './cycle.ts'

/** A run at the choice: these priorities agreed in order, and as many disputed after them. */
export function atChoice(priorities: Priority[], disputed = 0) {
  const agreed = priorities.map((priority, index) => finding(`F${index + 1}`, priority))
  const open = Array.from({ length: disputed }, (_, index) => finding(`F${agreed.length + index + 1}`, 'low'))
  const cycle = new Cycle()
  cycle.reviews.push({ findings: [...agreed, ...open] })
  const held = Object.fromEntries(open.map(({ id }) => [id, { needed: true }]))
  cycle.rebuttals.push(held, held)
  cycle.stop(ready, 't1')
  const refused = open.map(({ id }) => `${id}: not needed — no`)
  cycle.stop(says(...agreed.map(({ id, priority }) => `${id}: needed, ${priority} — yes`), ...refused))
  if (disputed > 0) cycle.stop(says(...refused))
  expect(cycle.state.run!.stage).toBe('choice')
  return cycle.state.run!
}

/** F1 to F4 agreed, F5 disputed. */
export const fiveToChoose = () => atChoice(['critical', 'high', 'high', 'low'], 1)
