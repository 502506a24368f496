import { runsAgain } from '../../ledger/run-reducer.ts'
import { redTestsText } from '../../messages/author-texts.ts'
import { mostTestRuns } from '../facts.ts'
import { hold, letGo } from '../step.ts'
import { enter, type StageRule } from './enter.ts'

/** Every suite runs once for a tree, and once more after each word about red; red sends Claude back, a bounded number of times. */
export const tests: StageRule = (run, facts) => {
  const ran = run.tests.ran.get(facts.tree)
  if (!ran || runsAgain(run, facts.tree))
    return facts.testRuns < mostTestRuns ? { do: 'run-tests', run } : letGo('tests-move', facts)
  if (ran.result === 'unable') return letGo('tests-unable', facts)
  if (ran.result !== 'red') return enter(run, 'self-review')
  const attempts = facts.config.limits.testAttempts
  if (run.counts.redAttempts >= attempts) return letGo('red', facts)
  const block = redTestsText(run, ran, { attempt: run.counts.redAttempts + 1, attempts, mark: facts.mark })
  return hold(run, facts, { block })
}
