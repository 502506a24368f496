import { describe, expect, it } from 'vitest'
import { withOutcome } from '../../src/core/state.ts'
import { Cycle, finding, ready, says } from '../support/cycle.ts'

/** A cycle that has come as far as the debate over these findings. */
const debating = (...findings: ReturnType<typeof finding>[]) => {
  const cycle = new Cycle()
  cycle.reviews.push({ findings })
  cycle.stop('', 't1')
  expect(cycle.stop(ready)).toBe('context debate')
  return cycle
}

const outcomes = (cycle: Cycle) =>
  cycle.state.run!.findings.map(
    ({ id, outcome, priority }) => `${id} ${outcome}${outcome === 'agreed' ? ` ${priority}` : ''}`,
  )

describe('a stop with nothing to do', () => {
  it('is let go without a word, a test run or a call', () => {
    const cycle = new Cycle()
    expect([cycle.stop(), cycle.did]).toEqual(['silence', []])
  })
  it('stays silent after the countersignature', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop(ready)
    expect(cycle.state.run!.stage).toBe('countersigned')
    expect(cycle.entries.some(entry => entry.kind === 'entered' && entry.stage === 'debate')).toBe(false)
    expect([cycle.stop(), cycle.did]).toEqual(['silence', ['run-tests', 'review']])
  })
  it('is paused when the user says so, whatever has changed', () => {
    const cycle = new Cycle()
    cycle.entries.push({ v: 1, at: '', kind: 'paused' })
    expect([cycle.stop('', 't1'), cycle.did, cycle.entries.length]).toEqual(['silence', [], 2])
  })
  it('before there is a baseline, looks for one', () => {
    const cycle = new Cycle()
    cycle.entries = []
    cycle.stop('', 't1')
    expect(cycle.did).toEqual(['find-base', 'run-tests'])
  })
  it('ends a run whose change was taken back', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect([cycle.stop('', 'base'), cycle.state.run]).toEqual(['silence', null])
  })
})

describe('tests', () => {
  it('run once per fingerprint, and green ones lead to the self-review', () => {
    const cycle = new Cycle()
    expect(cycle.stop('', 't1')).toBe('context self-review')
    expect(cycle.stop('no answer')).toBe('context self-review')
    expect(cycle.did).toEqual(['run-tests'])
  })
  it('that change what they test run three times in one stop, then Claude is let go', () => {
    const cycle = new Cycle()
    cycle.testsMove = true
    expect([cycle.stop(ready, 't1'), cycle.did]).toEqual(['silence', ['run-tests', 'run-tests', 'run-tests']])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'tests-move' })
  })
  it('that are red send Claude back three times, then let it go and say so', () => {
    const cycle = new Cycle()
    for (const tree of ['t1', 't2', 't3', 't4']) cycle.red.add(tree)
    expect(['t1', 't2', 't3', 't4'].map(tree => cycle.stop('', tree))).toEqual([
      ...Array(3).fill('block tests'),
      'silence',
    ])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'red' })
    expect(cycle.stop()).toBe('silence')
  })
  it('name the failing test, the attempt and the way out', () => {
    const cycle = new Cycle()
    cycle.red.add('t1')
    cycle.stop('', 't1')
    expect(cycle.last!.block).toMatch(
      /^Countersign · tests · cycle 1\nAttempt 1 of 3.*\n[\s\S]*- adds up\n[\s\S]*countersign pause/,
    )
  })
  it('get a new budget with the next prompt', () => {
    const cycle = new Cycle()
    for (const tree of ['t1', 't2', 't3', 't4', 't5']) cycle.red.add(tree)
    for (const tree of ['t1', 't2', 't3', 't4']) cycle.stop('', tree)
    cycle.prompt('try something else')
    expect(cycle.stop('', 't5')).toBe('block tests')
  })
  it('that cannot be run are neither red nor green: Claude is let go, nothing is reviewed', () => {
    const cycle = new Cycle()
    cycle.unable.add('t1')
    expect(cycle.stop(ready, 't1')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'tests-unable' })
    expect(cycle.did).toEqual(['run-tests'])
    const before = cycle.entries.length
    expect([cycle.stop(ready), cycle.entries.length]).toEqual(['silence', before])
  })
})

