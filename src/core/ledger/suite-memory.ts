import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { SuiteMemory, SuiteRun, TestCount } from '../../model/ledger/suites.ts'
import type { Course, Run, State } from './state.ts'

/**
 * What a suite's count is held against: that of the last settled tree, else the highest of this run, so that what is deleted
 * in the first change is seen too. Undefined where nothing is known; null where the suite did not tell.
 */
export function countBefore({ suites }: Pick<State, 'suites'>, run: Run, name: string): TestCount | null | undefined {
  if (Object.hasOwn(suites, name)) return suites[name]!.count
  return Object.hasOwn(run.tests.most, name) ? run.tests.most[name] : undefined
}

/** What a test run changes; a tree that holds besides only what the run itself added is as tested as the one before. */
export function afterTests(
  { tests, bill }: Run,
  { tree, after, result, seconds, suites, moved = [], setAside = [] }: HappeningOf<'tests-ran'>,
): Partial<Course> {
  const ran = { result, seconds, suites, moved }
  return {
    tests: {
      ran: new Map(tests.ran).set(tree, ran).set(after ?? tree, ran),
      heardSince: false,
      most: withCounts(tests.most, suites),
      setAside: [...tests.setAside, ...setAside].slice(-50),
    },
    bill: { ...bill, seconds: bill.seconds + seconds },
  }
}

/** The highest counts of a run once these suites have run, too. */
export function withCounts(most: Run['tests']['most'], suites: SuiteRun[]): Run['tests']['most'] {
  const higher = suites.flatMap(({ name, count }) => {
    const known = Object.hasOwn(most, name) ? most[name] : undefined
    return count === undefined || (known && (!count || count.ran < known.ran)) ? [] : [[name, count] as const]
  })
  return { ...most, ...Object.fromEntries(higher) }
}

/** What is known of each suite once a tree is settled: as it ran there, else as before. */
export function afterSettling(
  { suites, run }: Pick<State, 'suites' | 'run'>,
  tree: string,
): Record<string, SuiteMemory> {
  const ran = run?.tests.ran.get(tree)?.suites ?? []
  const known = ran.flatMap(({ name, count, seconds, older = [] }) =>
    count === undefined ? [] : [[name, { count, seconds, ...(older.length > 0 && { older }) }] as const],
  )
  return { ...suites, ...Object.fromEntries(known) }
}

/** Older failures of a suite that the user has been told of: in this run, or when the tree was last settled. */
export function olderSaid({ suites }: Pick<State, 'suites'>, run: Run, name: string): string[] {
  const settled = Object.hasOwn(suites, name) ? (suites[name]!.older ?? []) : []
  const inRun = [...run.tests.ran.values()].flatMap(ran => ran.suites.filter(suite => suite.name === name))
  return [...settled, ...inRun.flatMap(({ older = [] }) => older)]
}
