import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edit, history, type Setup, type Step, settingsPath, withSetup } from '../../support/setup/history.ts'
import { versions } from '../../support/setup/invented.ts'

// COUNTERSIGN_HISTORIES=1000 runs that many; without it, as many as fit into the time, up to 150.
const wished = Number(process.env.COUNTERSIGN_HISTORIES ?? 0)
const runs = { numRuns: wished || 150, ...(wished ? {} : { interruptAfterTimeLimit: 7000 }) }
const patience = wished ? 3_600_000 : 40_000

/** An edited file of the hook may be removed: its bytes are kept in git's directory then. */
const isHook = (path: string) => path.startsWith('.claude/hooks/')

/** What has to be there after leaving: every file that holds a line of the user's, as it is, and their settings.json. */
function expectedAfter(setup: Setup): Record<string, string> {
  const theirs = Object.entries(setup.tree()).filter(
    ([path, text]) => path !== settingsPath && !/\/(conflicts|base)\//.test(path) && /U\d+/.test(text),
  )
  return Object.fromEntries(theirs)
}

describe('any history', () => {
  it(
    'loses no line of the user’s on the way, and leaves exactly their edits',
    () => {
      let [count, steps, conflicts] = [0, 0, 0]
      fc.assert(
        fc.property(history, made => {
          withSetup(made, setup => {
            for (const step of made.steps) {
              const before = setup.marksInPlace()
              setup.do(step)
              steps++
              if (step.does !== 'upgrade' && step.does !== 'init') continue
              conflicts += setup.conflicts.length
              expect(setup.marksInPlace()).toEqual(before)
            }
            const expected = expectedAfter(setup)
            setup.leave()
            const { [settingsPath]: settings, ...rest } = setup.tree()
            for (const path of Object.keys(expected).filter(path => isHook(path) && !(path in rest))) {
              expect(setup.replaced()).toContain(expected[path])
              delete expected[path]
            }
            expect(rest).toEqual(expected)
            if (setup.ownSettings !== null) expect(settings).toBe(setup.ownSettings)
            else if (Object.keys(setup.members).length === 0) expect(settings).toBeUndefined()
            else expect(JSON.parse(settings!)).toEqual(setup.members)
            count++
          })
        }),
        runs,
      )
      if (wished) console.log(`${count} histories, ${steps} steps, ${conflicts} conflicts`)
      expect(count).toBeGreaterThan(0)
    },
    patience,
  )
})

// A file that the user edited and a later version does not have stays as that version's predecessor left it: whoever skips
// that one never sees its text.
const gone = '.claude/agents/gamma.md'

describe('skipping versions', () => {
  const upgrade = (by: number): Step => ({ does: 'upgrade', by })
  const start = {
    before: { settings: '{\n  "model": "opus"\n}\n', alpha: null, claudeMd: null },
    start: 0,
    choice: 'skip' as const,
  }

  it(
    'equals stepping through them, byte for byte, wherever neither way meets a conflict',
    () => {
      let [count, compared] = [0, 0]
      fc.assert(
        fc.property(
          fc.array(
            edit.map(one => ({ ...one, replaces: false })),
            { maxLength: 5 },
          ),
          edits => {
            const way = (steps: Step[]) =>
              withSetup(start, setup => {
                let met = 0
                for (const step of [...edits, ...steps]) {
                  setup.do(step)
                  met += setup.conflicts.length
                }
                const { [gone]: _, ...tree } = setup.tree()
                return { met, tree }
              })
            const skipping = way([upgrade(versions - 1)])
            const stepping = way(Array.from({ length: versions - 1 }, () => upgrade(1)))
            count++
            if (skipping.met + stepping.met > 0) return
            compared++
            expect(skipping.tree).toEqual(stepping.tree)
          },
        ),
        runs,
      )
      if (wished) console.log(`${count} pairs, ${compared} without a conflict`)
      expect(compared).toBeGreaterThan(0)
    },
    patience,
  )
})
