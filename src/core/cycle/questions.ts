import type { Question } from '../../model/hook-reply.ts'
import { type Priority, priorities } from '../../model/priority.ts'
import { highestHeld, marksOf, standing } from '../ledger/debate.ts'
import { hasWithdrawn, offered, unreadOffered } from '../ledger/lists.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import { claim, markWords, names } from '../messages/sections.ts'
import { fileAndLine, oneLine, someOf } from '../text/wording.ts'
import { choose, standsAs } from './choice.ts'
import { type Ids, isPick, parsePick, type Term } from './pick.ts'
import { namesAnId } from './pick-in-prompt.ts'

// AskUserQuestion takes at most 4 questions of 2 to 4 options, headers of 12 characters, and labels of a few words. It joins
// the ticked labels with commas, so that none of them may hold one.
const maxOptions = 4
const maxQuestions = 4
/** The header by which Claude asks for the list; a question with any other one is Claude's own. */
export const ownHeader = 'Countersign'
const noneLabel = 'None of these'
const longestArgument = 160

type Option = Question['options'][number]
type Page = { title: string; options: Option[] }

/** One option: what ticking it picks; null: it leaves what it names. */
type Tick = { option: Option; ids: string[] | null }

/**
 * Returns the questions that put the ledger's own list to the user: what is agreed, the most urgent first, then what is disputed
 * with both arguments, then what both withdrew. Where a list is too long for 4 × 4 options, each stands for a priority.
 */
export function questionsFor(run: Run): Question[] {
  const pages = pagesOf(run).map(page => filled(page, run))
  return pages.map(({ title, options }, at) => ({
    question: `${asks[title]}${pages.length > 1 ? ` (${at + 1} of ${pages.length})` : ''}`,
    header: title,
    multiSelect: true,
    options,
  }))
}

const asks: Record<string, string> = {
  Agreed: 'Both models agree on these. Which should be fixed?',
  Disputed: 'The models disagree on these. Which should be fixed?',
  Withdrawn: 'Both models withdrew these. Should one be fixed all the same?',
  Findings: 'Which findings should be fixed?',
  Unread: 'Codex has not read all of the change. What now?',
}

function pagesOf(run: Run): Page[] {
  const ticks = ticksOf(run)
  const by = (which: (finding: DebatedFinding) => boolean, more: Tick[] = []) => [
    ...more,
    ...offered(run).filter(which).map(single),
  ]
  const agreed = by(isAgreed, allAgreed(run))
  const disputed = by(isDisputed)
  const rest = ticks.filter(({ option }) => ![...agreed, ...disputed].some(one => one.option.label === option.label))
  if (agreed.length > 0 && disputed.length > 0 && ticks.length <= maxOptions) return pages('Findings', ticks)
  const named = [...pages('Agreed', agreed), ...pages('Disputed', disputed)]
  const ended = withRest(
    named,
    rest.map(({ option }) => option),
  )
  if (ended.length <= maxQuestions) return ended
  const options = ticks.map(({ option }) => option)
  return options.length <= maxOptions * maxQuestions ? pages('Findings', ticks) : pages('Findings', groups(run))
}

/** The last options go where there is room for them, else on a page of their own. */
function withRest(pagesSoFar: Page[], rest: Option[]): Page[] {
  const last = pagesSoFar.at(-1)
  if (!last)
    return pages(
      rest[0]?.label === signUnreadLabel ? 'Unread' : 'Withdrawn',
      rest.map(option => ({ option, ids: null })),
    )
  if (last.options.length + rest.length <= maxOptions)
    return [...pagesSoFar.slice(0, -1), { ...last, options: [...last.options, ...rest] }]
  const own = rest.length > 1 ? rest : [last.options.at(-1)!, ...rest]
  const kept = rest.length > 1 ? last.options : last.options.slice(0, -1)
  return [
    ...pagesSoFar.slice(0, -1),
    { ...last, options: kept },
    { title: rest.length > 1 ? 'Withdrawn' : last.title, options: own },
  ]
}

