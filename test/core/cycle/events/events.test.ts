import { describe, expect, it } from 'vitest'
import { decisions } from '../../../../src/core/cycle/events/index.ts'
import type { Facts } from '../../../../src/core/cycle/facts.ts'
import { whereItStands } from '../../../../src/core/cycle/where-it-stands.ts'
import { replay } from '../../../../src/core/ledger/replay.ts'
import { emptyState } from '../../../../src/core/ledger/state.ts'
import type { Happening } from '../../../../src/model/ledger/ledger-entry.ts'
import { Cycle, finding, ready, says } from '../../../support/cycle/cycle.ts'

const pause = (cycle: Cycle) => void cycle.entries.push({ v: 1, at: '', kind: 'paused' })
const facts = (more: Partial<Facts> = {}) => ({ ...new Cycle().facts(), ...more }) as Facts
const debating = (cycle = new Cycle()) => {
  cycle.reviews.push({ findings: [finding('F1'), finding('F2', 'low')] })
  cycle.stop(ready, 't1')
  return cycle
}
const choosing = () => {
  const cycle = debating()
  cycle.stop(says('all: needed, low — yes'))
  return cycle
}
/** The questions that would be put now; null while there is nothing to choose. */
const questions = (cycle: Cycle) => {
  cycle.askForList()
  return cycle.last?.ask?.input?.questions ?? null
}

it('a prompt without a text is one all the same', () => {
  const cycle = new Cycle()
  cycle.fire('UserPromptSubmit', {})
  expect(cycle.entries.at(-1)).toMatchObject({ kind: 'prompted', text: '' })
})

describe('a session that starts says whose turn it is', () => {
  const owing = (cycle: Cycle) => {
    cycle.reviews.push({ cannot: 'crashed' })
    cycle.stop(ready, 't1')
  }
  it.each<[string, (cycle: Cycle) => void, string | RegExp]>([
    [
      'after red tests',
      cycle => {
        cycle.red.add('t1')
        cycle.stop('', 't1')
      },
      'tests · cycle 1: The tests are red (`npm test`). They run again when you stop after a change.',
    ],
    [
      'before its tests',
      cycle => {
        cycle.stop('', 't1')
        cycle.entries.push({ v: 1, at: '', kind: 'entered', stage: 'tests', tree: 't2', cycle: 1, round: 0 })
      },
      'tests · cycle 1: The tests have not run. They run when you stop after a change.',
    ],
    [
      'with a review owed',
      owing,
      'review · cycle 1: Codex reviews the change when you stop. A Codex review is pending: could not review (crashed). Until then: only tests and self-review.',
    ],
    ['in the debate', debating, 'debate · cycle 1: findings are waiting for answers in round 1; the change is frozen.'],
    [
      'at the choice',
      cycle => {
        debating(cycle)
        cycle.stop(says('all: needed, low — yes'))
      },
      'choice · cycle 1: the user has not chosen yet from F1, F2 (`pick F1 …`); edit nothing until then.',
    ],
    [
      'after the pick',
      cycle => {
        debating(cycle)
        cycle.stop(says('all: needed, low — yes'))
        cycle.prompt('pick F2')
      },
      'fix · cycle 1: the user picked F2; this is your task list.',
    ],
    ['after the countersignature', cycle => void cycle.stop(ready, 't1'), /^idle: .*`npm test` runs, you review/],
    ['paused, whatever is open', cycle => [debating(cycle), pause(cycle)], /^paused: .*npx countersign resume/],
  ])('%s', (_, before, line) => {
    const cycle = new Cycle()
    before(cycle)
    cycle.start('resume')
    const said = cycle.last!.context!.replace('Countersign · ', '')
    if (line instanceof RegExp) expect(said).toMatch(line)
    else expect(said).toBe(line)
  })
  it('and that no tests run where none are configured', () =>
    expect(whereItStands(emptyState, facts({ config: new Cycle({ tests: [] }).config }))).toContain(
      'after a change, no tests run, you review',
    ))
})

