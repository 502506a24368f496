import type { RepoView } from '../model/setup/repo-facts.ts'
import { cutAtWord } from './phrases.ts'

/** The first paragraph of prose in the root README, as plain text of at most 600 characters. */
export function readmeParagraph(view: RepoView): string | null {
  const file = view.files.find(path => /^readme(\.(md|markdown|rst|txt))?$/i.test(path))
  const text = file === undefined ? undefined : view.read(file)
  return text === undefined ? null : firstParagraph(text)
}

/** A README's title, if its first heading is one. */
export function readmeTitle(view: RepoView): string | null {
  const file = view.files.find(path => /^readme\.(md|markdown)$/i.test(path))
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(file === undefined ? '' : (view.read(file) ?? ''))
  const title = heading ? plainText(heading[1] ?? '') : ''
  return title && title.length <= 60 ? title : null
}

function firstParagraph(text: string): string | null {
  const body = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    // Setext and reStructuredText headings: a line and its underline.
    .replace(/^[^\n]+\n[=\-~^"'#*+]{3,}[ \t]*$/gm, '')
  for (const paragraph of body.split(/\n[ \t]*\n/)) {
    const lines = paragraph.split('\n').filter(line => line.trim() && !isNoProse(line))
    const plain = plainText(lines.join(' '))
    // Navigation bars and badge leftovers are short; prose has a few words.
    if (plain.split(' ').length >= 4) return cutAtWord(plain, 600)
  }
  return null
}

/** Headings, lists, tables, quotes, directives, raw HTML: nothing that says what a project is for. */
const isNoProse = (line: string): boolean =>
  /^\s*(#|[-*+] |\d+[.)] |\||>|\.\. |:\w+:|<)/.test(line) || /^(\s{4}|\t)/.test(line)

/** Markdown links, images, emphasis and tags reduced to the words a reader sees. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)/g, '')
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, '')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/(\*\*|__)(?=\S)(.+?)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
}