describe('the self-review', () => {
  it('that says not ready lets Claude go, and comes back with the next change', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(cycle.stop(says('self-review: not ready', 'Which currency?'))).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({
      kind: 'self-reviewed',
      tree: 't1',
      ready: false,
      text: 'Which currency?',
    })
    expect(cycle.stop()).toBe('silence')
    expect(cycle.stop('', 't2')).toBe('context self-review')
  })
  it('that turns ready without another change goes on to the review', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.stop(says('self-review: not ready'))
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('that cannot be read is asked for again, and says so', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    expect(cycle.last!.context).not.toContain('could not be read')
    cycle.stop('done')
    expect(cycle.last!.context).toContain('could not be read: there was no `self-review: ready`')
    expect(cycle.entries.slice(-2)).toMatchObject([{ problems: [] }, { problems: [expect.stringContaining('no')] }])
  })
  it('is not an answer to the findings as well, though it may look like one', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    expect(cycle.stop(says('self-review: ready', 'F1: needed, high — yes'), 't1')).toBe('context debate')
    expect(cycle.last!.context).not.toContain('could not be used')
  })
  it('counts when Claude gives it unasked with its change', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('is asked for three times, then Claude is let go without a review', () => {
    const cycle = new Cycle()
    expect([cycle.stop('', 't1'), cycle.stop(), cycle.stop(), cycle.stop()]).toEqual([
      ...Array(3).fill('context self-review'),
      'silence',
    ])
    expect(cycle.did).toEqual(['run-tests'])
  })
})

describe('the debate', () => {
  it('agrees at the lower priority at once, and goes on about the rest', () => {
    const cycle = debating(finding('F1', 'high'), finding('F2'), finding('F3'))
    cycle.rebuttals.push(
      { F2: { needed: false, concession: 'the caller checks' }, F3: { needed: true } },
      { F3: { needed: true } },
    )
    expect(cycle.stop(says('F1: needed, medium — yes', 'F2, F3: not needed — no'))).toBe('context debate')
    expect(cycle.last!.context).toMatch(/round 2[\s\S]*F3/)
    expect(cycle.last!.context).not.toMatch(/F1 ·|F2 ·/)
    expect(cycle.stop(says('F3: not needed — still no'))).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 agreed medium', 'F2 not-needed', 'F3 disputed'])
    expect(cycle.did).toEqual(['run-tests', 'review', 'rebut', 'rebut'])
  })
  it('asks Codex nothing when Claude holds everything to be needed', () => {
    const cycle = debating(finding('F1'))
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('context choice')
    expect(cycle.did).toEqual(['run-tests', 'review'])
  })
  it('countersigns when both agree that nothing is needed', () => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ F1: { needed: false, concession: 'it is dead code' } })
    cycle.stop(says('F1: not needed — dead code'))
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('does not count a reviewer that gives in without a reason', () => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ F1: { needed: false } }, { F1: { needed: false } })
    cycle.stop(says('F1: not needed — no'))
    cycle.stop(says('F1: not needed — no'))
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
  })
  it.each([
    ['F1: needed, low — you are right', 'F1 disputed'],
    ['F1: needed, low — conceded: src/api.js:12 does pass it', 'F1 agreed low'],
  ])('“%s” in round 2 → %s', (answer, expected) => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ F1: { needed: true } }, { F1: { needed: true } })
    cycle.stop(says('F1: not needed — no'))
    cycle.stop(says(answer))
    expect(outcomes(cycle)).toEqual([expected])
  })
  it('asks three times for a usable answer, says what is wrong, then leaves the rest as disputed', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    expect(cycle.stop(says('F1: needed, high — yes', 'F9: needed, low — ?'))).toBe('context debate')
    expect(cycle.last!.context).toMatch(/F9 is not one of F1, F2[\s\S]*no usable answer for F2[\s\S]*Ask 2 of 3/)
    cycle.stop('I think they are fine.')
    cycle.stop(says('F1: needed, high — yes'))
    expect(outcomes(cycle)).toEqual(['F1 agreed high', 'F2 disputed'])
  })
  it('is over with an edit: the tests run again, and Codex checks what was raised', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ resolved: { F1: true } })
    expect(cycle.stop(says('F1: needed, high — mended'), 't2')).toBe('context self-review')
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests', 'review'])
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 1 })
  })
  it('goes on where it was when the edit is taken back after a stop, with no test run and no call', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ F2: { needed: true } }, { F2: { needed: false, concession: 'true' } })
    cycle.stop(says('F1: needed, low — yes', 'F2: not needed — no'))
    const { did } = cycle
    const before = [...did]
    expect(cycle.stop('', 't2')).toBe('context self-review')
    expect(cycle.stop('', 't3')).toBe('context self-review')
    expect(cycle.stop('taken back', 't1')).toBe('context debate')
    expect(cycle.last!.context).toMatch(/cycle 1 · round 2[\s\S]*F2 ·/)
    expect(cycle.last!.context).not.toMatch(/F1 ·/)
    expect(cycle.stop(says('F2: not needed — still no'))).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 agreed low', 'F2 not-needed'])
    expect(did).toEqual([...before, 'run-tests', 'run-tests', 'rebut'])
  })
  it('goes on with the very answer that comes with the edit taken back', () => {
    const cycle = debating(finding('F1'))
    cycle.stop('', 't2')
    expect(cycle.stop(says('F1: needed, high — yes'), 't1')).toBe('context choice')
  })
  it('keeps nothing of a review that failed on the tree in between', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!.owed).toMatchObject({ call: 'review' })
    expect(cycle.stop('', 't1')).toBe('context debate')
    expect(cycle.state.run!).toMatchObject({ owed: null, review: { result: 'findings' } })
  })
  it.each([
    ['the choice', (_: Cycle) => {}, 'context choice'],
    ['the task list', (cycle: Cycle) => void cycle.prompt('pick F1'), 'context fix'],
  ])('has ended: an edit taken back leads back to %s', (_, then, expected) => {
    const cycle = debating(finding('F1'))
    cycle.stop(says('F1: needed, high — yes'))
    then(cycle)
    const { cycle: number } = cycle.state.run!
    cycle.stop('', 't2')
    expect([cycle.stop('', 't1'), cycle.state.run!.cycle]).toEqual([expected, number])
    expect(cycle.state.run!.picked).toEqual(expected === 'context fix' ? ['F1'] : [])
  })
  it('is not gone back to once another tree has been reviewed', () => {
    const cycle = debating(finding('F1'))
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    expect([cycle.stop('', 't1'), cycle.entries.at(-1)]).toMatchObject(['silence', { why: 'seen-before' }])
    expect(cycle.stop(says('F1: needed, high — yes'), 't2')).toBe('context choice')
  })
  it('cannot be led away from and back without end', () => {
    const cycle = debating(finding('F1'))
    const replies = Array.from({ length: 40 }, (_, n) => cycle.stop('', `t${(n % 2) + 1}`))
    expect(replies.filter(reply => reply !== 'silence').length).toBeLessThan(cycle.config.limits.holds)
  })
  it('that waits for a reviewer lets the user pick from what is settled', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ cannot: 'missing' })
    cycle.codexFound = false
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
    expect(cycle.prompt('pick F1')).toBe('context fix')
  })
  it('goes on after a rebuttal that failed, with nothing lost', () => {
    const cycle = debating(finding('F1'))
    cycle.rebuttals.push({ cannot: 'crashed' }, { F1: { needed: false, concession: 'true' } })
    expect(cycle.stop(says('F1: not needed — no'))).toBe('silence')
    expect(cycle.state.run!.owed?.reason).toBe('crashed')
    cycle.stop()
    expect(outcomes(cycle)).toEqual(['F1 not-needed'])
  })
})

