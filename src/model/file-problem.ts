/** A place in a file that cannot be read as it should be, and why; line and column count from 1. */
export type FileProblem = { file: string; line: number; column: number; problem: string }

/** The same where it is known which file is meant. */
export type ConfigFault = Omit<FileProblem, 'file'>

/** Why a settings.json cannot be spliced, and where. `what` is a code; errors/settings-faults.ts has the words. */
export type SettingsFault = { line: number; column: number; what: string }
