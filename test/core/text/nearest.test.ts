import { expect, it } from 'vitest'
import { nearest } from '../../../src/core/text/nearest.ts'

const options = ['yes', 'dry-run', 'input', 'json', 'format', 'cwd']

it.each([
  ['dryrun', 'dry-run'],
  ['dry_run', 'dry-run'],
  ['jsno', 'json'],
  ['jsn', 'json'],
  ['formt', 'format'],
  ['Yes', 'yes'],
  ['verbose', undefined],
])('--%s → %s', (word, meant) => expect(nearest(word, options)).toBe(meant))