/** A question has at least two options. */
const filled = (page: Page, run: Run): Page =>
  page.options.length > 1 ? page : { ...page, options: [...page.options, endsOf(run).at(-1)!.option] }

/** Splits options into pages, as even as can be. */
function pages(title: string, ticks: Tick[]): Page[] {
  if (ticks.length === 0) return []
  const count = Math.ceil(ticks.length / maxOptions)
  const size = Math.ceil(ticks.length / count)
  return Array.from({ length: count }, (_, at) => ({
    title,
    options: ticks.slice(at * size, (at + 1) * size).map(({ option }) => option),
  }))
}

const isAgreed = (finding: DebatedFinding): boolean => finding.outcome === 'agreed'
const isDisputed = (finding: DebatedFinding): boolean => finding.outcome === 'disputed' && !hasWithdrawn(finding)

/** All that can be ticked, in order. */
function ticksOf(run: Run): Tick[] {
  const findings = offered(run)
  const withdrawn = findings.filter(hasWithdrawn)
  const others = findings.filter(finding => !hasWithdrawn(finding))
  // Where nothing else is offered, what both withdrew is shown one by one.
  const singly = others.length === 0 ? withdrawn.slice(0, maxOptions - 2) : []
  return [...allAgreed(run), ...[...others, ...singly].map(single), ...leave(withdrawn), ...endsOf(run)]
}

const none: Option = { label: noneLabel, description: 'Fix none of them and countersign the change as it is.' }

const signUnreadLabel = 'Sign without Codex having read'
const notNow: Option = { label: 'Not now', description: 'Sign nothing for now.' }

/** What fixes nothing. Where Codex has not read all of the change, only what says so signs it; it is never ticked beforehand. */
function endsOf(run: Run): Tick[] {
  const files = unreadOffered(run)
  if (files.length === 0) return [{ option: none, ids: [] }]
  const description = `Sign without Codex having read: ${someOf(files)}. Fixes nothing; the line that signs says so.`
  return [
    { option: { label: signUnreadLabel, description }, ids: null },
    { option: notNow, ids: null },
  ]
}

function allAgreed(run: Run): Tick[] {
  const agreed = offered(run).filter(isAgreed)
  if (agreed.length < 2) return []
  const counts = priorities.flatMap(priority => {
    const count = agreed.filter(finding => finding.priority === priority).length
    return count > 0 ? [`${count} ${priority}`] : []
  })
  const ids = agreed.map(({ id }) => id)
  return [
    { option: { label: `All agreed (${ids.length})`, description: `${counts.join(', ')}: ${ids.join(', ')}` }, ids },
  ]
}

/** What was raised and withdrawn, with the quote that decided each. */
function leave(withdrawn: DebatedFinding[]): Tick[] {
  if (withdrawn.length === 0) return []
  const label = `Leave the ${withdrawn.length} that both withdrew`
  const shown = withdrawn.map(
    finding => `${finding.id} ${highestHeld(finding)}: ${oneLine(finding.title)}${decidedBy(finding)}`,
  )
  return [{ option: { label, description: `${shown.join('; ')}. To fix one, type its id.` }, ids: null }]
}

function decidedBy({ positions }: DebatedFinding): string {
  const cited = positions.flatMap(position => (position.needed ? [] : (position.cited ?? []))).at(-1)
  return cited ? ` (${cited.file ? `${fileAndLine(cited)} ` : ''}\`${shortened(oneLine(cited.quote))}\`)` : ''
}

const single = (finding: DebatedFinding): Tick => ({
  option: {
    label: `${finding.id} ${standsAs(finding)}`,
    description: [
      `${finding.title} (${fileAndLine(finding)})`,
      ...marksOf(finding).map(mark => markWords[mark]),
      ...about(finding),
      ...(isDisputed(finding) ? bothArguments(finding) : []),
    ].join(' · '),
  },
  ids: [finding.id],
})

