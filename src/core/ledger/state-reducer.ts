import type { LetGoReason, Telling } from '../../model/ledger/fields.ts'
import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import type { Deed } from '../../model/ledger/users-word.ts'
import { billed, isOwner, mostScheduled, withProcess, withPrompt } from './run-reducer.ts'
import type { Course, Review, Run, State } from './state.ts'
import { afterSettling } from './suite-memory.ts'

// What entries change in the state around a run, and what calls to Codex change that are no review yet.

export function afterSession(before: State, entry: HappeningOf<'session'> & { at?: string }): Partial<State> {
  const { session, pid, phase, inside = false, head, known = before.known, at = null } = entry
  const { sessions, endedSessions, recorded, unspoken, processes } = before
  const others = endedSessions.filter(ended => ended !== session)
  if (phase === 'ended') return inside ? {} : { endedSessions: [...others, session].slice(-20), endedHead: head, known }
  return {
    // One inside another has no end of its own.
    sessions: inside ? sessions : [...sessions.filter(one => one !== session), session].slice(-20),
    endedSessions: inside ? endedSessions : others,
    recorded: recorded && [...recorded.filter(one => one !== session), session].slice(-mostRecorded),
    unspoken: [...withoutOne(unspoken, session), session].slice(-20),
    processes: withProcess(processes, pid, at),
  }
}

const withoutOne = (sessions: string[], session: string): string[] => sessions.filter(one => one !== session)

/** Something has been said in this session, by whomever. */
export const afterWords = ({ unspoken }: State, { session }: { session: string }): Partial<State> => ({
  unspoken: withoutOne(unspoken, session),
})

/** More than anybody leaves open at once. */
const mostRecorded = 200

/** What is known from before a run goes on with it: the lines before its start are not read again. */
export const afterStart = (before: State, entry: HappeningOf<'run-started'> & { at?: string }): Partial<State> => ({
  processes: withProcess(entry.carried?.processes ?? before.processes, entry.pid, entry.at ?? null),
  // The lines before this one are not read again: what an earlier version did not hand on is not known.
  recorded: entry.carried?.sessions,
  scheduled: entry.carried?.scheduled ?? before.scheduled,
  deeds: entry.carried?.deeds ?? before.deeds,
  asked: entry.carried?.asked ?? before.asked,
  known: entry.known ?? before.known,
  globs: entry.globs ?? before.globs,
  nested: entry.nested ?? before.nested,
  told: entry.told ?? before.told,
  suites: (entry.suites ?? before.suites) as State['suites'],
  rules: entry.rules ?? before.rules,
  since: entry.since ?? before.since,
  gateFiles: entry.gate ?? before.gateFiles,
  lookedAt: undefined,
  heard: [],
  questionPut: null,
  unclear: null,
  prompts: (entry.carried?.prompts ?? []).map(prompt => ({ ...prompt, apart: true })),
  skipped: null,
  limitReached: false,
  lifted: [],
})

/** More sessions than anybody has open at once, and more nested repositories. */
const mostTold = 200

export const withScheduled = (scheduled: string[], texts: string[]): string[] =>
  [...scheduled.filter(known => !texts.includes(known)), ...texts].slice(-mostScheduled)

/** What is said to another session than that of the run lifts nothing there, until that session takes the run over. */
export function afterPrompt(before: State, entry: HappeningOf<'prompted'>): Partial<State> {
  const { session, pid, text, apart = false } = entry
  const { run, skipped, limitReached, lifted } = before
  const prompts = withPrompt(before.prompts, { session, text, apart })
  if (run && !isOwner(run, { session, pid }))
    return {
      prompts,
      endedHead: undefined,
      lifted: limitReached ? [...new Set([...lifted, session])].slice(-20) : lifted,
    }
  return { prompts, endedHead: undefined, skipped: run?.counts.heldOut ? null : skipped, limitReached: false }
}

/** A run in the hands of another session: where its words lift the limits, it may go on at the tree where it was let go. */
export const afterTakeover = (
  { processes, run, skipped }: State,
  { session, pid, at }: HappeningOf<'adopted'> & { at?: string },
): Partial<State> => ({
  processes: withProcess(processes, pid, at ?? null),
  skipped: run?.counts.heldOut && run.waiting.some(one => one.session === session) ? null : skipped,
})

