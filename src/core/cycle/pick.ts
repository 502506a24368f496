import type { Finding } from '../../model/finding.ts'
import { type Priority, priorities } from '../../model/priority.ts'
import { isAboveLine } from '../ledger/debate.ts'

/** What a pick can name: a finding, the priority it stands at, and the highest that either model has given it. */
export type Named = Pick<Finding, 'id' | 'priority'> & { highest?: Priority | null }

/** The ids that a pick names, or the first thing wrong with it. `unread`: the user signs over what Codex has not read. */
export type Ids = { ids: string[]; unread?: true } | { problem: string }

/** One term of a pick; `written` is what stood there. Ids are numbers: `F3` is 3. */
export type Term = { written: string } & (
  | { is: 'id'; number: number }
  | { is: 'range'; from: number; to: number }
  | { is: 'priority'; priority: Priority }
  | { is: 'all' | 'disputed' | 'none' | 'unread' | 'unknown' }
)

/** What the terms of a pick select from. */
export type Lists = {
  /** What single ids and ranges may name. */
  named: Named[]
  /** What priorities and `all` select from. */
  group: Named[]
  /** What `disputed` selects; left out where the word means nothing. */
  disputed?: Named[]
}

/** Words that change nothing. Any other word could: “all but F2”, “F1, not F3”. */
const courtesy = ['and', 'only', 'just', 'fix', 'please']
const range = /^f?(\d+)(?:-|–|—|\.\.)f?(\d+)$/i
const single = /^f(\d+)$/i

/**
 * Parses `F1 F3-F5 high`: ids, ranges of ids, priorities, `all`, `disputed` and `none`, with blanks, commas or the like
 * between them. Whatever else stands there is a term too, an unknown one.
 */
export function parsePick(text: string): Term[] {
  const written = text
    .replace(/(?<=\d)\s+to\s+(?=f?\d)/gi, '-')
    .replace(/\s*(-|–|—|\.\.)\s*/g, '$1')
    .replace(/[.!]+\s*$/, '')
    .split(/[\s,;&/]/)
    .filter(word => word !== '' && !courtesy.includes(word.toLowerCase()))
  const terms = written.map(term)
  // “all high” means those and no more.
  return terms.filter(({ is }, at) => is !== 'all' || !['priority', 'disputed'].includes(terms[at + 1]?.is ?? ''))
}

function term(written: string): Term {
  const word = written.toLowerCase()
  if (word === 'all' || word === 'disputed' || word === 'none' || word === 'unread') return { written, is: word }
  if (isPriority(word)) return { written, is: 'priority', priority: word }
  const one = single.exec(written)
  if (one) return { written, is: 'id', number: Number(one[1]) }
  const span = range.exec(written)
  return span ? { written, is: 'range', from: Number(span[1]), to: Number(span[2]) } : { written, is: 'unknown' }
}

const isPriority = (word: string): word is Priority => (priorities as readonly string[]).includes(word)

/** Whether a pick is nothing but what a pick can be. */
export const isPick = (terms: Term[]): boolean => terms.length > 0 && terms.every(({ is }) => is !== 'unknown')

/** The ids that a pick names, in the order of the list. */
export function select(terms: Term[], lists: Lists): Ids {
  const ids = new Set<string>()
  if (terms.length === 0) return { problem: 'no ids were given' }
  for (const one of terms) {
    const found = idsOf(one, lists)
    if ('problem' in found) return found
    for (const id of found.ids) ids.add(id)
  }
  return { ids: lists.named.map(({ id }) => id).filter(id => ids.has(id)) }
}

function idsOf(one: Term, { named, group, disputed }: Lists): Ids {
  switch (one.is) {
    case 'all':
      return some(group, 'no finding is agreed')
    case 'priority': {
      const { priority } = one
      return some(
        group.filter(finding => finding.priority === priority || highest(finding) === priority),
        `no finding is ${priority}`,
      )
    }
    case 'id': {
      const id = `F${one.number}`
      return some(
        named.filter(finding => finding.id === id),
        `${id} is not one of ${list(named)}`,
      )
    }
    case 'range': {
      const { from, to, written } = one
      return some(
        named.filter(({ id }) => Number(id.slice(1)) >= from && Number(id.slice(1)) <= to),
        `${written} covers none of ${list(named)}`,
      )
    }
    case 'disputed':
      if (disputed) return some(disputed, 'no finding is disputed')
  }
  return { problem: `“${one.written}” is not a finding id, a range, a priority or “all”` }
}

/** Whoever picks what is critical or high picks what one of the two alone calls so. */
const highest = ({ highest: most = null }: Named): Priority | null => (isAboveLine(most) ? most : null)

const some = (findings: Named[], problem: string): Ids =>
  findings.length > 0 ? { ids: findings.map(({ id }) => id) } : { problem }

const list = (named: Named[]): string => named.map(({ id }) => id).join(', ') || 'the open findings (there are none)'