describe('the choice', () => {
  const choosing = () => {
    const cycle = debating(finding('F1'), finding('F2', 'low'))
    cycle.stop(says('all: needed, low — yes'))
    return cycle
  }
  it('is offered once; a stop after that waits for the user in silence', () => {
    const cycle = choosing()
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'asked', stage: 'choice', problems: [] })
    expect([cycle.stop(), cycle.stop()]).toEqual(['silence', 'silence'])
  })
  it('typed as a prompt becomes the task list', () => {
    const cycle = choosing()
    cycle.stop()
    expect(cycle.prompt('pick F2')).toBe('context fix')
    expect(cycle.last!.context).toMatch(/The user has picked F2\.[\s\S]*title of F2/)
    expect(cycle.last!.context).not.toMatch(/title of F1/)
  })
  it.each(['pick F7', 'pick F1 banana'])('“%s” picks nothing and says what can be picked', prompt => {
    const cycle = choosing()
    expect(cycle.prompt(prompt)).toMatch(/^block Nothing picked/)
    expect(cycle.last!.block).toMatch(/F1, F2/)
    expect(cycle.state.run!.picked).toEqual([])
  })
  it('before the debate is over is refused: the list is not there yet', () => {
    const cycle = debating(finding('F1'), finding('F2'))
    cycle.rebuttals.push({ F2: { needed: true } })
    cycle.stop(says('F1: needed, high — yes', 'F2: not needed — no'))
    expect(cycle.prompt('pick F1')).toMatch(/^block/)
    expect(cycle.last!.block).toBe('Nothing picked: there is no list to choose from yet.')
    expect(cycle.state.run!).toMatchObject({ stage: 'debate', picked: [] })
  })
  it('after the countersignature takes up what was left', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.prompt('pick F2')).toBe('context fix')
    cycle.reviews.push({ resolved: { F2: true } })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2, picked: ['F2'] })
  })
  it('“pick a colour” is a prompt like any other', () => {
    const cycle = choosing()
    expect([cycle.prompt('pick a colour for the button'), cycle.state.run!.stage]).toEqual(['silence', 'choice'])
  })
  it('of none countersigns', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', picked: [] })
  })
  it('counts only answers to our own questions', () => {
    const cycle = choosing()
    cycle.answer({ 'Shall I fix everything?': 'F1' })
    expect(cycle.state.run!.picked).toEqual([])
  })
})

