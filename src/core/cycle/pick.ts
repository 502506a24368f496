import { type Priority, priorities } from '../../model/priority.ts'

/** What an id expression can name: a finding and the priority it stands at. */
export type Named = { id: string; priority: Priority }

/** The ids an expression names, or the first thing wrong with it. */
export type Ids = { ids: string[] } | { problem: string }

const range = /^f?(\d+)(?:-|–|—|\.\.)f?(\d+)$/i
const single = /^f(\d+)$/i

/** Whether a text is nothing but id expressions: `F1`, `F3-F5`, `high`, `all`, `disputed`, `none`, with spaces or commas between. */
export function looksLikeIds(text: string): boolean {
  const tokens = tokensOf(text)
  return tokens.length > 0 && tokens.every(token => isWord(token) || single.test(token) || range.test(token))
}

/**
 * Reads `F1 F3-F5 high`: ids, ranges of ids, priorities, `all`.
 *
 * @param named What single ids and ranges may name.
 * @param group What priorities and `all` select from.
 */
export function readIds(text: string, named: Named[], group: Named[] = named): Ids {
  const ids = new Set<string>()
  const tokens = tokensOf(text)
  if (tokens.length === 0) return { problem: 'no ids were given' }
  for (const token of tokens) {
    const found = idsOf(token, named, group)
    if ('problem' in found) return found
    for (const id of found.ids) ids.add(id)
  }
  return { ids: named.map(({ id }) => id).filter(id => ids.has(id)) }
}

function idsOf(token: string, named: Named[], group: Named[]): Ids {
  const word = token.toLowerCase()
  if (word === 'all') return group.length > 0 ? { ids: group.map(({ id }) => id) } : { problem: 'no finding is agreed' }
  if (isPriority(word)) {
    const ids = group.filter(({ priority }) => priority === word).map(({ id }) => id)
    return ids.length > 0 ? { ids } : { problem: `no finding is ${word}` }
  }
  const one = token.match(single)
  if (one) {
    const id = `F${Number(one[1])}`
    return named.some(finding => finding.id === id) ? { ids: [id] } : { problem: `${id} is not one of ${list(named)}` }
  }
  const span = token.match(range)
  if (span) {
    const [from, to] = [Number(span[1]), Number(span[2])]
    const ids = named.map(({ id }) => id).filter(id => Number(id.slice(1)) >= from && Number(id.slice(1)) <= to)
    return ids.length > 0 ? { ids } : { problem: `${token} covers none of ${list(named)}` }
  }
  return { problem: `“${token}” is not a finding id, a range, a priority or “all”` }
}

/** Words that change nothing. Any other word could: “all but F2”, “F1, not F3”. */
const courtesy = ['and', 'only', 'just', 'fix', 'please']

const tokensOf = (text: string): string[] =>
  text
    .replace(/(?<=\d)\s+to\s+(?=f?\d)/gi, '-')
    .replace(/\s*(-|–|—|\.\.)\s*/g, '$1')
    // “all high” means those and no more.
    .replace(/\ball\s+(?=(?:critical|high|medium|low|disputed)\b)/gi, '')
    .replace(/[.!]+\s*$/, '')
    .split(/[\s,;&/]/)
    .filter(token => token !== '' && !courtesy.includes(token.toLowerCase()))

const isPriority = (word: string): boolean => (priorities as readonly string[]).includes(word)
const isWord = (token: string): boolean => ['all', 'none', 'disputed', ...priorities].includes(token.toLowerCase())
const list = (named: Named[]): string => named.map(({ id }) => id).join(', ') || 'the open findings (there are none)'
