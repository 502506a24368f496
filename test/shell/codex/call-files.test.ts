import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { callFiles } from '../../../src/shell/codex/call-files.ts'
import { itNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

it('a call has its schema, an empty answer, and names of its own; both files are removed after it', () => {
  const folder = join(temporaryDirectory(), 'codex')
  const [one, two] = [callFiles(folder, { type: 'object' }, []), callFiles(folder, {}, [])]
  expect([readFileSync(one.schema, 'utf8'), readFileSync(one.answer, 'utf8')]).toEqual(['{"type":"object"}', ''])
  expect(new Set([one.schema, one.answer, two.schema, two.answer]).size).toBe(4)
  one.remove()
  two.remove()
  expect(readdirSync(folder)).toEqual([])
})

itNeeds('POSIX')('they are for the user’s eyes alone, in a folder that others could enter before', () => {
  const folder = join(temporaryDirectory(), 'codex')
  mkdirSync(folder, { mode: 0o755 })
  const { schema, answer } = callFiles(folder, {}, [])
  expect([folder, schema, answer].map(path => statSync(path).mode & 0o777)).toEqual([0o700, 0o600, 0o600])
})

it('what a call that was killed left behind is removed after an hour', () => {
  const folder = temporaryDirectory()
  for (const [name, hours] of [
    ['answer.json', 2],
    ['kept.json', 2],
    ['new.json', 0],
  ] as const) {
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), new Date(), new Date(Date.now() - hours * 3_600_000 - 1000))
  }
  callFiles(folder, {}, ['kept.json']).remove()
  expect(readdirSync(folder).sort()).toEqual(['kept.json', 'new.json'])
})