/** What there is to decide where the two do not agree that it is needed: how urgent one called it, and what it is about. */
function about(finding: DebatedFinding): string[] {
  if (isAgreed(finding)) return []
  const fix = finding.fix && `Fix: ${shortened(oneLine(finding.fix))}`
  return [highestHeld(finding) ?? '', shortened(oneLine(finding.body)), fix].filter(Boolean)
}

/** The finding itself is the reviewer's first argument. */
const bothArguments = ({ positions, body }: DebatedFinding): string[] =>
  (['codex', 'claude'] as const).flatMap(by => {
    const stands = standing(positions, by)
    if (stands && stands.reason === body) return []
    return [`${names[by]}: ${stands ? `${claim(stands)}, ${shortened(oneLine(stands.reason))}` : 'no answer'}`]
  })

const shortened = (text: string): string =>
  text.length > longestArgument ? `${text.slice(0, longestArgument - 1)}…` : text

/** A list too long to be shown one by one. */
function groups(run: Run): Tick[] {
  const findings = offered(run)
  const group = (name: Priority | 'disputed', ids: string[]): Tick[] =>
    ids.length === 0
      ? []
      : [
          {
            option: { label: `All ${name}`, description: `${ids.join(', ')}. To pick single ones, type their ids.` },
            ids,
          },
        ]
  const idsOf = (which: (finding: DebatedFinding) => boolean) => findings.filter(which).map(({ id }) => id)
  return [
    ...allAgreed(run),
    ...priorities.flatMap(one =>
      group(
        one,
        idsOf(finding => isAgreed(finding) && finding.priority === one),
      ),
    ),
    ...group('disputed', idsOf(isDisputed)),
    ...leave(findings.filter(hasWithdrawn)),
    ...endsOf(run),
  ]
}

/**
 * Reads the user's ticks from AskUserQuestion's answers (question → label, labels joined by commas, or typed text).
 * Null when they hold no choice at all. Leaving what both withdrew is one only where nothing else is offered.
 */
export function readAnswers(answers: Record<string, unknown>, run: Run): Ids | null {
  const given = Object.values(answers).flatMap(answer => (Array.isArray(answer) ? answer : [answer]))
  const said = given.flatMap(answer => (typeof answer === 'string' ? answer.split(',') : [])).map(part => part.trim())
  const parts = said.filter(part => part !== '' && part !== notNow.label && part !== signUnreadLabel)
  if (said.includes(signUnreadLabel))
    return choose([...parsePick('unread'), ...parts.flatMap(part => parsePick(part.split(' ')[0]!))], run)
  const ticks = new Map([...ticksOf(run), ...groups(run)].map(({ option, ids }) => [option.label, ids]))
  // Said in one question, and of its own findings alone: beside ticks in another it adds nothing.
  const picks = parts.filter(part => part !== '' && part !== noneLabel && ticks.get(part) !== null)
  if (picks.length === 0) {
    const onlyLeft = parts.some(part => ticks.get(part) === null) && offered(run).every(hasWithdrawn)
    return parts.includes(noneLabel) || onlyLeft ? choose(parsePick('none'), run) : null
  }
  const typed = picks.filter(part => !ticks.has(part)).flatMap(parsePick)
  const ticked: Term[] = picks.flatMap(part => (ticks.get(part) ?? []).map(id => parsePick(id)[0]!))
  if (!isPick([...typed, ...ticked]) && !picks.some(part => !ticks.has(part) && namesAnId(part))) return null
  if (typed.length === 0) return choose(ticked, run)
  const read = choose(typed, run)
  if ('problem' in read || ticked.length === 0) return read
  if (read.ids.length === 0) return { problem: '“none” cannot be combined with ticks' }
  return choose([...ticked, ...read.ids.map(id => parsePick(id)[0]!)], run)
}
