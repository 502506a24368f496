import { isPick, parsePick, type Term } from './pick.ts'

/** What a prompt says that begins like a choice. `unclear`: it may be meant as one, and cannot be taken for one. */
export type PromptedPick =
  | { is: 'choice'; terms: Term[] }
  | { is: 'choice-and-more'; terms: Term[] }
  | { is: 'unclear' }

/** Characters. A choice is a line; whatever is longer is a prompt like any other. */
export const longestPick = 2000
const command = /^\s*\/?(?:countersign[: ]+)?pick(?:\s*:|\s)\s*/i
/** Words that may turn round what stands before them, wherever they stand, and such as do right behind it. */
const turns = /\b(?:not|but|except|without|never|unless|excluding)\b|n[’']t\b/i
const hedges = /^(?:\S+\s+){0,2}?(?:no|or|if|maybe|perhaps|instead|rather|skip|leave|ignore|none|all)\b/i
const begins = /^(?:and|also|then|plus|additionally|afterwards|besides)\b/i
/** What follows “all”, “none” or a priority where these are meant. */
const ofTheList =
  /^(?:also|then|plus|not|but|except|without|or|if|only|too|now|for now|at all|thanks|thank you|please|first|priority|(?:of )?(?:the )?(?:them|these|those|ones?|findings?|above|rest|others?)\b)/i
/** Other words for a part of the list. */
const otherWords =
  /^(?:everything|nothing|both|them|(?:the )?(?:first|last|top|critical|high|medium|low|disputed|agreed)\s+(?:one|ones|two|three|four|five|findings?))\b/i
const mostWords = 8

/**
 * Reads what follows `pick` when a prompt is the user's choice, else null: “pick a colour” is a prompt like any other. Ids may be
 * followed by another request; `all`, `none` and priorities count alone.
 */
export function pickInPrompt(prompt: string): PromptedPick | null {
  const opening = command.exec(prompt)?.[0]
  if (opening === undefined) return null
  const text = prompt.slice(opening.length, opening.length + longestPick).trim()
  const at = firstOther(text)
  if (at < 0) {
    const terms = parsePick(text)
    return isPick(terms) && prompt.length <= longestPick ? { is: 'choice', terms } : null
  }
  const [said, rest] = [text.slice(0, at), text.slice(at)]
  const terms = parsePick(said.replace(/[.!:]+(?=\s|$)/g, ' '))
  const isShort = text.split(/\s+/, mostWords + 1).length <= mostWords
  if (terms.length === 0) return namesAnId(rest) || (isShort && otherWords.test(rest)) ? { is: 'unclear' } : null
  if (!terms.some(({ is }) => is === 'id' || is === 'range'))
    return namesAnId(rest) || (isShort && ofTheList.test(rest)) ? { is: 'unclear' } : null
  const isApart = begins.test(rest) || /(?:\band|[,;.:!—\n])\s*$/i.test(said)
  const isOther = isApart && !turns.test(rest) && !hedges.test(rest) && !namesAnId(rest)
  const isWhole = terms.every(({ is }) => is === 'id' || is === 'range' || is === 'priority')
  return isOther && isWhole ? { is: 'choice-and-more', terms } : { is: 'unclear' }
}

/** Whether a prompt without `pick` is so like a choice that nobody else is meant by it: “F1 and F3”, “please pick F1”. */
export function isLikeAPick(prompt: string): boolean {
  const text = prompt.trim()
  if (text.length > 200) return false
  const terms = parsePick(text)
  if (isPick(terms)) return terms.some(({ is }) => ['id', 'range', 'none', 'all'].includes(is))
  const request =
    /^(?:(?:please|ok|okay|yes|so|then|now|i|i[’']ll|we|let[’']s|countersign)[,:]?\s+){1,3}(?:pick|choose)\s+/i.exec(
      text,
    )
  return request !== null && isPick(parsePick(text.slice(request[0].length)))
}

/** Where the first word stands that is no part of a choice; -1: there is none. */
function firstOther(text: string): number {
  for (const word of text.matchAll(/[^\s,;&/]+/g)) {
    const plain = word[0].replace(/[.!:]+$/, '')
    if (!/^(?:|to|-|–|—)$/i.test(plain) && !parsePick(plain).every(({ is }) => is !== 'unknown')) return word.index
  }
  return -1
}

export const namesAnId = (text: string): boolean => /\bf\d+\b/i.test(text)
