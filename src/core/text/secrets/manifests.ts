import { careOf } from './names.ts'
import { decodedText, isFilledIn, isSecretValue, withoutEnd } from './values.ts'

const marker = /^[+\- ]?/
const kindLine = /^\s*["']?kind["']?\s*:\s*["']?(\w+)/
const dataLine = /^(\s*)["']?(data|stringData)["']?\s*:[\s{]*$/
const entry = /^(\s*["']?[\w./-]{1,253}["']?\s*:\s*["']?)([^\s"'{[|>][^"']*["']?[\s,]*)$/
/** `password: |`, with the value in the lines below. */
const blockLine = /^(\s*)(?:- +)?["']?([\w./-]{1,253})["']?\s*:\s*[|>][+-]?\d?[+-]?\s*(?:#.*)?$/
const inline = /("(?:data|stringData)"\s{0,3}:\s{0,3}\{)([^{}]{1,20000})/g
const literal = /(:\s{0,3}")([^"]{4,20000})(?=")/g
const isManifest = /"kind"\s{0,3}:\s{0,3}"Secret"/

/** A block that is open, with the indentation of its key, and the block around it. */
type Block = { indent: number; holds: 'secrets' | 'data' | 'value'; outer: Block | undefined }
/** What a manifest is known to be, and what is open in it. */
type State = { kind: string | undefined; block: Block | undefined }

const nothing: State = { kind: undefined, block: undefined }

/**
 * Returns a function that masks, line by line, the data of a Kubernetes Secret, and the value of a secret name that YAML
 * keeps in the lines below it. Data that stands before its `kind` is masked where it is base64 of plain text.
 */
export function manifestMasker(): (line: string) => string {
  let state = nothing
  return line => {
    // Most lines: no name with a value, and nothing open.
    if (!state.block && !/:|^@@|^diff --git |---/.test(line)) return line
    const hunk = /^@@ .{1,60}? @@ ?(.*)$/.exec(line)
    if (hunk || /^(?:diff --git |[+\- ]?---\s*$)/.test(line)) state = nothing
    const mark = hunk ? '' : marker.exec(line)![0]
    const text = hunk ? hunk[1]! : line.slice(mark.length)
    const [shown, next] = masked(text, state)
    state = next
    return hunk ? line : mark + shown
  }
}

function masked(text: string, state: State): [string, State] {
  if (isManifest.test(text) && text.includes('ata"')) return [oneLine(text), state]
  const indent = text.length - text.trimStart().length
  let open = state.block
  while (open && indent <= open.indent && text.trim() !== '') open = open.outer
  const kind = kindLine.exec(text)?.[1] ?? state.kind
  const data = dataLine.exec(text)
  if (data && kind !== 'ConfigMap') {
    const holds = data[2] === 'stringData' || kind === 'Secret' ? 'secrets' : 'data'
    return [text, { kind, block: { indent, holds, outer: undefined } }]
  }
  const below = blockLine.exec(text)
  const isSecret = below && (open?.holds === 'secrets' || careOf(below[2]!) !== undefined)
  if (isSecret && open?.holds !== 'value') return [text, { kind, block: { indent, holds: 'value', outer: open } }]
  return [inBlock(text, open?.holds ?? 'anything', kind), { kind, block: open }]
}

type Held = 'secrets' | 'data' | 'value' | 'anything'

function inBlock(text: string, holds: Held, kind: string | undefined): string {
  if (holds === 'value') return belowName(text)
  const found = entry.exec(text)
  if (!found) return text
  const kept = found[1]!
  const value = withoutEnd(found[2]!)
  const isSecret = holds === 'secrets' ? value.length >= 4 && !isFilledIn(value) : isEncoded(value, holds, kind)
  return isSecret ? `${kept}[masked]${text.slice(kept.length + value.length)}` : text
}

/** A line of a value. A program is no value: of several words nothing is masked here. */
const belowName = (text: string): string =>
  isSecretValue(text.trim(), 'likely') && !/[:;,{[(]$/.test(text.trim()) ? text.replace(/\S+/, '[masked]') : text

/** Text in base64 is how a Secret holds it, of which a hunk may show no more than this line. Certificates are public. */
const isEncoded = (value: string, holds: Held, kind: string | undefined): boolean =>
  kind !== 'ConfigMap' &&
  value.length >= (holds === 'data' ? 8 : 20) &&
  !/^LS0tLS1CRUdJTiB(?:DRVJU|QVUJM)/.test(value) &&
  decodedText(value) !== undefined

const oneLine = (text: string): string =>
  text.replace(inline, (_, kept: string, entries: string) => kept + entries.replace(literal, '$1[masked]'))
