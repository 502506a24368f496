import { outcome, standing } from '../../../src/core/ledger/debate.ts'
import { isOver, raise, withPositions } from '../../../src/core/ledger/finding-reducer.ts'
import type { DebatedFinding } from '../../../src/core/ledger/state.ts'
import type { Finding, Position } from '../../../src/model/finding.ts'
import { type Priority, priorities } from '../../../src/model/priority.ts'

// Two noisy models that debate true and false findings. What a finding is, what each says, gives in to and can show comes from
// a seed; what that comes to is decided by the rule under test, the shipped one among them. The chances are those that public
// measurements of reviewing models give, where there are any; levels are the models', the order of the rules is the result.

/** Chances, 0 to 1. See `base` for what they are taken from. */
export type Profile = typeof base
export const base = {
  /** The author says “needed” to a true and to a false finding at first sight. */
  acceptsTrue: 0.85,
  acceptsFalse: 0.4,
  /** The reviewer gives a false and a true finding up when the author argues, in a round. */
  concedesFalse: 0.55,
  concedesTrue: 0.2,
  /** The author, pressed, gives in to a true and to a false one. */
  yieldsToTrue: 0.45,
  yieldsToFalse: 0.3,
  /** Wrong changes of mind grow with each round, right ones decline. */
  pressure: 0.25,
  fatigue: 0.2,
  /** A right and a wrong change of mind can show a quote that stands where it counts. */
  showsRight: 0.85,
  showsWrong: 0.5,
  /** A right and a wrong change of mind is written with its reason: all that the first rule asked for. */
  saysRight: 0.95,
  saysWrong: 0.92,
  /** A priority is exact; else it is one step off, seldom two. The author leans down, the reviewer up. */
  exact: 0.6,
  authorDown: 0.25,
  reviewerUp: 0.2,
}

export const profiles: Record<string, Partial<Profile>> = {
  typical: {},
  yielding: { concedesTrue: 0.5, showsWrong: 0.9 },
  deferential: { acceptsTrue: 0.97, acceptsFalse: 0.8 },
  stubborn: { acceptsTrue: 0.6, acceptsFalse: 0.1, yieldsToTrue: 0.2, yieldsToFalse: 0.05 },
  'stubborn and yielding': {
    ...{ acceptsTrue: 0.6, acceptsFalse: 0.1, yieldsToTrue: 0.2, yieldsToFalse: 0.05 },
    ...{ concedesTrue: 0.5, showsWrong: 0.9 },
  },
  adversary: {
    ...{ acceptsTrue: 0.02, acceptsFalse: 0.02, concedesTrue: 0.9, concedesFalse: 0.95 },
    ...{ showsWrong: 0.97, showsRight: 0.97 },
  },
}

/** What a finding is, and every draw that its debate can need: the same for each rule. */
export type Item = { real: boolean; truth: number; codex: number; claude: number; draws: number[] }

/** True and false findings as a reviewer raises them; of the true ones so many are critical, high, medium and low. */
const shareReal = 0.42
const trueMix = [0.066, 0.3, 0.343, 0.291]
const falseMix = [0.05, 0.25, 0.4, 0.3]
const drawsPerItem = 24

/** A stream of numbers from 0 to 1 (mulberry32). */
export const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}

export function item(seed: number, profile: Profile): Item {
  const next = random(seed)
  const real = next() < shareReal
  const truth = chosen(real ? trueMix : falseMix, next())
  const off = () => (next() < profile.exact ? 0 : (next() < 0.5 ? -1 : 1) * (next() < 0.8 ? 1 : 2))
  const codex = within(truth + off() - (next() < profile.reviewerUp ? 1 : 0))
  const claude = within(truth + off() + (next() < profile.authorDown ? 1 : 0))
  return { real, truth, codex, claude, draws: Array.from({ length: drawsPerItem }, next) }
}

const within = (step: number): number => Math.max(0, Math.min(3, step))
function chosen(mix: number[], draw: number): number {
  let left = draw
  for (const [at, share] of mix.entries()) {
    if (left < share) return at
    left -= share
  }
  return mix.length - 1
}

/** A rule: whether the debate of a finding goes on after a round, and what it came to. */
export type Rule = {
  name: string
  rounds: number
  /** What two positions and all before them come to. */
  end: (finding: DebatedFinding, said: Position[], last: boolean) => DebatedFinding
}

/** The reducer that the gate replays its ledger with. */
export const shipped = (rounds: number, name = `by evidence, up to ${rounds} rounds`): Rule => ({
  name,
  rounds,
  end: (finding, said, last) =>
    withPositions(
      [finding],
      said.map(position => ({ id: finding.id, ...position })),
      { over: said.at(-1)?.by === 'codex' ? isOver(last) : () => false, across: 'ask' },
    )[0]!,
})

