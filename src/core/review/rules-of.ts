import { shownPath } from '../text/plain-text.ts'
import { isSecretFile } from '../text/secrets.ts'
import { counted } from '../text/wording.ts'

/** A tree's files as text; null for what is not there or is no text. Paths go from its root, with forward slashes. */
export type TreeReader = {
  read: (path: string) => string | null
  /** Files below a folder, in git's order. */
  list: (folder: string) => string[]
}

/** Where a project writes down its rules: for agents in general, then for Claude Code. */
const places = ['AGENTS.md', 'CLAUDE.md', '.claude/CLAUDE.md']
const rulesFolder = '.claude/rules'
/** How to work with Countersign, which is nothing to a reviewer. */
const ownRules = `${rulesFolder}/countersign.md`

/** As deep as Claude Code follows imports. */
const deepest = 5

/**
 * The project's rules as its files have them, each under its path: AGENTS.md, CLAUDE.md, what these import, and
 * `.claude/rules/`. What does not fit is said.
 *
 * @param most Characters in all.
 */
export function rulesOf(tree: TreeReader, most: number): string {
  const inFolder = tree.list(rulesFolder).filter(path => path.endsWith('.md') && path !== ownRules)
  const files = new Map<string, string>()
  for (const path of [...places, ...inFolder]) gather(path, tree, files, 0)
  let room = most
  const notQuoted: string[] = []
  const before = new Set<string>()
  const quoted = [...files].flatMap(([path, whole]) => {
    const text = newIn(whole, before)
    if (text.trim() === '') return []
    if (room === 0) notQuoted.push(shownPath(path))
    if (room === 0) return []
    const shown = text.slice(0, room)
    room -= shown.length
    const cut = text.length - shown.length
    const note = cut > 0 ? `\n… (${counted(cut, 'character')} of ${shownPath(path)} left out)` : ''
    return [`# ${shownPath(path)}\n${shown.trim()}${note}`]
  })
  return [...quoted, ...(notQuoted.length > 0 ? [`Left out for length: ${notQuoted.join(', ')}`] : [])].join('\n\n')
}

/** A file's paragraphs without those that an earlier one has word for word: AGENTS.md and CLAUDE.md often say the same. */
function newIn(text: string, before: Set<string>): string {
  const paragraphs = text.split(/\n[ \t]*\n/)
  const fresh = paragraphs.filter(one => isHeading(one) || !before.has(one.trim()))
  for (const one of paragraphs) before.add(one.trim())
  return fresh.length < paragraphs.length && fresh.every(isHeading) ? '' : fresh.join('\n\n')
}

/** Belongs to what stands below it. */
const isHeading = (paragraph: string): boolean => /^\s*(?:#[^\n]*)?$/.test(paragraph)

/** Takes a file and what it imports, each once, in the order in which Claude Code would read them. */
function gather(path: string, tree: TreeReader, files: Map<string, string>, depth: number): void {
  if (files.has(path) || isSecretFile(path)) return
  const text = tree.read(path)
  if (text === null) return
  files.set(path, text)
  if (depth === deepest) return
  for (const name of imports(text)) for (const one of resolved(name, path, tree)) gather(one, tree, files, depth + 1)
}

/** In one file; and characters in one name. */
const mostImports = 50
const longestName = 300

/**
 * Names that a text imports: `@docs/git.md`, outside of code.
 * @see https://code.claude.com/docs/en/memory
 */
function imports(text: string): string[] {
  const names = prose(text).matchAll(/(?<=^|\s)@((?:[^\s\\]|\\ )+)/gm)
  return [...names]
    .map(match => match[1]!.slice(0, longestName).replaceAll('\\ ', ' ').replace(/#.*/, ''))
    .filter(name => /^[\w.-]/.test(name))
    .slice(0, mostImports)
}

/** Markdown without code blocks and code spans. */
function prose(text: string): string {
  let fence: string | null = null
  const lines = text.split('\n').flatMap(line => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null
      return []
    }
    if (mark) fence = mark
    return mark ? [] : [line.replace(/`[^`]*`/g, '')]
  })
  return lines.join('\n')
}

/** The file of the tree that a name means; none where there is none, or it is outside. */
function resolved(name: string, from: string, tree: TreeReader): string[] {
  const candidates = [name, name.replace(/[.,;:!?)]+$/, '')]
  const paths = candidates.flatMap(one => inside(from, one) ?? [])
  return paths.filter(path => tree.read(path) !== null).slice(0, 1)
}

function inside(from: string, name: string): string | null {
  const steps = from.split('/').slice(0, -1)
  for (const step of name.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return null
    } else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.length > 0 ? steps.join('/') : null
}
