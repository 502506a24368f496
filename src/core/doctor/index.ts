import type { DoctorFacts } from '../../model/setup/doctor-facts.ts'
import type { CheckGroup, Judged } from './check.ts'
import { config } from './config.ts'
import { files } from './files.ts'
import { hooks } from './hooks.ts'
import { programs } from './programs.ts'
import { settings } from './settings.ts'
import { state } from './state.ts'

export const checkGroups: CheckGroup[] = [programs, settings, hooks, files, config, state]

export type CheckResult = Judged & { id: string; group: string }

/** Judges everything that was looked up, in the order in which it is shown. */
export const judgeSetup = (facts: DoctorFacts): CheckResult[] =>
  checkGroups.flatMap(({ name, checks }) => checks.map(({ id, judge }) => ({ id, group: name, ...judge(facts) })))