describe('a session that starts', () => {
  it('is written down, and so is its end', () => {
    const cycle = new Cycle()
    cycle.start()
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'session', session: 's1', pid: 7, phase: 'started' })
    expect(cycle.fire('SessionEnd')).toBe('silence')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'session', session: 's1', pid: 7, phase: 'ended' })
  })
  it('in a repository that has no baseline yet gets one', () => {
    const cycle = new Cycle()
    cycle.entries = []
    cycle.start()
    expect([cycle.did, cycle.state.settled?.tree]).toEqual([['find-base'], 'head'])
  })

  it('after `init` knows the commits that are there, and keeps its baseline', () => {
    const cycle = new Cycle()
    cycle.entries = [{ v: 1, at: '', kind: 'baseline', tree: 'base', head: 'c0' }]
    cycle.tree = 't1'
    cycle.start()
    expect(cycle.did).toEqual(['know-commits'])
    expect(cycle.state).toMatchObject({ settled: { tree: 'base', head: 'c0' }, known: 'k0', globs: [] })
  })

  const baselines = (entries: Happening[]) => entries.filter(({ kind }) => kind === 'baseline').length
  it.each([
    ['on a commit that came from elsewhere: it is the new baseline', 'startup', 'base', [], 2],
    ['on a commit from elsewhere, with changes on it: those are looked at', 'startup', 't1', ['follow-head'], 1],
    ['on another commit after a compaction: the commit may be this session’s own', 'compact', 'base', [], 1],
  ])('%s', (_, source, tree, did, count) => {
    const cycle = new Cycle()
    cycle.head = 'c1'
    cycle.tree = tree
    cycle.start(source)
    expect([cycle.did, baselines(cycle.entries)]).toEqual([did, count])
  })
  it('on the same commit keeps the baseline, and the change on it', () => {
    const cycle = new Cycle()
    cycle.tree = 't1'
    cycle.start()
    expect(baselines(cycle.entries)).toBe(1)
    expect(cycle.stop('', 't1')).toBe('context self-review')
  })
  it('on another commit leaves an open run, and a paused gate, alone', () => {
    const open = new Cycle()
    open.stop('', 't1')
    const paused = new Cycle()
    pause(paused)
    for (const cycle of [open, paused]) {
      cycle.head = 'c1'
      cycle.start()
      expect([cycle.did.includes('find-base'), baselines(cycle.entries)]).toEqual([false, 1])
    }
  })
  it('again is the same owner in another process', () => {
    const cycle = new Cycle()
    cycle.stop('', 't1')
    cycle.fire('SessionEnd')
    const step = decisions.SessionStart(
      cycle.state,
      facts({
        pid: 99,
        tree: 't1',
        surroundings: { ...new Cycle().surroundings, claude: 99, ancestors: [{ pid: 99, startedAt: null }] },
      }),
      {
        hook_event_name: 'SessionStart',
        session_id: 's1',
        source: 'resume',
      },
    )
    const entries = step.do === 'reply' ? step.entries : []
    expect(
      replay([...cycle.entries, ...entries.map(entry => ({ v: 1, at: '', ...entry }) as const)]).run!.owner,
    ).toMatchObject({ session: 's1', pid: 99 })
  })
})

describe('a prompt', () => {
  it('is kept, without secrets, as what was asked for', () => {
    const cycle = new Cycle()
    expect(cycle.prompt('add a cart; password=hunter2!')).toBe('silence')
    cycle.stop('', 't1')
    expect(cycle.state.run!.prompts).toEqual(['add a cart; password=[masked]'])
  })
  it('that picks before anything has been reviewed is a prompt like any other', () => {
    const cycle = new Cycle()
    expect([cycle.prompt('pick F1'), cycle.state.prompts.map(({ text }) => text)]).toEqual(['silence', ['pick F1']])
  })
  it('that picks while the gate is paused picks nothing', () => {
    const cycle = choosing()
    pause(cycle)
    expect([cycle.prompt('pick F1'), cycle.state.run!.choice.picked]).toEqual(['silence', []])
  })
  it('brings the task list along, once, when the pick was made by the command', () => {
    const cycle = choosing()
    cycle.entries.push({ v: 1, at: '', kind: 'picked', ids: ['F1'], by: 'command', told: false })
    expect(cycle.prompt('and now?')).toBe('context fix')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'asked', stage: 'fix', problems: [] })
    expect(cycle.last!.context).toContain('The user picked F1.')
    expect(cycle.state.run!.prompts.at(-1)).toBe('and now?')
    expect(cycle.prompt('go on')).toBe('silence')
  })
  it('that picks wrongly shows how to pick', () => {
    const cycle = choosing()
    cycle.prompt('pick F9')
    expect(cycle.last!.block).toBe(
      'Nothing picked: F9 is not one of F1, F2. Choose from F1, F2, for example `pick F1`, `pick high`, `pick all`, `pick none`.',
    )
  })
  it('of “none”, said again, changes nothing', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.last!.context).toContain('The user picked none: the change is countersigned as it is.')
    const before = cycle.entries.length
    cycle.prompt('pick none')
    expect(cycle.entries).toHaveLength(before)
  })
  it('of “none” over files that were never sent does not countersign', () => {
    const cycle = choosing()
    const [reviewed] = cycle.entries.filter(({ kind }) => kind === 'reviewed')
    Object.assign(reviewed!, { unsent: ['huge.bin'] })
    cycle.prompt('pick none')
    expect(cycle.last!.context).toContain('the change stays as it is')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'let-go', why: 'unsent' })
  })
})

