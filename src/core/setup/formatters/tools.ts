import { claudeDir, localSettingsPath, recordsDir, settingsPath } from '../../../model/paths.ts'
import type { RepoView } from '../../../model/setup/repo-facts.ts'
import { prettyJson } from '../../text/pretty-json.ts'

/** How a file says what its tool leaves out: as lines, in a list of a JSON file, or in a list of a script. */
export type IgnoreForm = 'lines' | 'json' | 'script'

/** Tools that look at every file of this repository, and what their file has to say so that they leave Countersign's out. */
export type Ignore = {
  path: string
  /** By name, for the plan. */
  tools: string[]
  form: IgnoreForm
  /** The lines, or the items of the list. */
  items: string[]
  /** Where the list is in a JSON file, and what it begins with where it is made anew. */
  list?: { at: string[]; seed: string[] }
  /** The whole file where there is none. */
  fresh: string | null
  /** Whether its text needs nothing more. */
  covers(text: string): boolean
}

/** Texts in which people name the tools they run. */
const named = /^(package\.json|Makefile|justfile|lefthook\.ya?ml|\.pre-commit-config\.ya?ml|\.gitlab-ci\.ya?ml)$/
const workflow = /^\.(github|forgejo|gitea)\/workflows\/[^/]+\.ya?ml$/

/**
 * Finds the formatters and linters that would judge what `init` writes. ruff, gofmt and the like go by endings that no
 * file of Countersign's has.
 *
 * @param own The paths that Countersign writes.
 */
export function ignoresFor(view: RepoView, own: string[]): Ignore[] {
  const texts = view.files.filter(file => named.test(file) || workflow.test(file)).map(file => view.read(file) ?? '')
  const runs = (tool: RegExp) => texts.some(text => tool.test(text))
  const has = (file: RegExp) => view.files.find(path => file.test(path))
  const parts = partsOf(view.files, own)

  const prettier =
    has(/^(\.prettierrc(\..+)?|\.prettierignore|prettier\.config\.[cm]?[jt]s)$/) ?? runs(word('prettier'))
  const oxfmt = has(/^\.oxfmtrc\.jsonc?$/) ?? runs(word('oxfmt'))
  const biome = has(/^\.?biome\.jsonc?$/)
  const eslint = has(/^eslint\.config\.[cm]?[jt]s$/)
  const checker = has(/^(\.editorconfig-checker\.json|\.ecrc)$/)
  return [
    ...(prettier || oxfmt
      ? [forPrettier([...(prettier ? ['Prettier'] : []), ...(oxfmt ? ['oxfmt'] : [])], parts)]
      : []),
    ...(biome || runs(/@biomejs\/biome|(?<![\w@/-])biome (ci|check|format|lint)\b/)
      ? [forBiome(biome ?? 'biome.json', parts, view)]
      : []),
    ...(eslint ? [forEslint(eslint, parts)] : []),
    ...(checker || runs(word('editorconfig-checker'))
      ? [forChecker(checker ?? '.editorconfig-checker.json', parts)]
      : []),
  ]
}

const word = (name: string): RegExp => new RegExp(`(?<![\\w@/-])${name}(?![\\w/-])`)

/**
 * What to leave out, as paths without their first slash: all of `.claude`, or where somebody else keeps files in it,
 * Countersign's own, so that theirs are still looked at. A path that ends in a slash is a directory.
 */
function partsOf(files: string[], own: string[]): string[] {
  const isOwn = (file: string) =>
    own.includes(file) || [settingsPath, localSettingsPath].includes(file) || file.startsWith(`${recordsDir}/`)
  if (!files.some(file => file.startsWith(`${claudeDir}/`) && !isOwn(file))) return [`${claudeDir}/`]
  const rest = own.filter(file => file.startsWith(`${claudeDir}/`) && !/^\.claude\/([^/]+\/)?countersign/.test(file))
  return [settingsPath, `${claudeDir}/countersign*`, `${claudeDir}/*/countersign*`, ...rest.sort()]
}

/** Whether a line or pattern leaves `.claude` out, however it is spelled. */
const isClaudeDir = (pattern: string): boolean =>
  /^!{0,2}\/?(\*\*\/)?\.claude(\/(\*\*?(\/\*)?)?)?$/.test(pattern.trim())

const forPrettier = (tools: string[], parts: string[]): Ignore => ({
  path: '.prettierignore',
  tools,
  form: 'lines',
  items: parts.map(part => `/${part}`),
  fresh: '',
  covers: text => text.split('\n').some(isClaudeDir),
})

/** Biome 1 has a list of what it leaves out, Biome 2 one of what it looks at, in which `!` takes out. */
function forBiome(path: string, parts: string[], view: RepoView): Ignore {
  const text = view.read(path) ?? ''
  const isFirst =
    /biomejs\.dev\/schemas\/1\./.test(text) || /"@biomejs\/biome": *"[\^~]?1\./.test(view.read('package.json') ?? '')
  const list = isFirst ? { at: ['files', 'ignore'], seed: [] } : { at: ['files', 'includes'], seed: ['**'] }
  const items = parts.map(part => `${isFirst ? '' : '!'}${part.replace(/\/$/, '')}`)
  return {
    path,
    tools: ['Biome'],
    form: 'json',
    items,
    list,
    fresh: `${prettyJson({ files: { [list.at[1] as string]: [...list.seed, ...items] } }, '\t')}\n`,
    covers: () => false,
  }
}

const forEslint = (path: string, parts: string[]): Ignore => ({
  path,
  tools: ['ESLint'],
  form: 'script',
  // It reads no other files of Countersign's, unless a plugin for Markdown or JSON does.
  items: parts.length === 1 ? parts : [`${claudeDir}/hooks/countersign*.cjs`, `${recordsDir}/`],
  fresh: null,
  covers: text => [...text.matchAll(/(['"`])([^'"`\n]*)\1/g)].some(([, , item = '']) => isClaudeDir(item)),
})

const forChecker = (path: string, parts: string[]): Ignore => {
  const items = parts.map(part => `^${part.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}`)
  return {
    path,
    tools: ['editorconfig-checker'],
    form: 'json',
    items,
    list: { at: ['Exclude'], seed: [] },
    // On one line: whatever indentation it asks for, this has none.
    fresh: `{ "Exclude": ${JSON.stringify(items).replaceAll('","', '", "')} }\n`,
    covers: () => false,
  }
}
