import { describe, expect, it } from 'vitest'
import type { HookEntry } from '../../../../src/core/setup/settings/hook-entries.ts'
import { freshSettings, insertHooks } from '../../../../src/core/setup/settings/settings.ts'
import {
  editedEvents,
  fromRecord,
  toRecord,
  updateHooks,
  withoutCountersign,
} from '../../../../src/core/setup/settings/settings-update.ts'

const entry = (event: string, timeout = 60, script = 'countersign.cjs'): HookEntry => ({
  event,
  group: { hooks: [{ type: 'command', command: 'node', args: [`x/.claude/hooks/${script}`], timeout }] },
})

const textOf = (result: ReturnType<typeof insertHooks>) => ('text' in result ? result.text : JSON.stringify(result))
const updated = (text: string, before: HookEntry[], after: HookEntry[]) => textOf(updateHooks(text, before, after))

const first = [entry('Stop'), entry('SessionEnd', 10)]
const theirs = [
  ['pretty', '{\n  "model": "opus",\n  "hooks": {\n    "Stop": [{ "hooks": [] }]\n  }\n}\n'],
  ['with comments and CRLF', '{\r\n\t// mine\r\n\t"model": "opus", // keep\r\n\t"hooks": {},\r\n}\r\n'],
  ['on one line', '{"model":"opus"}'],
] as const

describe('entries that change from one version to the next', () => {
  const next = [
    ['a longer timeout', [entry('Stop', 90), entry('SessionEnd', 10)]],
    ['one more event', [...first, entry('SessionStart')]],
    ['one event less', [entry('Stop')]],
    ['a script with a new name', first.map(({ event }) => entry(event, 60, 'countersign-gate.cjs'))],
  ] as const
  const cases = theirs.flatMap(([style, text]) => next.map(([what, after]) => [what, style, text, after] as const))

  it.each(cases)(
    '%s, in a file %s: as if the new ones had been added first, and removed without a trace',
    (_, __, text, after) => {
      const written = updated(textOf(insertHooks(text, first)), first, [...after])
      expect(written).toBe(textOf(insertHooks(text, [...after])))
      expect(withoutCountersign(written, [...after], false)).toEqual({ text, isEmpty: false })
    },
  )

  it('are left untouched while they do not change, even where the user edited them', () => {
    const text = textOf(insertHooks('{}', first)).replace('10', '15')
    expect(updated(text, first, first)).toBe(text)
    expect(editedEvents(text, first)).toEqual(['SessionEnd'])
    const besideTheirs = JSON.stringify({ hooks: { Stop: [{ hooks: [] }, first[0]!.group] } })
    expect(editedEvents(besideTheirs, first)).toEqual([])
  })

  it('stay as the user edited them, and still call the script by its new name', () => {
    const text = textOf(insertHooks('{}', first)).replace('10', '15')
    const after = first.map(({ event }) => entry(event, 90, 'countersign-gate.cjs'))
    expect(JSON.parse(updated(text, first, after)).hooks).toEqual(
      toRecordOfLists([entry('SessionEnd', 15, 'countersign-gate.cjs'), after[0]!]),
    )
  })

  it('are restored when Claude Code has dropped them', () => {
    const dropped = textOf(insertHooks('{}', [first[0]!]))
    expect(JSON.parse(updated(dropped, first, first)).hooks).toEqual(toRecordOfLists(first))
  })

  it('of which nothing is known are left untouched; what is missing is added', () => {
    const text = textOf(insertHooks('{}', first))
    expect(JSON.parse(updated(text, [], [entry('Stop', 90), entry('PreToolUse')])).hooks).toEqual(
      toRecordOfLists([...first, entry('PreToolUse')]),
    )
  })
})

const toRecordOfLists = (entries: HookEntry[]) =>
  Object.fromEntries(entries.map(({ event, group }) => [event, [group]]))

it('entries survive the manifest', () => expect(fromRecord(toRecord(first))).toEqual(first))

describe('a settings.json that Countersign created', () => {
  const fresh = () => freshSettings(first)

  it('is removed as a whole, whatever its line ends and after any number of versions', () => {
    const later = updated(fresh(), first, [entry('Stop', 90)])
    expect(withoutCountersign(fresh().replaceAll('\n', '\r\n'), first, true)).toMatchObject({ isEmpty: true })
    expect(withoutCountersign(later, [entry('Stop', 90)], true)).toMatchObject({ isEmpty: true })
  })

  it('leaves what the user added, and nothing else', () => {
    const edited = fresh()
      .replace('{\n', '{\n  "model": "opus",\n')
      .replace(/\n}\n$/, ',\n  "env": {}\n}\n')
    expect(withoutCountersign(edited, first, true)).toEqual({
      text: '{\n  "model": "opus",\n  "env": {}\n}\n',
      isEmpty: false,
    })
  })

  it('is kept when it has a comment, before or after', () => {
    const kept = (text: string) => textOf(withoutCountersign(text, first, true) as { text: string })
    expect(kept(`// mine\n${fresh()}`)).toMatch(/^\/\/ mine\n\{\s*\}\n$/)
    expect(kept(`${fresh()}// mine\n`)).toMatch(/^\{\s*\}\n\/\/ mine\n$/)
  })

  it('keeps a schema that the user changed', () => {
    const edited = fresh().replace(/"\$schema": "[^"]*"/, '"$schema": "mine"')
    expect(withoutCountersign(edited, first, true)).toEqual({ text: '{\n  "$schema": "mine"\n}\n', isEmpty: false })
  })
})

describe('a settings.json that is not JSON', () => {
  it('is left untouched, and the place is named', () => {
    const fault = { fault: { line: 1, column: 2, what: 'CloseBraceExpected' } }
    expect([updateHooks('{', first, [entry('Stop')]), withoutCountersign('{', first, true)]).toEqual([fault, fault])
    expect(editedEvents('{', first)).toEqual([])
  })
  it('or has no hooks, has no edited entries', () => expect(editedEvents('\uFEFF{}', first)).toEqual([]))
})

describe('a script that gets a new name', () => {
  const edited = (script: string) => [{ matcher: 'Edit', hooks: entry('Stop', 5, script).group.hooks }]
  it('is followed wherever the user has it, among others’', () => {
    const text = JSON.stringify({ hooks: { Stop: [{ hooks: [] }, ...edited('countersign.cjs')], Other: [] } })
    expect(JSON.parse(updated(text, first, [entry('Stop', 60, 'gate.cjs')])).hooks).toEqual({
      Stop: [{ hooks: [] }, ...edited('gate.cjs')],
      Other: [],
    })
  })
  it('is the only argument that changes', () => {
    const text = JSON.stringify({ hooks: { Stop: edited('countersign.cjs') } }).replace('["x/', '["--verbose","x/')
    expect(updated(text, first, [entry('Stop', 60, 'gate.cjs')])).toContain('["--verbose","x/.claude/hooks/gate.cjs"]')
  })
  it('is left untouched when there are two new ones, or none', () => {
    const text = JSON.stringify({ hooks: { Stop: edited('countersign.cjs') } })
    expect(updated(text, first, [])).toBe(text)
    expect(updated(text, first, [entry('Stop', 60, 'a.cjs'), entry('Stop', 60, 'b.cjs')])).toContain('countersign.cjs')
  })
  it('is not looked for where there are no hooks any more', () =>
    expect(JSON.parse(updated('{}', first, [entry('Stop', 60, 'gate.cjs')])).hooks).toEqual(
      toRecordOfLists([entry('Stop', 60, 'gate.cjs')]),
    ))
})
