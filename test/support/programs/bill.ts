import { execFileSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setScene } from '../../../src/rehearsal/demo/demo-scene.ts'
import { type ClaudeAnswer, type ClaudeScript, plainText } from '../../../src/rehearsal/models/claude-model.ts'
import type { CodexScript } from '../../../src/rehearsal/models/codex-model.ts'
import { answer, choice, finish, literal, stageCue } from '../../../src/rehearsal/scripts/author-parts.ts'
import { followCues } from '../../../src/rehearsal/scripts/script.ts'

// What a change costs, with the real programs and scripted models. The scripts fit versions of Countersign from 0.1.0 on: Codex's
// answers are cut to the schema that it is given.

/** A change and what the two models make of it. Finding n is on the first line of file n. */
export type Work = {
  name: string
  /** Changed text files, and lines added to each. */
  files: number
  lines: number
  /** Other files of the change, by path; null removes one that is there. */
  others?: Record<string, string | Buffer | null>
  findings: number
  /** So many of them, the last ones, Claude calls not needed. */
  disputed: number
  /** Rounds of debate; in the second Codex has shown something in the first. */
  rounds: 1 | 2
  /** Files that Codex opens before it answers. */
  reads: number
  /** Picks these afterwards and fixes them, so that a second cycle runs. */
  picks?: string
}

/** What it cost. Tokens are bytes of requests / 4. */
export type Bill = {
  requests: number
  raw: number
  /** Counts a prefix that an earlier request had, of 1,024 tokens or more, at a tenth: the order is schema, tools, input. */
  effective: number
  claudeRequests: number
  /** Bytes of Countersign's words that Claude was sent, each once. */
  claudeBytes: number
  /** Times that the choice was put. */
  questions: number
  signed: boolean
}

const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd })

const feature = 'Add the values.'
const place = (n: number): string => `src/values-${n}.js`
const line = (n: number, i: number): string => `export const value_${n}_${i} = prices => prices.reduce(add_${i}, ${n})`
const content = (n: number, lines: number): string =>
  Array.from({ length: lines }, (_, i) => `${line(n, i)}\n`).join('')
const ids = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `F${from + i}`)

/** Plays one change through the real programs with the command line at `cli`. */
export async function billOf(cli: string, work: Work): Promise<Bill> {
  const scene = await setScene({ cli, author: authorOf(work), reviewer: reviewerOf(work) })
  try {
    await scene.countersign('init', '--yes')
    if (work.rounds === 1) appendFileSync(join(scene.project, '.claude/countersign.yaml'), '\ndebate:\n  rounds: 1\n')
    git(scene.project, 'add', '-A')
    git(scene.project, '-c', 'user.name=Bill', '-c', 'user.email=bill@example.org', 'commit', '-qm', 'the setup')
    await scene.prompt(feature)
    if (work.picks) await scene.prompt(`pick ${work.picks}`)
    const bodies = scene.codex.records.map(({ body }) => inCacheOrder(body))
    const told = scene.claude.records.at(-1)?.turn.messages.filter(({ role }) => role !== 'assistant') ?? []
    const words = told
      .flatMap(({ content: said }) => (typeof said === 'string' ? [said] : said.map(block => plainText([block]))))
      .filter(text => text.includes('Countersign · '))
    const status = (await scene.countersign('status', '--json')).stdout
    return {
      requests: bodies.length,
      raw: sum(bodies.map(tokens)),
      effective: Math.round(sum(bodies.map((body, at) => effective(body, bodies.slice(0, at))))),
      claudeRequests: scene.claude.records.length,
      claudeBytes: sum(words.map(text => Buffer.byteLength(text))),
      questions: words.filter(text => stageCue('choice').test(text)).length,
      signed: (JSON.parse(status) as { stage: string }).stage === 'countersigned',
    }
  } finally {
    scene.close()
  }
}

