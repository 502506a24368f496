import type { DoctorFacts } from '../../model/setup/doctor-facts.ts'

/**
 * ok: no problem. warning: it works, but may not be what is wanted. fault: the cycle cannot run.
 * skipped: cannot be checked, because of what another check has already reported.
 */
export type Mark = 'ok' | 'warning' | 'fault' | 'skipped'

export type Judged = {
  mark: Mark
  /** One sentence or less. */
  says: string
  /** One item a line, such as the files concerned. */
  details?: string[]
  /** The one command, or else the one step, that fixes it; null when there is nothing to fix. */
  fix: string | null
}

/** One thing to look at. The id is stable: tools go by it. */
export type Check = { id: string; judge: (facts: DoctorFacts) => Judged }

export type CheckGroup = { name: string; checks: Check[] }

export const ok = (says: string, details: string[] = []): Judged => ({ mark: 'ok', says, details, fix: null })
export const skipped: Judged = { mark: 'skipped', says: 'not checked', fix: null }
export const warning = (says: string, fix: string | null, details: string[] = []): Judged => ({
  mark: 'warning',
  says,
  details,
  fix,
})
export const fault = (says: string, fix: string, details: string[] = []): Judged => ({
  mark: 'fault',
  says,
  details,
  fix,
})

/** Restores Countersign's own entries and files, and nothing else. */
export const ownFix = 'npx countersign doctor --fix'
