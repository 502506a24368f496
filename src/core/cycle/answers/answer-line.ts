import { type Priority, priorities } from '../../../model/priority.ts'
import { isPick, parsePick, type Term } from '../pick.ts'
import { bare, plainSigns, undecorated } from './fenced-answer.ts'

/** A line of an answer in the debate: what it says of which findings, or what is wrong with it; null: it goes on with a reason. */
export type AnswerLine =
  | { terms: Term[]; needed: boolean; priority: Priority | null; reason: string }
  | { problem: string; about: string[] }
  | null

const anyPriority = priorities.join('|')
/** An id, ids, or the word for a group: what an answer begins with. “Finding” is what models put before an id. */
const opens = new RegExp(`^(?:findings? )?(?:#?f\\d|all\\b|(?:${anyPriority})\\b)`, 'i')
const startsWithId = /^(?:findings? )?#?f\d/i
/** What stands between ids and verdict; a dash with blanks around it, since one without is a range. */
const divider = / *(?::|\||=| (?:—|-{1,3}) )[ :|=]*/
const verdict = /^(not[ -]+)?needed(?![\w?]|-\w)/i
/** “High load” is no priority, “high: load” is one. */
const urgency = new RegExp(
  `^[ ,([|/:—-]*(?:priority[ :=]*)?(${anyPriority})(?: +priority)?(?=[ )\\]]*(?:[:|,.;—]|$| -{1,3} ))`,
  'i',
)
/** What stands between the verdict and its reason. */
const before = /^[ )\]*_"'`”]*(?:[:|,.;—]+|-{1,3}(?!>))[ :|,.;—-]*/
const another = new RegExp(`^(?:or |and )?(?:${anyPriority}|(?:not )?needed)(?: *$| *[:|,.;—/-])`, 'i')
const form = '“ID: needed, PRIORITY — reason” or “ID: not needed — reason”'

/** Reads one line. What decorates ids and verdict is passed over; the reason stays as it is, since quotes are copied exactly. */
export function readAnswerLine(raw: string): AnswerLine {
  const line = cells(bare(raw))
  const plain = undecorated(line)
  const from = plain.search(/[\p{L}\p{N}<|\\/]/u)
  const text = plain.slice(Math.max(0, from))
  if (!opens.test(text)) return null
  const head = text.slice(0, longestHead)
  const parted = parts(head)
  if (!parted) return startsWithId.test(head) && /\bneeded\b/i.test(head) ? unreadable(line, idsIn(head)) : null
  const { ids, rest } = parted
  const isGroup = !startsWithId.test(ids)
  const terms = parsePick(withoutAsides(ids).replace(/\bfindings?\b/gi, ''))
  // “high load: …” goes on with a reason.
  if (isGroup && !isPick(terms)) return null
  const about = idsIn(ids)
  if (/~~/.test(line)) return { problem: `“${shortened(line)}” is struck out in part`, about }
  const said = verdict.exec(rest)
  if (!said) return unreadable(line, about)
  const needed = !said[1]
  const afterVerdict = rest.slice(said[0].length)
  const urgent = urgency.exec(afterVerdict)
  const left = afterVerdict.length - (urgent?.[0].length ?? 0) + text.length - head.length
  const tail = plainSigns(line).slice(line.length - left)
  const isBare =
    undecorated(tail)
      .replace(/[)\]|]/g, ' ')
      .trim() === ''
  const gap = isBare ? tail : before.exec(tail)?.[0]
  if (gap === undefined || another.test(tail.slice(gap.length))) return unpriced(line, about, needed, urgent !== null)
  if (needed && !urgent)
    return { problem: `“${shortened(line)}”: “needed” requires a priority: ${priorities.join(', ')}`, about }
  const groups = terms.filter(({ is }) => is === 'priority' || is === 'all')
  if (groups.length > 0 && groups.length < terms.length)
    return { problem: `“${shortened(line)}” names ids and “${groups[0]!.written}” together`, about }
  const reason = line.slice(line.length - left + gap.length).trim()
  if (/^(?:reason: )?path:line `quote`$/.test(reason)) return { problem: `“${shortened(line)}” is the example`, about }
  return {
    terms,
    needed,
    priority: urgent ? (urgent[1]!.toLowerCase() as Priority) : null,
    reason: isBare ? '' : withoutOddBold(reason),
  }
}

/** Characters of a line in which ids, verdict and priority are looked for. */
const longestHead = 600

/** Ids and what follows them. The divider before the verdict counts, so that an aside behind an id may hold one. */
function parts(head: string): { ids: string; rest: string } | null {
  const at = head.search(/\b(?:not[ -]+)?needed(?![\w?]|-\w)/i)
  const first = divider.exec(head)
  if (at > 0) {
    const ids = head.slice(0, at)
    const divided = / *(?:[:|=]|—|-{1,3})[ :|=—-]*$/.exec(ids)
    const named = divided ? ids.slice(0, divided.index) : ids.trimEnd()
    const isWhole = isPick(parsePick(withoutAsides(named).replace(/\bfindings?\b/gi, '')))
    if (named !== '' && isWhole && (divided || startsWithId.test(named))) return { ids: named, rest: head.slice(at) }
  }
  return first ? { ids: head.slice(0, first.index), rest: head.slice(first.index + first[0].length) } : null
}

/** “F1 (src/a.js:3)”: what stands in brackets behind an id and names none is its title or place. Ids in brackets are ids. */
const withoutAsides = (ids: string): string =>
  ids
    .replace(/[([]([^()[\]]*)[)\]]/g, (_, inside: string, at: number) => {
      const isAside = /f\d/i.test(ids.slice(0, at)) && !/\bf\d|\b(?:not|no|and|but|except)\b/i.test(inside)
      return isAside ? ' ' : ` ${inside} `
    })
    .replace(/[()[\]]/g, ' ')

const idsIn = (text: string): string[] =>
  [...text.matchAll(/\bf(\d{1,6})\b/gi)].map(([, number]) => `F${Number(number)}`)

const unreadable = (line: string, about: string[]) => ({ problem: `“${shortened(line)}” is not ${form}`, about })

const unpriced = (line: string, about: string[], needed: boolean, hasPriority: boolean) =>
  needed && !hasPriority
    ? { problem: `“${shortened(line)}”: “needed” requires a priority: ${priorities.join(', ')}`, about }
    : unreadable(line, about)

/** A row of a table in the form of a line. Its frame and heading say nothing; a sign of its own is masked there. */
function cells(line: string): string {
  if (!line.startsWith('|')) return line
  const row = line.replace(/^\|\s*/, '').replace(/\s*\|$/, '')
  const [first = '', second = '', third = ''] = row.split('|', 3).map(cell => undecorated(cell).trim())
  const swapped = (priorities as readonly string[]).includes(second.toLowerCase()) && verdict.test(third)
  const rest = row.split('|').slice(swapped ? 3 : 1)
  const said = swapped ? [first, `${third}, ${second}`, ...rest] : [first, ...rest]
  // A cell that is left empty, or holds a dash, is no priority.
  return said
    .filter((cell, at) => at !== 2 || !/^\s*[-–—]?\s*$/.test(cell))
    .join('|')
    .replaceAll('\\|', '|')
}

const withoutOddBold = (reason: string): string =>
  reason.endsWith('**') && reason.split('**').length % 2 === 0 ? reason.slice(0, -2).trimEnd() : reason

/** A line as far as it helps to see it again. */
export const shortened = (line: string): string => (line.length > 80 ? `${line.slice(0, 77)}…` : line)