function authorOf(work: Work): (project: string) => ClaudeScript {
  return project => {
    const write = (path: string, text: string) => ({
      tool: 'Write',
      input: { file_path: join(project, path), content: text },
    })
    const change = (): ClaudeAnswer => {
      for (const [path, other] of Object.entries(work.others ?? {}))
        if (other !== null) writeFileSync(join(project, path), other)
      const removed = Object.entries(work.others ?? {}).flatMap(([path, other]) => (other === null ? [path] : []))
      const remove = removed.map(path => ({ tool: 'Bash', input: { command: `rm ${path}`, description: 'remove' } }))
      const calls = Array.from({ length: work.files }, (_, n) => write(place(n), content(n, work.lines)))
      return { text: 'At once.', calls: [...calls, ...remove] }
    }
    const needed = ids(1, work.findings - work.disputed).map(id => `${id}: needed, high — it would fail`)
    const refused = ids(work.findings - work.disputed + 1, work.findings).map(id => `${id}: not needed — by design`)
    const fix = [0, 1].map(n => write(place(n), content(n, work.lines).replace(/prices/g, 'amounts')))
    return followCues([
      { cue: literal(feature), answers: () => [change(), finish('They are in.')] },
      { cue: stageCue('self-review'), answers: () => [answer('self-review: ready')] },
      {
        cue: /Countersign · debate · cycle \d+ · round (\d+)\n/,
        answers: (_, [, round]) => [answer(...(round === '1' ? [...needed, ...refused] : refused))],
      },
      { cue: stageCue('fix'), answers: () => [{ text: 'Now.', calls: fix }, finish('Fixed.')] },
      choice,
    ])
  }
}

function reviewerOf(work: Work): CodexScript {
  return turn => {
    const [, call, cycle, round] =
      turn.prompt.match(/^Countersign · (review|rebuttal) · cycle (\d+)(?: · round (\d+))?$/m) ?? []
    const reads = Array.from({ length: work.reads }, (_, n) => `cat ${place(n)}`)
    if (call === 'review' && cycle === '1' && reads.length > 0 && turn.outputs.length === 0) return { commands: reads }
    const raised = cycle === '1' ? work.findings : 0
    const findings = Array.from({ length: raised }, (_, n) => ({
      ...{ title: `Value ${n} adds in the wrong order`, body: `The sum of file ${n} starts with its own number.` },
      ...{ kind: 'defect', priority: 'high', file: place(n % work.files), fix: 'Start at zero.' },
      ...{ line_start: 1 + Math.floor(n / work.files), line_end: 1 + Math.floor(n / work.files) },
      quote: line(n % work.files, Math.floor(n / work.files)),
    }))
    const open = [...turn.prompt.matchAll(/^(F\d+)\b/gm)].map(([, id]) => id!)
    const shown = { file: place(0), line: 2, quote: line(0, 1) }
    const said = {
      verdict: findings.length > 0 ? 'findings' : 'approve',
      summary: 'Read as a whole.',
      reviewed: [...Array.from({ length: work.files }, (_, n) => place(n)), ...Object.keys(work.others ?? {})],
      findings,
      resolved:
        cycle === '1' ? [] : [...new Set(open)].map(id => ({ id, resolved: true, reason: 'It starts at zero.' })),
      positions: ids(work.findings - work.disputed + 1, work.findings).map(id => ({
        ...{ id, needed: true, priority: 'high', reason: 'It still starts with its own number.', concession: null },
        evidence: work.rounds === 2 && round === '1' ? shown : null,
      })),
    }
    return {
      text: JSON.stringify(fitted(call === 'review' ? { ...said, positions: [] } : saysPositions(said), turn.schema)),
    }
  }
}

/** A rebuttal in the schema of a review has nothing else to say. */
const saysPositions = <T extends { positions: unknown }>(said: T) => ({
  ...said,
  ...{ verdict: 'approve', findings: [], resolved: [], reviewed: [], summary: '' },
})

type Schema = { properties?: Record<string, Schema>; items?: Schema; type?: string | string[] }

/** Cuts an answer to a schema, and fills what it asks for besides. */
function fitted(value: unknown, schema: unknown): unknown {
  const { properties, items } = (schema ?? {}) as Schema
  if (Array.isArray(value)) return items ? value.map(one => fitted(one, items)) : value
  if (value === null || typeof value !== 'object' || !properties) return value
  const given = value as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [
      name,
      name in given ? fitted(given[name], inner) : empty(inner),
    ]),
  )
}

const empty = ({ type, properties }: Schema): unknown =>
  type === 'array' ? [] : type === 'string' ? '' : properties ? fitted({}, { properties }) : null

type Body = { text?: { format?: unknown }; tools?: unknown; instructions?: string; input?: unknown[] }

function inCacheOrder(body: string): string {
  const { text, tools, instructions, input } = JSON.parse(body) as Body
  return JSON.stringify([text?.format ?? null, tools ?? [], instructions ?? '', ...(input ?? [])])
}

const tokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / 4)
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)
const smallestPrefix = 1_024

function effective(body: string, before: string[]): number {
  const shared = Math.max(0, ...before.map(other => tokens(body.slice(0, commonLength(body, other)))))
  return shared < smallestPrefix ? tokens(body) : tokens(body) - shared * 0.9
}

function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}
