import type { Question } from '../../model/hook-reply.ts'
import type { PickedBy } from '../../model/ledger/fields.ts'
import type { Happening } from '../../model/ledger/ledger-entry.ts'
import { priorities } from '../../model/priority.ts'
import { highestHeld, marksOf } from '../ledger/debate.ts'
import { choosable, offered, pickable, undecided, unreadOffered } from '../ledger/lists.ts'
import { type DebatedFinding, openFindings, type Run } from '../ledger/state.ts'
import { markWords } from '../messages/sections.ts'
import { fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { type Ids, isPick, parsePick, select, type Term } from './pick.ts'
import { signed, type Uncovered } from './step.ts'

// AskUserQuestion takes at most 4 questions of 4 options, and labels of a few words.
const maxOptions = 4
const maxQuestions = 4
/** Characters. A choice is a line; whatever is longer is a prompt like any other. */
const longestPick = 2000
const noneLabel = 'None of these'

/**
 * Reads a choice: `F1 F3-F5 high`, `all`, `disputed`, `none`. Ids may name anything that was raised; priorities and `all` select
 * from what is agreed. What was dismissed, or is agreed not to be needed, is chosen by its id alone.
 */
export const readPick = (text: string, run: Run): Ids =>
  text.length > longestPick ? { problem: 'that is too long for a choice' } : choose(parsePick(text), run)

/** What a parsed choice names on the run's list. */
export function choose(terms: Term[], run: Run): Ids {
  const alone = terms.find(({ is }) => is === 'none' || is === 'unread')
  if (alone && terms.length > 1) return { problem: `“${alone.is}” cannot be combined with other choices` }
  if (alone) {
    const open = run.status === 'on' ? openFindings(run).map(({ id }) => id) : []
    return open.length > 0
      ? { problem: `${open.join(', ')} cannot be left yet: the debate is not over` }
      : withNothing(alone.is === 'unread', run)
  }
  const [agreed, disputed] = [choosableAs('agreed', run), choosableAs('disputed', run)]
  const group = agreed.map(finding => ({ ...finding, highest: highestHeld(finding) }))
  return select(terms, { named: pickable(run), group, disputed })
}

/** Fixing nothing signs the change. Where Codex has not read all of it, only a word that says so does. */
function withNothing(signsUnread: boolean, run: Run): Ids {
  const files = unreadOffered(run)
  if (signsUnread)
    return files.length > 0 ? { ids: [], unread: true } : { problem: 'there is nothing that Codex has left unread' }
  if (files.length === 0) return { ids: [] }
  return {
    problem: `“none” would sign, and Codex has not read ${someOf(files)}. To sign without that: \`pick unread\``,
  }
}

const choosableAs = (wanted: 'agreed' | 'disputed', run: Run): DebatedFinding[] =>
  choosable(run).filter(({ outcome }) => outcome === wanted)

/** Why there is nothing to choose from now, for the user. */
export const noList = (run: Run | null): string =>
  run?.status === 'away'
    ? 'the reviewed change is not in this working tree now; its list waits until it comes back'
    : run?.left?.stage === 'choice' || run?.left?.stage === 'fix'
      ? 'files changed since the review; the list is on hold until they are reviewed too'
      : 'there is no list to choose from yet'

/**
 * Returns what follows `pick` when a prompt is the user's choice, else null: “pick a colour” is a prompt like any other.
 */
export function pickInPrompt(prompt: string): Term[] | null {
  if (prompt.length > longestPick) return null
  const rest = prompt.match(/^\s*\/?(?:countersign[: ]+)?pick[:\s]+(.+?)\s*$/is)?.[1] ?? ''
  const terms = parsePick(rest)
  return isPick(terms) || namesAnId(rest) ? terms : null
}

/** Whoever names an id means a choice, even when the rest of it cannot be read. */
const namesAnId = (text: string): boolean => /\bf\d+\b/i.test(text)

/**
 * Returns the questions that put the ledger's own list to the user, at most 4 × 4: finding by finding, or by priority
 * when there are more.
 */
export function questionsFor(run: Run): Question[] {
  const findings = offered(run)
  const files = unreadOffered(run)
  // None of these is ever ticked beforehand.
  const ends = files.length > 0 ? [signUnread(files), notNow] : [none]
  const most = maxOptions * maxQuestions - (files.length > 0 ? ends.length : 0)
  const options = findings.length <= most ? findings.map(optionFor) : byPriority(findings)
  const chunks = chunked(options.length === maxOptions * maxQuestions ? options : [...options, ...ends])
  return chunks.map((chunk, index) => ({
    question: `${
      index === 0
        ? 'Which findings should be fixed? Both models agree on them unless marked otherwise'
        : 'And which of these'
    }${chunks.length > 1 ? ` (${index + 1} of ${chunks.length})` : ''}${index === 0 ? '.' : '?'}`,
    header: chunks.length > 1 ? `Pick ${index + 1}/${chunks.length}` : 'Pick',
    multiSelect: true,
    options: chunk.length > 1 ? chunk : [...chunk, ends.at(-1)!],
  }))
}

/**
 * Reads the user's ticks from AskUserQuestion's answers (question → label, labels joined by commas, or typed text).
 * Null when they hold no choice at all.
 */
export function readAnswers(answers: Record<string, unknown>, run: Run): Ids | null {
  const given = Object.values(answers).flatMap(answer => (Array.isArray(answer) ? answer : [answer]))
  const parts = given.flatMap(answer => (typeof answer === 'string' ? answer.split(',') : [])).map(part => part.trim())
  // Said in one question, and of its own findings alone: beside ticks in another it adds nothing.
  const others = parts.filter(part => part !== '' && part !== noneLabel && part !== notNow.label)
  if (others.length === 0) return parts.includes(noneLabel) ? withNothing(false, run) : null
  const ticks = new Map([
    ...offered(run).map(finding => [optionFor(finding).label, parsePick(finding.id)] as const),
    [signUnreadLabel, parsePick('unread')] as const,
  ])
  const terms = others.flatMap(part => ticks.get(part) ?? parsePick(part))
  return isPick(terms) || others.some(namesAnId) ? choose(terms, run) : null
}

/** What a choice adds to the ledger; nothing picked means that both models and the user are done. */
export function choiceEntries(
  run: Run,
  ids: string[],
  by: PickedBy,
  head: string | null,
  uncovered?: Uncovered,
): Happening[] {
  const entry: Happening = { kind: 'picked', ids, by, told: by !== 'command' }
  if (ids.length > 0) return [entry]
  // Once the run is over, “none” decides what is left and signs nothing; said again, it changes nothing.
  if (run.status !== 'on') return undecided(run).length > 0 ? [entry] : []
  const files = unreadOffered(run)
  const act: Happening[] = files.length > 0 ? [{ kind: 'unread-accepted', files, by }] : []
  return [entry, ...act, signed(run, head, uncovered)]
}

/** What a signature given now covers. @param now The tree as it is. */
export const signedAs = ({ tree }: Run, now: string): string =>
  now === tree
    ? 'the change is countersigned as it is'
    : 'what was reviewed is countersigned; later changes are tested and reviewed when Claude next stops'

/** What “none” made of the change. */
export const pickedNone = (run: Run, now: string): string =>
  run.stage === 'countersigned' ? signedAs(run, now) : 'the change stays as it is'

type Option = Question['options'][number]

const none: Option = { label: noneLabel, description: 'Fix none of them and countersign the change as it is.' }

const signUnreadLabel = 'Sign without Codex having read'
const signUnread = (files: string[]): Option => ({
  label: signUnreadLabel,
  description: `Sign without Codex having read: ${someOf(files)}. Fixes nothing; the line that signs says so.`,
})
const notNow: Option = { label: 'Not now', description: 'Leave the change unsigned for now.' }

const optionFor = (finding: DebatedFinding): Option => ({
  label: `${finding.id} ${standsAs(finding)}`,
  description: [
    `${finding.title} (${fileAndLine(finding)})`,
    ...marksOf(finding).map(mark => markWords[mark]),
    ...about(finding),
  ].join(' · '),
})

/** Characters of a body in an option; the list above the question has the rest. */
const longestAbout = 200

/** What there is to decide where the two differ. */
const about = ({ outcome, body, fix, ...held }: DebatedFinding): string[] =>
  outcome === 'agreed'
    ? []
    : [highestHeld(held) ?? '', shortened(body, longestAbout), fix && `Fix: ${shortened(fix, longestAbout)}`].filter(
        Boolean,
      )

const shortened = (text: string, most: number): string =>
  oneLine(text).length > most ? `${oneLine(text).slice(0, most - 1)}…` : oneLine(text)

/** In a word, what a finding has come to. */
export const standsAs = ({ outcome, priority }: DebatedFinding): string =>
  outcome === 'not-needed' ? 'not needed' : outcome === 'disputed' ? 'disputed' : priority

const byPriority = (findings: DebatedFinding[]): Option[] => [
  ...[...priorities, 'disputed' as const].flatMap(name => {
    const group = findings.filter(({ outcome, priority }) => (outcome === 'agreed' ? priority : outcome) === name)
    if (group.length === 0) return []
    return [
      {
        label: `All ${name}`,
        description: `${group.map(({ id }) => id).join(', ')}. To pick single ones, type their ids.`,
      },
    ]
  }),
  ...bothWithdrew(findings.filter(({ outcome }) => outcome === 'not-needed').map(({ id }) => id)),
]

/** Ids that fit into a label. */
const mostInLabel = 6

const bothWithdrew = (ids: string[]): Option[] =>
  ids.length === 0
    ? []
    : [
        {
          label: ids.slice(0, mostInLabel).join(' '),
          description: `Critical or high at first; both now say not needed: ${ids.join(', ')}.`,
        },
      ]

/** Splits options into questions of 2 to 4, as even as can be. */
function chunked(options: Option[]): Option[][] {
  const count = Math.max(1, Math.ceil(options.length / maxOptions))
  const size = Math.ceil(options.length / count)
  return Array.from({ length: count }, (_, index) => options.slice(index * size, (index + 1) * size))
}
