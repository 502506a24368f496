import type { Position, Speaker } from '../../model/finding.ts'
import { type Priority, priorities } from '../../model/priority.ts'
import { agreedBy, highestHeld, isAboveLine, type Mark, marksOf } from '../ledger/debate.ts'
import { type DebatedFinding, findingsWith, openFindings, type Run } from '../ledger/state.ts'

export type Tone = Priority | 'disputed' | 'fixed' | 'quiet'
export type Section = { title: string; tone: Tone; findings: DebatedFinding[] }

/** The list as every report shows it: the agreed by priority, then the disputed, then the rest; no section is empty. */
export function sections(run: Run): Section[] {
  const agreed = findingsWith(run, 'agreed').sort(surestFirst)
  const all: Section[] = [
    ...priorities.map(priority => ({
      title: `Agreed · ${priority}`,
      tone: priority,
      findings: agreed.filter(finding => finding.priority === priority),
    })),
    { title: 'Disputed · you decide', tone: 'disputed', findings: findingsWith(run, 'disputed') },
    { title: 'Still being debated', tone: 'disputed', findings: openFindings(run) },
    { title: 'Fixed before the debate ended', tone: 'fixed', findings: fixed(run) },
    { title: 'Agreed not needed', tone: 'quiet', findings: findingsWith(run, 'not-needed') },
    {
      title: run.choice.frozenAt ? 'Raised outside the frozen scope' : 'Raised before',
      tone: 'quiet',
      findings: run.findings.filter(({ inScope }) => !inScope),
    },
  ]
  return all.filter(({ findings }) => findings.length > 0)
}

const fixed = (run: Run): DebatedFinding[] => findingsWith(run, 'open').filter(({ fate }) => fate === 'resolved')

/**
 * What the two said after the finding was raised, in order and through all cycles: looking again moves the raise itself
 * into the history, so that it is the first of both.
 */
export const answersOf = ({ history, positions }: DebatedFinding): Position[] => [...history, ...positions].slice(1)

/** When it was said; the reviewer's round 0 after the raise is its second look at what was to be fixed. */
export const occasion = ({ round }: Position): string => (round === 0 ? 're-check' : `round ${round}`)

export const claim = ({ needed, priority }: Position): string => (needed ? `needed, ${priority}` : 'not needed')

export const names: Record<Speaker, string> = { codex: 'Codex', claude: 'Claude' }

/** What both called needed at once is right more often than what one of them had to be persuaded of. */
const surestFirst = (a: DebatedFinding, b: DebatedFinding): number =>
  Number(agreedBy(a) === 'conceded') - Number(agreedBy(b) === 'conceded')

export const markWords: Record<Mark, string> = {
  'both-withdrew': 'both now say not needed',
  'raised-again': 'raised again',
  unverified: 'quote not found',
}

/** A finding in a few words beside its title and kind: what became of it, how it was agreed, and what is odd. */
export function remarks(finding: DebatedFinding): string[] {
  const { fate, priority } = finding
  const highest = highestHeld(finding)
  return [
    fate === 'pending' ? '' : fate,
    ...marksOf(finding).map(mark => markWords[mark]),
    isAboveLine(highest) && highest !== priority ? `once called ${highest}` : '',
    agreedBy(finding) === 'conceded' ? 'agreed in the debate' : '',
  ].filter(Boolean)
}

/** What a position says, with a word where its quote stands nowhere; the finding's own has a mark. */
export const reasonOf = ({ round, reason, evidence }: Position): string =>
  evidence === 'false' && round > 0 ? `${reason} (quote not found in the tree)` : reason