describe('after the pick', () => {
  const fixing = (config = {}) => {
    const cycle = new Cycle(config)
    cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick F1')
    return cycle
  }
  it('the whole cycle runs again on the change, and countersigns when all is resolved', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true } })
    expect(cycle.stop('', 't2')).toBe('context self-review')
    cycle.stop(ready)
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2, picked: ['F1'] })
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests', 'review'])
  })
  it('an unresolved finding is debated again under its own id', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false } })
    cycle.stop(ready, 't2')
    expect(cycle.last!.context).toMatch(/debate · cycle 2 · round 1[\s\S]*F1 ·/)
    expect(withOutcome(cycle.state.run!, 'open').map(({ id }) => id)).toEqual(['F1'])
  })
  it('what is raised outside the frozen scope is kept, not debated', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F3', 'low', { inScope: false })] })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!.stage).toBe('countersigned')
    expect(cycle.state.run!.findings.map(({ id }) => id)).toEqual(['F1', 'F2', 'F3'])
  })
  it('Claude is reminded once of what it did not touch, then let go', () => {
    const cycle = fixing()
    expect([cycle.stop(), cycle.stop(), cycle.stop()]).toEqual(['context fix', 'silence', 'silence'])
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'not-fixed' })
  })
  it('the last cycle that is allowed is one', () => {
    const cycle = fixing({ limits: { cycles: 2 } })
    cycle.reviews.push({ resolved: { F1: true } })
    cycle.stop(ready, 't2')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', cycle: 2 })
  })
  it('cycles are bounded: the change is handed to the user, not countersigned', () => {
    const cycle = fixing({ limits: { cycles: 1 } })
    expect(cycle.stop(ready, 't2')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'cycles' })
    expect(cycle.state.run!).toMatchObject({ open: false, stage: 'fix' })
  })
})

