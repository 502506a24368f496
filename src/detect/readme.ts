import type { RepoView } from '../model/setup/repo-facts.ts'
import { cutAtWord } from './phrases.ts'

/**
 * What the root README says the project is for, as plain text of at most 600 characters.
 *
 * @param description The manifest's own words, which say more than a paragraph from further down.
 */
export function readmePurpose(view: RepoView, description: string | null): string | null {
  const file = view.files.find(path => /^readme(\.(md|markdown|rst|txt))?$/i.test(path))
  const text = file === undefined ? undefined : view.read(file)
  if (text === undefined) return description
  const intro = introduction(bodyOf(text))
  return firstParagraph(intro) ?? tagline(intro) ?? description
}

/** A README's title, if its first heading is one. */
export function readmeTitle(view: RepoView): string | null {
  const file = view.files.find(path => /^readme\.(md|markdown)$/i.test(path))
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(file === undefined ? '' : (view.read(file) ?? ''))
  const title = heading ? plainText(heading[1] ?? '') : ''
  return title && title.length <= 60 ? title : null
}

/** Without front matter, comments, code and the targets of links. */
const bodyOf = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replace(/^[ \t]*\[[^\]\n]+\]:[ \t]*\S.*$/gm, '')
    .replace(/&[a-z]+;|&#\d+;/gi, ' ')

/** What stands before the first section, or in one that introduces the project; further down it is about something else. */
function introduction(body: string): string {
  const introduces = /^#+\s.*\b(about|overview|introduction|intro|what( is|'s)?|description|summary)\b.*$/im
  const section = /^#{2,}[ \t]+\S.*$/m.exec(body)
  const title = /^#[ \t]+\S.*$/m.exec(body)
  const end = section?.index ?? body.length
  const before = body.slice(0, end)
  const own = introduces.exec(body.slice(end))
  // A title below the first sections is a page that begins late.
  const about = own
    ? body.slice(end + own.index + own[0].length)
    : title && title.index > end
      ? body.slice(title.index)
      : ''
  return `${before}\n\n${about.split(/^#{1,3}[ \t]+(?=\S)/m)[0] ?? ''}`
}

function firstParagraph(body: string): string | null {
  // Setext and reStructuredText headings: a line and its underline.
  for (const paragraph of body.replace(/^[^\n]+\n[=\-~^"'#*+]{3,}[ \t]*$/gm, '').split(/\n[ \t]*\n/)) {
    const lines = paragraph.split('\n').filter(line => line.trim() && !isNoProse(line))
    const plain = plainText(lines.join(' '))
    if (isPurpose(plain, lines.join(' ').replace(/!\[[^\]]*\]\([^)]*\)/g, ''))) return cutAtWord(plain, 600)
  }
  return null
}

/** A quoted line at the top, which many a README has for its one sentence. */
function tagline(intro: string): string | null {
  const quote = /^>[ \t]*(?!\[!|[*_]*(note|warning|important|tip)\b)(\S.*)$/im.exec(intro)?.[2] ?? ''
  const plain = plainText(quote)
  return isPurpose(plain, quote) ? cutAtWord(plain, 600) : null
}

/** Whether a paragraph is prose about the project: no badges, navigation, languages, sponsors or warnings. */
function isPurpose(plain: string, markdown: string): boolean {
  if (plain.split(' ').filter(word => /\p{L}/u.test(word)).length < 4 || /:$/.test(plain)) return false
  const separators = plain.match(/[|•·∙⋅❘／–—»]|\s[-/*]\s/g)?.length ?? 0
  const linked = [...markdown.matchAll(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|<a\b[^>]*>([\s\S]*?)<\/a>/gi)]
  const inLinks = linked.map(([, one, two]) => plainText(one ?? two ?? '')).join(' ').length
  if (inLinks > plain.length / 2 || (separators >= 2 && linked.length >= 2) || separators > 4) return false
  if (
    /^(translations?|languages?|read (this|in)|documentation|docs|website|homepage|source( code)?|demo|status|build|license|download)\b[^.]{0,30}:/i.test(
      plain,
    )
  )
    return false
  if (/^(note|important|warning|caution|tip|attention|deprecated|announcement|news|update)\b\s*[:!]/i.test(plain))
    return false
  if (
    /\b(sponsor(s|ed|ing|ship)?|donat(e|ions?)|backers?|patreon|open ?collective|buy me a coffee|star (us|this)|follow (us|me)|join (us|our)|discord)\b/i.test(
      plain,
    )
  )
    return false
  if (/\b(简体|中文|日本語|한국어|Español|Français|Русский|Português)/.test(plain) && plain.length < 200) return false
  if (
    /^(dual-?licen|licen[sc]ed|get(ting)? started|see |check out|visit |click |copy |install |you probably|in other words)/i.test(
      plain,
    )
  )
    return false
  return !/^\S*https?:\/\/\S+$/.test(plain.replace(/^.*?:\s*/, ''))
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
