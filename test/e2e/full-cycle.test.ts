import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LedgerEntry } from '../../src/model/ledger/ledger-entry.ts'
import { featurePrompt, selfReviews } from '../../src/rehearsal/demo/demo-author.ts'
import { type Scenario, setScene } from '../../src/rehearsal/demo/demo-scene.ts'
import { firstCycle, firstMissing, secondCycle } from '../../src/rehearsal/demo/expected.ts'
import { describeNeeds } from '../support/platform.ts'
import { cli, ledgerOf, ofKind, processesIn, testRuns } from '../support/programs/lab.ts'

describeNeeds('POSIX')('two prompts to the real claude, with the real codex reviewing', () => {
  let scene: Scenario
  let entries: LedgerEntry[]
  let list: unknown

  beforeAll(async () => {
    scene = await setScene({ cli })
    expect(await scene.countersign('init', '--yes')).toMatchObject({ exitCode: 0 })
    expect(await scene.prompt(featurePrompt)).toMatchObject({ exitCode: 0, stderr: '' })
    list = JSON.parse((await scene.countersign('findings', '--format', 'json')).stdout)
    expect(await scene.prompt('pick F1')).toMatchObject({ exitCode: 0, stderr: '' })
    entries = ledgerOf(scene)
  }, 120_000)
  afterAll(() => scene.close())

  it('goes through red tests, self-review, review and debate to the choice', () => {
    expect(firstMissing(firstCycle, entries)).toBeNull()
  })

  it('agrees at the lower priority, drops what is conceded and shows what stays disputed', () => {
    expect(list).toMatchObject({
      agreed: { critical: [], high: [], medium: [{ id: 'F1', priority: 'medium', verified: true }], low: [] },
      disputed: [{ id: 'F3', verified: true }],
      notNeeded: [{ id: 'F2', verified: true }],
    })
  })

  it('fixes what was picked, checks it in a second cycle and countersigns', () => {
    expect(firstMissing(secondCycle, entries)).toBeNull()
    expect(ofKind(entries, 'countersigned')).toMatchObject([{ cycle: 2 }])
  })

  it('runs the suite once for each state of the tree, and where it is red once more, and once where the change began', () => {
    const trees = ofKind(entries, 'tests-ran').map(({ tree }) => tree)
    expect(new Set(trees).size).toBe(3)
    expect({ recorded: trees.length, real: testRuns(scene) }).toEqual({ recorded: 3, real: 5 })
  })

  it('asks Codex once for each review and once for each round', () => {
    const prompts = scene.codex.records.map(({ turn }) => turn.prompt.split('\n')[0])
    expect([...new Set(prompts)]).toEqual([
      'Countersign · review · cycle 1',
      'Countersign · rebuttal · cycle 1 · round 1',
      'Countersign · rebuttal · cycle 1 · round 2',
      'Countersign · review · cycle 2',
    ])
    expect(scene.codex.records.filter(({ answer }) => 'text' in answer)).toHaveLength(4)
  })

  it('never shows Codex what Claude says of its own work', () => {
    const seen = JSON.stringify(scene.codex.records.map(({ turn }) => turn.items))
    expect(selfReviews.filter(said => seen.includes(said))).toEqual([])
    expect(ofKind(entries, 'self-reviewed').map(({ text }) => text)).toEqual(selfReviews)
  })

  it('lets Codex do nothing but read', () => {
    expect([...new Set(scene.codex.records.map(({ turn }) => turn.sandbox))]).toEqual(['read-only'])
  })

  it('leaves no process behind', async () => {
    expect(await processesIn(scene.folder)).toEqual([])
  })
})
