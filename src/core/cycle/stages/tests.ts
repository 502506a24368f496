import { runsAgain } from '../../ledger/run-reducer.ts'
import { noTestsText, redTestsText } from '../../messages/author-texts.ts'
import { mostTestRuns } from '../facts.ts'
import { hold, letGo } from '../step.ts'
import { enter, type StageRule } from './enter.ts'

/**
 * Every suite runs once for a tree, and once more after each word about one that was not green. Red sends Claude back, and so
 * does a run without a test; a bounded number of times, both together.
 */
export const tests: StageRule = (run, facts) => {
  const ran = run.tests.ran.get(facts.tree)
  if (!ran || runsAgain(run, facts.tree))
    return facts.testRuns < mostTestRuns ? { do: 'run-tests', run } : letGo('tests-move', facts)
  if (ran.result === 'unable') return letGo('tests-unable', facts)
  if (ran.result !== 'red' && ran.result !== 'no-tests') return enter(run, 'self-review')
  const attempts = facts.config.limits.testAttempts
  if (run.counts.redAttempts >= attempts) return letGo(ran.result, facts)
  const text = ran.result === 'red' ? redTestsText : noTestsText
  return hold(run, facts, {
    block: text(run, ran, { attempt: run.counts.redAttempts + 1, attempts, mark: facts.mark }),
  })
}