/** These end the run without a countersignature: the change is the user's to judge. */
export const handsOver: LetGoReason[] = ['cycles', 'budget', 'unsent', 'withheld', 'nested', 'beside', 'left-out']
/** Of these, what happens without the user has come to its limit; every cycle but the first is the user's own. */
const limits: LetGoReason[] = ['budget', 'unsent']

export function afterLetGo(before: State, entry: HappeningOf<'let-go'>): Partial<State> {
  const { tree, head, why, nested = before.nested } = entry
  if (!handsOver.includes(why)) return { skipped: tree }
  const limitReached = limits.includes(why)
  const suites = afterSettling(before, tree)
  return { settled: { tree, head }, suites, nested, rules: undefined, skipped: null, limitReached, lifted: [] }
}

/** A session by which it is known that it was asked something. A second process of the run's own session is another one. */
export const askedAs = (run: Run | null, { session = '', pid = null }: Pick<Deed, 'session' | 'pid'>): string =>
  run?.owner.session === session ? `${session} ${pid}` : session

type Told = HappeningOf<'deeds-told'>

/** Whether a deed was done by this session, in this process: it is not told there. */
export const isDoneBy = (
  deed: Deed,
  { session, pid = null }: Told | { session: string; pid: number | null },
): boolean => deed.session !== undefined && deed.session === session && (deed.pid ?? null) === pid

/** What was done elsewhere and was not told in this session yet. */
export const untoldDeeds = (deeds: Deed[], at: { session: string; pid: number | null }): Deed[] =>
  deeds.filter(deed => !isDoneBy(deed, at) && !deed.toldIn?.includes(at.session))

/** What is still to be told once some were: what the session has done itself, and what others have to hear too. */
export const afterTelling = (deeds: Deed[], telling: Told): Deed[] =>
  deeds.flatMap(deed => {
    if (isDoneBy(deed, telling)) return [deed]
    const { session, kept = false } = telling
    return kept && session !== undefined
      ? [{ ...deed, toldIn: [...new Set([...(deed.toldIn ?? []), session])].slice(-20) }]
      : []
  })

/** A later deed that says all that an earlier one does takes its place. */
export const withDeed = (deeds: Deed[], { what, names, by, signed = false, session, pid }: Deed): Deed[] => {
  const deed = { what, names, by, signed, ...(session !== undefined && { session, pid: pid ?? null }) }
  return [...deeds.filter(one => !isSaidBy(deed, one)), deed].slice(-20)
}

/** Whether a later deed says all that an earlier one does */
const isSaidBy = (later: Deed, { what, names, by, signed, session }: Deed): boolean =>
  !signed &&
  later.session === session &&
  names.length > 0 &&
  later.what === what &&
  later.by === by &&
  names.every(name => later.names.includes(name))

/** Said twice it is known once. */
export const withTold = (told: Telling[], { session, what, about }: Telling): Telling[] => {
  const others = told.filter(one => one.session !== session || one.what !== what || one.about !== about)
  return [...others, { session, what, about }].slice(-mostTold)
}

/** What a call adds to those of its cycle that ask for the rest of an answer. */
export function afterCall({ bill, reviews }: Run, { cycle, followUp }: HappeningOf<'codex-called'>): Partial<Course> {
  const before = reviews.followUps.cycle === cycle ? reviews.followUps.count : 0
  const followUps = { cycle, count: before + (followUp ? 1 : 0) }
  return { bill: { ...bill, codexCalls: bill.codexCalls + 1 }, reviews: { ...reviews, followUps } }
}

/** A review that is still to be done, with what of it is there. */
export function afterFailure(run: Run, entry: HappeningOf<'could-not-review'> & { at?: string }): Partial<Course> {
  const { call, tree, reason, until, detail, kept } = entry
  const isRebuttal = call === 'rebuttal'
  return {
    bill: billed(run, entry),
    owed: {
      ...{ call, reason, until, detail, since: entry.at ?? null },
      kept: kept ? { ...kept, tree, round: run.round } : null,
    },
    // A thread that Codex cannot go on in (it may have been pruned) is given up; the next try begins one.
    reviews: isRebuttal && reason === 'crashed' ? { ...run.reviews, thread: null } : run.reviews,
    review: isRebuttal ? run.review : unreviewed(entry),
  }
}

/** A review that could not be done, as reports show it. */
const unreviewed = ({ reason, detail }: HappeningOf<'could-not-review'>): Review => ({
  ...{ result: 'could-not-review', reason, model: null, summary: detail },
  ...{ reviewed: [], notReviewed: [], leftOut: [] },
})
