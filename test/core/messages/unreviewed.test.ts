import { describe, expect, it } from 'vitest'
import { unreviewed } from '../../../src/core/messages/run-lines.ts'
import { localTime } from '../../../src/core/text/local-time.ts'

describe('a limit of Codex', () => {
  const until = '2026-11-23T14:05:09.123Z'
  const line = (detail: string) => unreviewed({ reason: 'rate-limited', until, detail })
  it('ends at the minute that Codex names, where the reader is, and the line has no full stop of its own', () =>
    expect(line('You’ve hit your usage limit. Try again at 3:05 PM.')).toBe(
      `could not review (rate-limited until ${localTime(until)}): You’ve hit your usage limit. Try again at 3:05 PM`,
    ))
  it('ends at about some time where Codex names none', () => {
    for (const detail of ['slow down', 'Try again at some later time.', ''])
      expect(line(detail)).toContain(`until about ${localTime(until)})`)
  })
})
