// What must not travel: not to the reviewer, not into the ledger, not into a report. Every pattern is linear, because the
// texts are foreign and can be long.

import { type Awaited, withoutAssigned } from './secrets/assignments.ts'
import type { Source } from './secrets/bare-values.ts'
import { keyMasker } from './secrets/key-blocks.ts'
import { surroundedHint, surroundedKinds, tokenKinds } from './secrets/kinds.ts'
import { manifestMasker } from './secrets/manifests.ts'
import { markupMasker } from './secrets/markup.ts'
import { isFilledIn } from './secrets/values.ts'

export { isSecretFile } from './secrets/secret-files.ts'

/** All tokens in one pattern, each at the start of a word; `\n` and `%3D` are no part of one. */
const tokens = new RegExp(
  `(?<=^|[^A-Za-z0-9]|\\\\[nrt]|%[0-9A-Fa-f]{2})(?:${tokenKinds.map(({ pattern }) => pattern.source).join('|')})\\w*`,
  'g',
)
/** No token is shorter. */
const shortest = 15
const surrounded = surroundedKinds.map(({ pattern }) => new RegExp(pattern, `${pattern.flags}g`))
const file = /^diff --git .{0,4000}[/.]([\w-]{1,40})"?$/
const settings =
  /^(?:ya?ml|env|properties|ini|cfg|conf|toml|npmrc|netrc|pypirc|envrc|config|tfvars|hcl|service|plist|cnf|example|sample|dist|local|template|credentials|kubeconfig)$/i
const prose =
  /^(?:md|mdx|txt|rst|adoc|log|sh|bash|zsh|fish|ps1|bat|cmd|dockerfile|makefile|mk|xml|json|jsonc|http|csv|sql|tpl|tmpl|j2|erb|ipynb|patch|diff)$/i

/** A comment is no code. */
const comment = /^[+\- ]?\s*(?:\/\/|\/\*|\*|#|--|<!--)/

/**
 * Returns a function that takes a text line by line and gives each line back without the secrets in it. What it has seen
 * it remembers: a private key, the data of a manifest, a name whose value is on the next line, the file of a diff.
 */
export function lineMasker(): (line: string) => string {
  const withoutKeys = keyMasker()
  const withoutData = manifestMasker()
  const withoutMarkup = markupMasker()
  let source: Source = 'unknown'
  let awaits: Awaited
  return line => {
    const changed = file.exec(line)?.[1]
    if (changed) source = settings.test(changed) ? 'settings' : prose.test(changed) ? 'unknown' : 'code'
    const open = withoutData(withoutKeys(line))
    const free = line.length < shortest ? open : open.replace(tokens, withoutToken)
    const known = surroundedHint.test(free) ? surrounded.reduce(withoutKind, free) : free
    const given = withoutAssigned(withoutMarkup(known), comment.test(line) ? 'unknown' : source, awaits)
    awaits = given.awaits
    return given.line
  }
}

/** A row of crosses is how a page shows the form of a token. */
const withoutToken = (token: string): string => (/[xX]{8}/.test(token) ? token : '[masked]')

const withoutKind = (line: string, pattern: RegExp): string =>
  line.replace(pattern, (all: string, kept: string) => (isFilledIn(all.slice(kept.length)) ? all : `${kept}[masked]`))

/** The text without the secrets in it. */
export const withoutSecrets = (text: string): string => text.split('\n').map(lineMasker()).join('\n')
