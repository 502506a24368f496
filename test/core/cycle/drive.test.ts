import { expect, it } from 'vitest'
import { drive } from '../../../src/core/cycle/drive.ts'
import { record } from '../../../src/core/cycle/step.ts'
import { emptyState } from '../../../src/core/ledger/state.ts'

it('an event whose decisions never come to a reply ends with an error instead of never', () =>
  expect(() =>
    drive(
      emptyState,
      () => record(),
      () => emptyState,
    ).next(),
  ).toThrow('did not finish within 200 steps'))