/** The rule of the first versions: a change of mind with a reason counts, and what neither calls needed is dropped. */
export const first = (rounds: number, name = `by words, up to ${rounds} rounds`): Rule => ({
  name,
  rounds,
  end: (finding, said, last) => {
    const positions = [...finding.positions, ...said]
    const worded = positions.map(position => ({ ...position, evidence: said_(position) }))
    const claude = standing(worded, 'claude')
    const codex = standing(worded, 'codex')
    const both = claude?.needed === codex?.needed
    const over = last && said.at(-1)?.by === 'codex'
    const now = both ? (claude?.needed ? 'agreed' : 'not-needed') : over ? 'disputed' : 'open'
    return { ...finding, positions, outcome: now }
  },
})
const said_ = ({ concession }: Position) => (concession ? ('checked' as const) : ('none' as const))

/** How the debate of one finding ends. */
export function debated({ real, truth, codex, claude, draws }: Item, profile: Profile, rule: Rule) {
  let at = 0
  const draw = () => draws[at++]!
  const finding: Finding = {
    ...{ id: 'F1', title: 't', body: 'b', kind: 'defect', priority: priorities[codex]!, file: 'a.js' },
    ...{ lineStart: 1, lineEnd: 1, quote: 'the code in question', fix: 'f', verified: true, inScope: true },
  }
  const accepts = draw() < (real ? profile.acceptsTrue : profile.acceptsFalse)
  let now = rule.end(raise(finding), [said('claude', 1, accepts, claude, false, false, 0)], false)
  let round = 1
  for (; now.outcome === 'open' && round <= rule.rounds; round++) {
    if (round > 1) {
      const flips = draw() < changing(real ? profile.yieldsToTrue : profile.yieldsToFalse, real, round - 2, profile)
      const [shows, words] = [draw() < showing(real, profile), draw() < wording(real, profile)]
      now = rule.end(now, [said('claude', round, flips, claude, flips && shows, flips && words, round)], false)
      if (now.outcome !== 'open') break
    } else [draw(), draw(), draw()]
    const right = !real
    const flips = draw() < changing(right ? profile.concedesFalse : profile.concedesTrue, right, round - 1, profile)
    // What it shows is evidence for what it says: of a true finding a right flip is none, and standing by it is right.
    const shows = draw() < (flips ? showing(right, profile) : showing(!right, profile))
    const words = draw() < wording(right, profile)
    now = rule.end(now, [said('codex', round, !flips, codex, shows, flips && words, round)], round >= rule.rounds)
  }
  if (now.outcome === 'open') now = { ...now, outcome: outcome(now, true).outcome }
  return { real, urgent: real && truth <= 1, calledUrgent: codex <= 1, outcome: now.outcome, rounds: round }
}

const changing = (chance: number, right: boolean, before: number, { pressure, fatigue }: Profile): number =>
  Math.min(0.98, chance * (right ? (1 - fatigue) ** before : (1 + pressure) ** before))
const showing = (right: boolean, { showsRight, showsWrong }: Profile): number => (right ? showsRight : showsWrong)
const wording = (right: boolean, { saysRight, saysWrong }: Profile): number => (right ? saysRight : saysWrong)

function said(
  by: 'claude' | 'codex',
  round: number,
  needed: boolean,
  step: number,
  shows: boolean,
  words: boolean,
  place: number,
): Position {
  const line = 1000 * (place + 1) + (by === 'codex' ? 500 : 0)
  return {
    ...{ by, round, needed, priority: needed || by === 'claude' ? (priorities[step] as Priority) : null, reason: 'r' },
    concession: words ? 'c' : null,
    evidence: shows ? 'checked' : 'none',
    cited: shows ? [{ file: 'b.js', lineStart: line, lineEnd: line, quote: `line ${line}` }] : [],
  }
}

export type Shares = {
  /** Of the truly critical and high, in per cent of them. */
  urgentDropped: number
  /** Of those that the reviewer called critical or high. */
  raisedUrgentDropped: number
  realDropped: number
  falseAgreed: number
  /** Of what is agreed, how much is true. */
  precision: number
  disputed: number
  /** A finding's rounds with Codex, on average. */
  rounds: number
}

/** What a rule makes of many findings, in per cent. */
export function simulate(rule: Rule, profile: Profile, seeds: number, from = 1): Shares {
  const ends = Array.from({ length: seeds }, (_, seed) => debated(item(from + seed, profile), profile, rule))
  const share = (some: typeof ends, of: typeof ends) => (100 * some.length) / Math.max(1, of.length)
  const [urgent, real, unreal] = [
    ends.filter(one => one.urgent),
    ends.filter(one => one.real),
    ends.filter(one => !one.real),
  ]
  const agreed = ends.filter(one => one.outcome === 'agreed')
  const raisedUrgent = ends.filter(one => one.calledUrgent)
  const isDropped = ({ outcome: end }: (typeof ends)[number]) => end === 'not-needed'
  return {
    urgentDropped: share(urgent.filter(isDropped), urgent),
    raisedUrgentDropped: share(raisedUrgent.filter(isDropped), raisedUrgent),
    realDropped: share(real.filter(isDropped), real),
    falseAgreed: share(
      unreal.filter(one => one.outcome === 'agreed'),
      unreal,
    ),
    precision: share(
      agreed.filter(one => one.real),
      agreed,
    ),
    disputed: share(
      ends.filter(one => one.outcome === 'disputed'),
      ends,
    ),
    rounds: ends.reduce((sum, one) => sum + one.rounds - 1, 0) / seeds,
  }
}