describe('the last choice counts', () => {
  const fates = (cycle: Cycle) => cycle.state.run!.findings.map(({ fate }) => fate)
  it('“none” after a pick leaves nothing picked, and signs', () => {
    const cycle = choosing()
    cycle.prompt('pick F1')
    cycle.prompt('pick none')
    expect(cycle.state.run!).toMatchObject({ stage: 'countersigned', choice: { picked: [] } })
    expect(fates(cycle)).toEqual(['left', 'left'])
  })
  it('a pick after “none” opens the list again', () => {
    const cycle = choosing()
    cycle.prompt('pick none')
    expect(cycle.prompt('pick F2')).toBe('context fix')
    expect([cycle.state.run!.choice.picked, fates(cycle)]).toEqual([['F2'], ['left', 'picked']])
  })
  it('another pick takes the place of the first, and what was fixed stays picked', () => {
    const cycle = choosing()
    cycle.prompt('pick F1')
    cycle.prompt('pick F2')
    expect([cycle.state.run!.choice.picked, fates(cycle)]).toEqual([['F2'], ['left', 'picked']])
    cycle.reviews.push({ resolved: { F2: true }, findings: [finding('F3')] })
    cycle.stop(ready, 't2')
    cycle.stop(says('all: needed, low — yes'))
    cycle.prompt('pick F3')
    expect(cycle.state.run!.choice.picked).toEqual(['F2', 'F3'])
  })
})

describe('a prompt at the choice', () => {
  it('that picks and asks for something else does both', () => {
    const cycle = choosing()
    expect(cycle.prompt('pick F1 and also rename n')).toBe('context fix')
    expect(cycle.last!.context).toMatch(/The user picked F1\.[\s\S]*The same prompt asks for something else/)
    expect(cycle.state.run!.choice.picked).toEqual(['F1'])
    expect(cycle.state.run!.prompts.at(-1)).toBe('pick F1 and also rename n')
  })
  it.each(['pick F1 but not F2', 'pick all but F2', 'F1 and F2', 'none', 'please pick F1', 'pick everything'])(
    '“%s” is answered with the form, once, and picks nothing',
    prompt => {
      const cycle = choosing()
      cycle.prompt(prompt)
      expect(cycle.last!.block).toMatch(
        /^Nothing picked: “.*” is not clear as a choice\. Choose from F1, F2, .*send it again\.$/,
      )
      expect(cycle.prompt(prompt)).toBe('silence')
      expect(cycle.entries.at(-1)).toMatchObject({ kind: 'prompted', text: prompt })
      expect(cycle.state.run!).toMatchObject({ stage: 'choice', choice: { picked: [] } })
    },
  )
  it.each(['pick up the phone handler', 'pick where F9 left off', 'why did you pick F1?', 'high', 'go on'])(
    '“%s” reaches Claude',
    prompt => {
      const cycle = choosing()
      expect(cycle.prompt(prompt)).toBe('silence')
      expect(cycle.entries.at(-1)).toMatchObject({ kind: 'prompted', text: prompt })
    },
  )
  it('before and after it says what it says: ids alone are no choice', () => {
    const cycle = debating()
    expect([cycle.prompt('F1'), cycle.prompt('pick everything')]).toEqual(['silence', 'silence'])
  })
})

