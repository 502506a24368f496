import {
  flag,
  foreignText,
  listOf,
  number,
  type ObjectOf,
  object,
  optional,
  orNull,
  text,
  type ValueOf,
  wordLike,
} from './shape.ts'

/** Who may be behind a prompt; the word of all but the user counts for nothing. */
export const voices = ['user', 'scheduled', 'notification', 'agent', 'nested', 'forged', 'unplaced', 'hook'] as const
export type Voice = (typeof voices)[number]

/** A process that was a Claude Code session here, and the ISO time at which it was known to be. */
export const sessionProcess = object({ pid: number, since: orNull(text) })
export type SessionProcess = ValueOf<typeof sessionProcess>

/** A prompt, and the session that it was given to. */
export const sessionPrompt = object({ session: text, text: foreignText(4000) })
export type SessionPrompt = ValueOf<typeof sessionPrompt>

/** What was done in the user's name, or tried, without the prompt and the picker of the session that the user sees. */
export const deed = {
  what: wordLike([
    ...['picked', 'dismissed', 'paused', 'resumed', 'gate-files', 'choice-refused'],
    ...['settings-off', 'settings-refused', 'environment', 'asked', 'forgotten', 'left-in-remote'],
  ] as const),
  /** Findings, files, what a prompt said, what switches the gate off, or where the gate begins anew, as phrases. */
  names: listOf(foreignText(200)),
  /** `command`, or a voice. */
  by: text,
  /** Whether it countersigned the change. */
  signed: optional(flag),
  /** The session that did it, and its process: it is not told there. Left out where no session shows what was done. */
  session: optional(text),
  pid: optional(orNull(number)),
  /** Sessions in which it was told, while it is still to be told in others. */
  toldIn: optional(listOf(text)),
}
export type Deed = ObjectOf<typeof deed>
