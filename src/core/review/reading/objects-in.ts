import { fieldsOf } from './fields.ts'
import { parseOnce } from './json-once.ts'

/** The JSON answers that a text holds, in its order, or why there is none. */
export type Found = { answers: unknown[] } | { problem: string }

/** Characters; nobody can debate what does not fit in here. */
const longest = 4_000_000
/** Places in prose at which JSON may begin. */
const mostBeginnings = 60

/**
 * Looks for answers in what a model has said: alone, in a fence, with words before and after it, in a list, in a string or in
 * an object around it. A key that stands twice could be read either way, and so makes the text unreadable.
 */
export function answersIn(text: string): Found {
  if (text.trim() === '') return { problem: 'the answer is empty' }
  if (text.length > longest) return { problem: `the answer is longer than ${longest} characters` }
  try {
    const whole = parsed(text)
    const answers = (whole === undefined ? within(text) : [whole]).flatMap(value => unwrapped(value, 2))
    if (answers.length > 0) return { answers }
    return {
      problem: whole === undefined ? 'the answer is not JSON' : 'the answer has none of the fields of the schema',
    }
  } catch (error) {
    return { problem: `the answer is ambiguous: ${(error as Error).message}` }
  }
}

/** What is JSON in other words. @throws {Error} A key stands twice. */
function within(text: string): unknown[] {
  const values: unknown[] = []
  let tries = 0
  for (let at = beginning(text, 0); at >= 0 && tries < mostBeginnings; tries++) {
    const end = endOf(text, at)
    const value = end < 0 ? undefined : parsed(text.slice(at, end))
    if (value !== undefined) values.push(value)
    at = beginning(text, value === undefined ? at + 1 : end)
  }
  return values
}

/** @throws {Error} It is JSON in which a key stands twice. */
function parsed(text: string): unknown {
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  return parseOnce(text)
}

function beginning(text: string, from: number): number {
  const found = text.slice(from).search(/[{[]/)
  return found < 0 ? -1 : from + found
}

/** Where what opens at `from` is closed again; -1 where it never is. Brackets in a string do not count. */
function endOf(text: string, from: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/gs
  token.lastIndex = from
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth++
    else if (match[0] === '}' || match[0] === ']') depth--
    if (depth === 0) return token.lastIndex
  }
  return -1
}

const own = ['verdict', 'findings', 'resolved', 'reviewed', 'positions']

/** The answers in a value: itself, or what it is wrapped around. @param depth How many layers are looked through. */
function unwrapped(value: unknown, depth: number): unknown[] {
  if (typeof value === 'string') {
    const inner = depth > 0 ? parsed(value) : undefined
    return inner === undefined ? [] : unwrapped(inner, depth - 1)
  }
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return fromList(value, depth)
  const fields = fieldsOf(value)
  if (own.some(name => fields(name) !== undefined)) return [value]
  return depth > 0 ? Object.values(value).flatMap(inner => unwrapped(inner, depth - 1)) : []
}

/** A list of answers, or the list of an answer alone. */
function fromList(list: unknown[], depth: number): unknown[] {
  const has = (name: string) => list.some(one => fieldsOf(one)(name) !== undefined)
  if (has('needed')) return [{ positions: list }]
  if (has('title') || has('priority')) return [{ findings: list }]
  return depth > 0 ? list.flatMap(one => unwrapped(one, depth - 1)) : []
}
