import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { replay } from '../../src/core/ledger/replay.ts'
import { emptyState, type State } from '../../src/core/ledger/state.ts'
import { findingsJson } from '../../src/core/report/json.ts'
import { doingNow } from '../../src/core/report/now.ts'
import { statusJson } from '../../src/core/report/status.ts'
import type { LedgerEntry } from '../../src/model/ledger/ledger-entry.ts'
import { anySession, play } from '../support/cycle/any-session.ts'
import { debating, finding, says } from '../support/cycle/cycle.ts'
import { owing, signed } from '../support/cycle/reported.ts'

// The published files themselves, read back by zod: what they accept is what a tool's own validator accepts.
type Json = Record<string, unknown>
const published = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`../../dist/${name}.schema.json`, import.meta.url), 'utf8'))
const findings = z.fromJSONSchema(published('findings') as never)
const status = z.fromJSONSchema(published('status') as never)

type Read = { state: State; entries: readonly LedgerEntry[] }
const holder = { pid: 7, since: '2026-01-05T09:00:00.000Z' }
/** Through JSON, as a tool reads it. */
const asRead = <T>(document: T): T => JSON.parse(JSON.stringify(document))

/** Both documents of a ledger are what the schemas say, and hold nothing that these do not name. */
function fits({ state, entries }: Read): void {
  const list = asRead(findingsJson({ state, entries }))
  findings.parse(list)
  expect(unnamed(list, published('findings'))).toEqual([])
  for (const one of [null, holder]) {
    const document = asRead(statusJson(state, doingNow(state, entries, one)))
    status.parse(document)
    expect(unnamed(document, published('status'))).toEqual([])
  }
}

/** Paths of properties that a schema does not name. */
function unnamed(value: unknown, schema: Json, root = schema, path = ''): string[] {
  const { $ref, properties, items, anyOf } = schema as {
    $ref?: string
    properties?: Json
    items?: Json
    anyOf?: Json[]
  }
  if ($ref) return unnamed(value, at(root, $ref), root, path)
  if (anyOf) return value === null ? [] : unnamed(value, anyOf[0]!, root, path)
  if (Array.isArray(value)) return value.flatMap((one, n) => unnamed(one, items!, root, `${path}/${n}`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) =>
    properties?.[name] ? unnamed(one, properties[name] as Json, root, `${path}/${name}`) : [`${path}/${name}`],
  )
}

const at = (root: Json, ref: string): Json =>
  ref
    .slice(2)
    .split('/')
    .reduce<Json>((found, name) => found[name] as Json, root)

/** Every path of a schema's properties, `[]` for the items of a list. */
function named(schema: Json, root = schema): string[] {
  const {
    $ref,
    properties = {},
    items,
    anyOf,
  } = schema as {
    $ref?: string
    properties?: Json
    items?: Json
    anyOf?: Json[]
  }
  if ($ref) return named(at(root, $ref), root)
  return [
    ...(anyOf ?? []).flatMap(one => named(one, root)),
    ...(items ? named(items, root).map(path => `[].${path}`) : []),
    ...Object.entries(properties).flatMap(([name, one]) => [
      name,
      ...named(one as Json, root).map(path => `${name}.${path}`.replace('.[]', '[]')),
    ]),
  ]
}

const positionFields = ['by', 'round', 'needed', 'priority', 'reason', 'evidence', 'concession']
const findingFields = [
  ...['id', 'title', 'body', 'kind', 'priority', 'file', 'lineStart', 'lineEnd', 'quote', 'fix', 'verified'],
  ...['agreedBy', 'fate', 'support', 'marks', 'proof', 'positions'],
  ...positionFields.map(name => `positions[].${name}`),
]

describe('the published schema of the findings', () => {
  it('names every property that tools are promised', () => {
    const promised = [
      ...['version', 'run', 'cycle', 'stage', 'fingerprint', 'agreed', 'disputed', 'notNeeded', 'picked'],
      ...['critical', 'high', 'medium', 'low'].flatMap(priority => [
        `agreed.${priority}`,
        ...findingFields.map(name => `agreed.${priority}[].${name}`),
      ]),
      ...['disputed', 'notNeeded'].flatMap(list => findingFields.map(name => `${list}[].${name}`)),
      ...['result', 'reason', 'model', 'sandbox', 'reviewed', 'notReviewed'].map(name => `review.${name}`),
      ...['result', 'olderFailures', 'flaky'].map(name => `tests.${name}`),
      ...['codexCalls', 'codexInputTokens', 'codexCachedTokens', 'codexOutputTokens', 'rounds', 'seconds'].map(
        name => `bill.${name}`,
      ),
    ]
    expect(named(published('findings'))).toEqual(expect.arrayContaining(promised))
  })
  it('asks for each of them', () => {
    const document = asRead(findingsJson(debating(finding('F1'))))
    for (const name of Object.keys(document)) {
      const { [name]: _, ...rest } = document as Json
      expect(findings.safeParse(rest).success, name).toBe(false)
    }
  })
  it('refuses an unknown word where there is a choice of them', () => {
    const document = asRead(findingsJson({ state: emptyState, entries: [] }))
    for (const wrong of [{ stage: 'lunch' }, { version: 1 }, { cycle: 'one' }, { agreed: { critical: [] } }])
      expect(findings.safeParse({ ...document, ...wrong }).success).toBe(false)
  })
})

describe('the published schema of the status', () => {
  it('names every property that tools are promised', () =>
    expect(named(published('status')).sort()).toEqual(
      [
        ...['version', 'stage', 'cycle', 'round', 'fingerprint', 'tests', 'tests.result', 'tests.seconds'],
        ...['owed', 'owed.reason', 'owed.until', 'open', 'agreed', 'disputed', 'picked', 'paused'],
        ...['now', 'now.what', 'now.since', 'now.detail'],
      ].sort(),
    ))
})

describe('both schemas fit what is printed', () => {
  it('of no ledger, of one at each kind of end, and of one that 0.1.0 wrote', () => {
    fits({ state: emptyState, entries: [] })
    for (const cycle of [owing(), signed().cycle, debating(finding('F1', 'low', { lineStart: null, file: '' }))])
      fits(cycle)
    for (const name of ['countersigned', 'in-debate']) {
      const file = new URL(`../fixtures/ledgers/0.1.0-${name}.jsonl`, import.meta.url)
      const entries = readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
      for (let length = 0; length <= entries.length; length++) {
        const read = entries.slice(0, length)
        fits({ state: replay(read), entries: read })
      }
    }
  })
  it('of what was agreed in the debate, of both withdrawing, and of a quote that is nowhere', () => {
    const cycle = debating(finding('F1'), finding('F2'), finding('F3', 'low', { verified: false }))
    cycle.rebuttals.push({ F2: { needed: false, concession: 'I see' }, F3: { needed: true } })
    cycle.stop(says('F1: needed, medium — yes: src/api.js:1 `if (!xs.length)`', 'F2, F3: not needed — no'))
    fits(cycle)
    expect(findingsJson(cycle).disputed.map(({ marks }) => marks)).toContainEqual(['both-withdrew'])
  })
  it('of any session whatever', () => {
    fc.assert(
      fc.property(anySession, moves => {
        play(moves, cycle => fits(cycle))
      }),
      { numRuns: 40 },
    )
  })
})
