import { describe, expect, it } from 'vitest'
import { readSelfReview, selfReviewProblem } from '../../../../src/core/cycle/answers/self-review.ts'

const fence = (...lines: string[]) => ['Here is what I think.', '```countersign', ...lines, '```'].join('\n')

describe('the self-review', () => {
  it.each([
    ['self-review: ready', true],
    ['self-review: not ready', false],
    ['- **Self-Review**: Ready', true],
    ['self-review: ready — checked the callers', true],
    ['## Self-review: ready', true],
    ['Self‑review： not ready', false],
    ['`self-review`: `not ready`', false],
    ['**self-review: not_ready** (which currency?)', false],
    ['> self-review - ready', true],
    ['1. self review: ready!', true],
    ['| self-review | not yet ready | the tests |', false],
    ['self-review: ready, but slow', true],
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
    'self-review: ready when you are',
    'self-review: almost ready',
    'self-review: ready?',
    'self-review: ready: no',
    'self-review: ready: not ready',
    'self-review: ready\nself-review: not ready',
    'self-review: not ready\n**Self-review**: ready',
    'self-review: unready',
    '---',
    'my self-review: ready',
    'words\nself-review: ready',
  ])('“%s” is no answer', line => expect(readSelfReview(fence(line))).toBeNull())

  it('outside a fence it is no answer', () => expect(readSelfReview('self-review: ready')).toBeNull())

  it.each([
    [fence('self-review: almost'), '“self-review: almost” is neither `self-review: ready` or `self-review: not ready`'],
    [fence('self-review: ready', 'self-review: not ready'), 'it says both'],
    [fence(''), 'the block is empty'],
    ['ready', 'there is no fenced block'],
    [fence('self-review: ready'), ''],
  ])('%j: what is wrong with it', (message, problem) => expect(selfReviewProblem(message)).toContain(problem))
})