describe('a reviewer that cannot review', () => {
  it('is neither a pass nor a finding: Claude is let go, the review is owed', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'crashed' })
    expect(cycle.stop(ready, 't1')).toBe('silence')
    expect(cycle.state.run!).toMatchObject({ stage: 'review', open: true, owed: { reason: 'crashed' } })
    expect(cycle.state.settled!.tree).toBe('base')
  })
  it.each([
    ['missing, still missing', 'missing', { codexFound: false }, 1],
    ['missing, then installed', 'missing', { codexFound: true }, 2],
    ['rate-limited, too early', 'rate-limited', { now: '2026-01-05T10:30:00.000Z' }, 1],
    ['rate-limited, after the reset', 'rate-limited', { now: '2026-01-05T11:30:00.000Z' }, 2],
    ['crashed', 'crashed', {}, 2],
  ] as const)('%s', (_, cannot, later, calls) => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot, until: cannot === 'rate-limited' ? '2026-01-05T11:00:00.000Z' : undefined })
    cycle.stop(ready, 't1')
    cycle.prompt('what next?')
    Object.assign(cycle, later)
    cycle.stop()
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(calls)
    expect(cycle.state.run!.stage).toBe(calls === 2 ? 'countersigned' : 'review')
  })
  it.each([
    ['the clock was set back by a year', '2025-01-05T10:30:00.000Z'],
    ['the time it named is beyond all of Codex’s limits, and nine days have passed', '2026-01-14T10:30:00.000Z'],
  ])('is asked again when %s, once', (_, now) => {
    const cycle = new Cycle()
    const until = now.replace('T10', 'T11')
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-12-31T00:00:00.000Z' }, { cannot: 'rate-limited', until })
    cycle.stop(ready, 't1')
    cycle.stop()
    cycle.now = now
    expect([cycle.stop(), cycle.stop()]).toEqual(['silence', 'silence'])
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(2)
    cycle.now = until
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('holds a change that came after it as well, where the repository says so', () => {
    const cycle = new Cycle({ gate: { onReviewerFailure: 'block' } })
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    expect([cycle.stop(ready, 't1'), cycle.stop(ready, 't2')]).toEqual(['block review', 'block review'])
    expect(cycle.did.filter(step => step === 'review')).toHaveLength(1)
  })
  it('known to be away: a new change is tested and self-reviewed, and costs no call until then', () => {
    const cycle = new Cycle()
    cycle.reviews.push({ cannot: 'rate-limited', until: '2026-01-05T11:00:00.000Z' })
    cycle.stop(ready, 't1')
    expect(cycle.stop(ready, 't2')).toBe('silence')
    expect(cycle.did).toEqual(['run-tests', 'review', 'run-tests'])
    cycle.now = '2026-01-05T11:00:00.000Z'
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
  it('can hold Claude where the repository says so, a bounded number of times', () => {
    const cycle = new Cycle({ gate: { onReviewerFailure: 'block' } })
    cycle.codexFound = false
    cycle.reviews.push({ cannot: 'missing' })
    expect(cycle.stop(ready, 't1')).toBe('block review')
    expect(cycle.last!.block).toContain('Time 1 of 3.')
    expect([cycle.stop(), cycle.stop(), cycle.stop()]).toEqual(['block review', 'block review', 'silence'])
  })
})

describe('bounds', () => {
  it('a model that obeys nothing and always edits gets out after the stated number of holds', () => {
    const cycle = new Cycle()
    const replies = Array.from({ length: 20 }, (_, n) => cycle.stop('whatever', `t${n + 1}`))
    expect(replies.filter(reply => reply !== 'silence')).toHaveLength(cycle.config.limits.holds)
    expect(replies.slice(16)).toEqual(Array(4).fill('silence'))
  })
  it('reached, the cycle goes on where it stands once the user has said something', () => {
    const cycle = new Cycle({ limits: { holds: 1 } })
    cycle.reviews.push({ findings: [finding('F1')] })
    expect(cycle.stop(ready, 't1')).toBe('context debate')
    expect([cycle.stop('hm'), cycle.entries.at(-1)]).toMatchObject(['silence', { why: 'held-too-often' }])
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('silence')
    cycle.prompt('go on')
    expect(cycle.stop(says('F1: needed, high — yes'))).toBe('context choice')
  })
  it('another living session leaves the run alone; a dead one’s run is taken over', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.session = 's2'
    cycle.ownerAlive = true
    expect([cycle.stop(ready), cycle.did]).toEqual(['silence', ['run-tests']])
    expect(cycle.state.run!.owner.session).toBe('s1')
    cycle.ownerAlive = false
    cycle.stop(ready)
    expect(cycle.did).toEqual(['run-tests', 'review'])
    expect(cycle.state.run!.owner).toMatchObject({ session: 's2', pid: 7 })
  })
})

describe('HEAD on another commit', () => {
  it('moves the beginning of the change, and nothing else', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    Object.assign(cycle, { head: 'c9', newBase: 'elsewhere' })
    expect(cycle.stop('', 't2')).toBe('context self-review')
    expect(cycle.state.run!).toMatchObject({ base: 'elsewhere', baseHead: 'c9', tree: 't2' })
    expect(cycle.did).toEqual(['run-tests', 'follow-head', 'run-tests'])
  })
  it('in a ledger that does not say where it was is not followed', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    for (const entry of cycle.entries) if (entry.kind === 'run-started') entry.head = undefined
    cycle.head = 'c9'
    cycle.stop('', 't2')
    expect(cycle.did).toEqual(['run-tests', 'run-tests'])
  })
  it('without an open run is followed before anything is compared', () => {
    const cycle = new Cycle()
    Object.assign(cycle, { head: 'c1', newBase: 't1' })
    expect([cycle.stop('', 't1'), cycle.did, cycle.state.run]).toEqual(['silence', ['follow-head'], null])
    expect(cycle.entries.some(({ kind }) => kind === 'run-started')).toBe(false)
  })
  it('leaves a countersigned change countersigned', () => {
    const cycle = new Cycle()
    cycle.stop(ready, 't1')
    cycle.head = 'c1'
    expect([cycle.stop('', 't1'), cycle.state.run!.stage]).toEqual(['silence', 'countersigned'])
  })
})

