import { choiceText, debateText, fixText, heldReviewText, redTestsText, selfReviewText } from './author-texts.ts'
import { spent } from './budget.ts'
import { readDebateAnswer } from './debate-answer.ts'
import { type Facts, placeOf } from './facts.ts'
import { cleaned } from './foreign-text.ts'
import { readSelfReview } from './self-review.ts'
import { choosable, type Owed, openFindings, openRun, type Run, type State, withOutcome } from './state.ts'
import { hold, letGo, record, reply, type Step, signed, silence, startRun } from './step.ts'

/** A fix that mends nothing is debated once; when the next one mends nothing either, the user decides. */
const mostUnmoved = 2

/** Decides what happens when Claude wants to stop. The order of the rules is the cycle's. */
export function onStop(state: State, facts: Facts): Step {
  if (state.paused) return silence
  const run = openRun(state)
  if (!run) return startRun(state, facts)
  if (run.owner.session !== facts.session) {
    if (facts.ownerAlive) return silence
    return record({ kind: 'adopted', session: facts.session, pid: facts.pid })
  }
  if (run.baseHead !== undefined && run.baseHead !== facts.head) return { do: 'follow-head', from: run.baseHead }
  if (facts.tree === run.base) return reply(null, { kind: 'withdrawn', tree: facts.tree, head: facts.head })
  if (facts.tree === state.skipped && !wakes(run, facts)) return heldForReview(run, facts)
  if (facts.tree !== run.tree) return moved(run, facts)
  return stages[run.stage](run, facts)
}

/** What can go on at a tree where Claude was let go: it declares itself ready, or the reviewer may be back. */
function wakes(run: Run, facts: Facts): boolean {
  if (run.owed) return isDue(run.owed, facts)
  return run.stage === 'self-review' && readSelfReview(facts.message)?.ready === true
}

/** Whether what kept the reviewer away can have passed. */
export function isDue(owed: Owed, { now, codexFound, codexFailed }: Facts): boolean {
  if (codexFailed) return false
  return owed.reason === 'missing' ? codexFound : owed.until === null || now >= owed.until
}

function heldForReview(run: Run, facts: Facts): Step {
  const { gate, limits } = facts.config
  if (!run.owed || gate.onReviewerFailure === 'allow' || run.asks >= limits.answers) return silence
  return hold(run, facts, { block: heldReviewText(run, run.owed, limits.answers) })
}

/** An edit sends the cycle back to the tests; after a pick it begins the next cycle. */
function moved(run: Run, facts: Facts): Step {
  const cycle = run.stage === 'fix' ? run.cycle + 1 : run.cycle
  if (cycle > facts.config.limits.cycles) return letGo('cycles', facts)
  // An edit that undoes an edit: the review of this very tree is in the ledger, and would come out as it did.
  if (run.reviewedTrees.includes(facts.tree)) return letGo('seen-before', facts)
  return record({ kind: 'entered', stage: 'tests', tree: facts.tree, cycle, round: 0 })
}

const enter = (run: Run, stage: Run['stage'], round = 0): Step =>
  record({ kind: 'entered', stage, tree: run.tree, cycle: run.cycle, round })

const stages: Record<Run['stage'], (run: Run, facts: Facts) => Step> = {
  idle: () => silence,
  countersigned: () => silence,

  tests(run, facts) {
    const tests = run.tests.get(facts.tree)
    if (!tests) return { do: 'run-tests' }
    if (tests.result === 'unable') return letGo('tests-unable', facts)
    if (tests.result !== 'red') return enter(run, 'self-review')
    const attempts = facts.config.limits.testAttempts
    if (run.redAttempts >= attempts) return letGo('red', facts)
    return hold(run, facts, {
      block: redTestsText(run, tests, { attempt: run.redAttempts + 1, attempts, mark: facts.mark }),
    })
  },

  'self-review'(run, facts) {
    const answer = readSelfReview(facts.message)
    if (answer?.ready)
      return record({ kind: 'self-reviewed', tree: facts.tree, ...cleaned(answer) }, entered(run, 'review'))
    if (answer) return reply(null, { kind: 'self-reviewed', tree: facts.tree, ...cleaned(answer) })
    if (run.asks >= facts.config.limits.answers) return letGo('no-self-review', facts)
    const problems = run.asks > 0 ? ['there was no `self-review: ready` or `self-review: not ready`'] : []
    return hold(run, facts, { context: selfReviewText(run, problems, facts.config.limits.answers) }, problems)
  },

  review(run, facts) {
    if (run.unmoved >= mostUnmoved && run.review && openFindings(run).length > 0)
      return record({ kind: 'no-progress', ids: openFindings(run).map(({ id }) => id) })
    if (run.review && run.review.result !== 'could-not-review')
      return openFindings(run).length > 0 ? enter(run, 'debate', 1) : concluded(run, facts)
    return callCodex(run, facts, 'review', { do: 'review' })
  },

  debate(run, facts) {
    const open = openFindings(run)
    if (open.length === 0) return concluded(run, facts)
    const { rounds } = facts.config.debate
    if (run.rebuttedRound === run.round) return enter(run, 'debate', run.round + 1)
    if (run.answeredRound === run.round)
      return callCodex(run, facts, 'rebuttal', { do: 'rebut', last: run.round >= rounds })
    const { positions, unanswered, problems } = readDebateAnswer(
      facts.message,
      run.round,
      open,
      withOutcome(run, 'agreed', 'not-needed', 'disputed'),
    )
    const { answers } = facts.config.limits
    if (problems.length === 0 || run.asks >= answers)
      return record({ kind: 'answered', round: run.round, positions: cleaned(positions), unanswered })
    const wrong = run.asks > 0 ? problems : []
    return hold(run, facts, { context: debateText(run, open, { wrong, rounds, answers, ...placeOf(facts) }) }, wrong)
  },

  choice: (run, facts) => (run.asks > 0 ? silence : hold(run, facts, { context: choiceText(run, placeOf(facts)) })),

  fix(run, facts) {
    if (run.told && run.asks > 0) return letGo('not-fixed', facts)
    return hold(run, facts, { context: fixText(run, placeOf(facts)) })
  },
}

const entered = (run: Run, stage: Run['stage']) =>
  ({ kind: 'entered', stage, tree: run.tree, cycle: run.cycle, round: 0 }) as const

/** Asks Codex, unless its calls are spent or it is known not to answer yet. */
function callCodex(run: Run, facts: Facts, call: Owed['call'], step: Step): Step {
  if (facts.codexFailed || (run.owed && !isDue(run.owed, facts))) return silence
  // Parts that are reviewed already are brought to an end, which takes no call any more.
  const ends = call === 'review' && run.parts.length > 0
  const detail = spent(run, facts.config.limits)
  if (ends || !detail) return step
  const usage = { inputTokens: 0, outputTokens: 0 }
  return record({
    kind: 'could-not-review',
    call,
    tree: facts.tree,
    reason: 'budget',
    until: null,
    detail,
    usage,
    seconds: 0,
  })
}

/** After the debate: the user chooses, or there is nothing to choose from and both models have signed. */
function concluded(run: Run, { head }: Facts): Step {
  if (choosable(run).some(({ fate }) => fate === 'pending')) return enter(run, 'choice')
  return reply(null, signed(run, head))
}
