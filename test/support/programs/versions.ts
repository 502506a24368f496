import { compareVersions } from '../../../src/core/text/versions.ts'
import { findPrograms } from '../../../src/rehearsal/programs/programs.ts'

// What the real programs do not all do, for the tests that look at it.

const { claudeVersion, codexVersion } = findPrograms()
const isFrom = (version: string, first: string): boolean => compareVersions(version, first) >= 0

/** Whether `claude -p` prints what a hook tells the user; ScheduleWakeup, and today's way with faulty settings, came with it. */
export const claudeShowsMessages = isFrom(claudeVersion, '2.1.300')
/** Whether `codex exec` says of a flagged turn that it was flagged. */
export const codexSaysFlagged = isFrom(codexVersion, '0.160.0')