describe('a question of Claude’s own', () => {
  const ask = (cycle: Cycle, questions: unknown, call?: string) =>
    cycle.fire('PreToolUse', {
      tool_name: 'AskUserQuestion',
      tool_input: { questions },
      ...(call && { tool_use_id: call }),
    })
  const reply = (cycle: Cycle, answers: Record<string, string>, call?: string) =>
    cycle.fire('PostToolUse', {
      tool_name: 'AskUserQuestion',
      tool_input: { answers },
      ...(call && { tool_use_id: call }),
    })

  it.each([
    ['with another header', [{ header: 'Colour', question: 'Which?' }]],
    ['with none', [{ question: 'Which?' }, null, 'x']],
    ['that is no list', 'Countersign'],
    ['that is not there', undefined],
  ])('passes untouched while the choice is open: %s', (_, questions) => {
    const cycle = choosing()
    expect(ask(cycle, questions)).toBe('silence')
    const before = cycle.entries.length
    expect(reply(cycle, { 'Which?': 'None of these' })).toBe('silence')
    expect([cycle.last, cycle.entries.length, cycle.state.run!.stage]).toEqual([null, before, 'choice'])
  })
  it('beside the one with the gate’s header is refused, so that the list does not swallow it', () => {
    const cycle = choosing()
    ask(cycle, [{ header: 'Colour' }, { header: ' countersign ' }])
    expect(cycle.last!.deny).toMatch(/a call of its own/)
    expect(cycle.state.questionPut).toBeNull()
  })
  it('does not count, though it is worded like the gate’s, and though that one is open', () => {
    const cycle = choosing()
    ask(cycle, [{ header: 'Countersign' }], 'call_1')
    const { question } = cycle.last!.ask!.input!.questions[0]!
    expect(reply(cycle, { 'Red or blue?': 'F1' }, 'call_2')).toBe('silence')
    expect(reply(cycle, { [question]: 'None of these' }, 'call_2')).toBe('context choice')
    expect(cycle.entries.at(-1)).toMatchObject({ kind: 'heard', by: 'forged' })
    expect(reply(cycle, { [question]: 'F1 low' }, 'call_1')).toBe('context fix')
  })
})

describe('a question of Claude’s', () => {
  it('is answered with our list while the choice is open, and with nothing else at any other time', () => {
    const cycle = choosing()
    expect(questions(cycle)?.map(({ options }) => options.length)).toEqual([4])
    pause(cycle)
    expect([questions(cycle), questions(debating()), questions(new Cycle())]).toEqual([null, null, null])
  })
})

it('an edit asks the user when it is of a file of the gate’s, and is left alone otherwise', () => {
  const edit = (editedFile: string | null) =>
    decisions.PreToolUse(emptyState, facts({ editedFile }), {
      hook_event_name: 'PreToolUse',
      session_id: 's1',
      tool_name: 'Edit',
    })
  expect(edit('.claude/countersign.yaml')).toMatchObject({ do: 'reply', reply: { ask: {} } })
  expect(edit('src/a.js')).toMatchObject({ do: 'reply', reply: null })
})

describe('an answer to our question', () => {
  const ours = (cycle: Cycle) => questions(cycle)![0]!.question
  it('picks, and Claude gets its task list', () => {
    const cycle = choosing()
    expect(cycle.answer({ [ours(cycle)]: 'F2 low' })).toBe('context fix')
    expect(cycle.state.run!).toMatchObject({ stage: 'fix', choice: { picked: ['F2'], claudeKnows: true } })
  })
  it.each([
    ['nothing ticked', '', 'no finding was chosen'],
    ['an id that is not there', 'F9', 'F9 is not one of F1, F2'],
  ])('with %s picks nothing, and says how to go on', (_, given, why) => {
    const cycle = choosing()
    cycle.answer({ [ours(cycle)]: given })
    expect(cycle.last!.context).toBe(
      `Countersign · choice · cycle 1\nNothing picked: ${why}. End your turn; the user can still type \`pick F1\` or \`pick none\`.`,
    )
    expect(cycle.state.run!.stage).toBe('choice')
  })
  it('that is not there picks nothing', () => {
    const cycle = choosing()
    questions(cycle)
    cycle.fire('PostToolUse', { tool_name: 'AskUserQuestion' })
    expect(cycle.last!.context).toContain('Nothing picked: no finding was chosen')
  })
  it('while the gate is paused, or before the choice, is nobody’s business', () => {
    const cycle = choosing()
    const question = ours(cycle)
    pause(cycle)
    expect(cycle.answer({ [question]: 'F1' })).toBe('silence')
    expect(debating().answer({ [question]: 'F1' })).toBe('silence')
    expect(new Cycle().answer({ [question]: 'F1' })).toBe('silence')
  })
})
