import { describe, expect, it } from 'vitest'
import { readSelfReview } from '../../../src/core/cycle/self-review.ts'

const fence = (...lines: string[]) => ['Here is what I think.', '```countersign', ...lines, '```'].join('\n')

describe('the self-review', () => {
  it.each([
    ['self-review: ready', true],
    ['self-review: not ready', false],
    ['- **Self-Review**: Ready', true],
    ['self-review: ready — checked the callers', true],
  ])('%s', (line, ready) => expect(readSelfReview(fence(line, 'and more'))?.ready).toBe(ready))

  it.each([
    [['self-review: ready', 'Checked the callers.', '', 'And the tests. '], 'Checked the callers.\n\nAnd the tests.'],
    [['', 'Self Review :not-ready — which currency?'], 'which currency?'],
    [['self-review: ready. Done; all of it'], 'Done; all of it'],
    [['self-review: ready'], ''],
  ])('%j: and its words', (lines, text) => expect(readSelfReview(fence(...lines))?.text).toBe(text))

  it.each([
    'self-review: done',
    'ready',
    '',
    'self-review: readying',
    'my self-review: ready',
    'words\nself-review: ready',
  ])('“%s” is no answer', line => expect(readSelfReview(fence(line))).toBeNull())

  it('outside a fence it is no answer', () => expect(readSelfReview('self-review: ready')).toBeNull())
})