describe('a session that starts', () => {
  it.each([
    ['idle', (_: Cycle) => {}, /idle: when you stop after a change, `npm test` runs/],
    [
      'in the self-review',
      (cycle: Cycle) => void cycle.stop('', 't1'),
      /self-review · cycle 1: your self-review is still to come/,
    ],
    [
      'paused',
      (cycle: Cycle) => void cycle.entries.push({ v: 1, at: '', kind: 'paused' }),
      /paused: nothing is tested/,
    ],
  ])('%s says so in one line', (_, before, line) => {
    const cycle = new Cycle()
    before(cycle)
    cycle.start('resume')
    expect(cycle.last!.context).toMatch(line)
    expect(cycle.last!.context).not.toMatch(/\n/)
  })
})

describe('diminishing returns', () => {
  const fixing = () => {
    const cycle = new Cycle()
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    cycle.stop(says('F1: needed, high — yes'))
    cycle.prompt('pick F1')
    return cycle
  }
  it('a second cycle that changes nothing goes to the user, not into another debate', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false } }, { resolved: { F1: false } })
    expect(cycle.stop(ready, 't2')).toBe('context debate')
    cycle.stop(says('F1: needed, high — once more'))
    cycle.prompt('pick F1')
    expect(cycle.stop(ready, 't3')).toBe('context choice')
    expect(outcomes(cycle)).toEqual(['F1 disputed'])
    expect(cycle.entries.some(({ kind }) => kind === 'no-progress')).toBe(true)
  })
  it('a cycle that raises something new is debated', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: false }, findings: [finding('F2')] })
    expect(cycle.stop(ready, 't2')).toBe('context debate')
  })
  it('an edit that leads back to a reviewed tree costs no tests and no call', () => {
    const cycle = fixing()
    cycle.reviews.push({ resolved: { F1: true }, findings: [finding('F2')] })
    cycle.stop(ready, 't2')
    const before = cycle.did.length
    expect(cycle.stop('', 't1')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'seen-before' })
    expect(cycle.stop('', 't1')).toBe('silence')
    expect(cycle.did).toHaveLength(before)
  })
})

describe('a bound on what a run may cost', () => {
  it.each([
    ['calls', { codexCalls: 1 }, /1 Codex calls are spent/],
    ['minutes', { minutes: 1 }, /minutes of tests and review are spent/],
    ['tokens', { tokens: 1000 }, /1100 tokens are spent/],
  ])('%s: the review is owed, and says which bound it was', (_, limits, detail) => {
    const cycle = new Cycle({ limits })
    cycle.reviews.push({ findings: [finding('F1')] })
    cycle.stop(ready, 't1')
    const [reviewed] = cycle.entries.filter(entry => entry.kind === 'reviewed')
    Object.assign(reviewed!, { usage: { inputTokens: 1000, outputTokens: 100 }, seconds: 60 })
    cycle.stop(says('F1: not needed — no'))
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'could-not-review', reason: 'budget' })
    expect(cycle.state.run!.owed!.detail).toMatch(detail)
    const entries = cycle.entries.length
    expect([cycle.stop(), cycle.stop(), cycle.entries.length]).toEqual(['silence', 'silence', entries])
    Object.assign(cycle.config.limits, { codexCalls: 9, minutes: 90, tokens: 90_000 })
    cycle.rebuttals.push({ F1: { needed: false, concession: 'true' } })
    cycle.stop()
    expect(cycle.state.run!.stage).toBe('countersigned')
  })
})

it('every text that sends Claude back says how often, of how many, and the way out', () => {
  const cycle = new Cycle()
  const texts: string[] = []
  const keep = () => texts.push(cycle.last!.context ?? cycle.last!.block!)
  cycle.red.add('t1')
  cycle.stop('', 't1')
  keep()
  cycle.reviews.push({ findings: [finding('F1')] })
  cycle.stop('', 't2')
  keep()
  cycle.stop(ready)
  keep()
  cycle.stop(says('F1: needed, high — yes'))
  keep()
  texts.forEach((text, n) => {
    expect(text).toMatch(new RegExp(`countersign pause[\\s\\S]*Sent back ${n + 1} of 16 times`))
  })
})
