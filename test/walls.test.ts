import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const below = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
const sources = below('src').filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
const text = (file: string): string => readFileSync(join(root, file), 'utf8')

/** What each layer may import: other layers, `node:`, and packages by name. */
const may: Record<string, string[]> = {
  model: ['model', 'zod'],
  core: ['core', 'model', 'prompts'],
  detect: ['detect', 'model', 'smol-toml', 'yaml', 'package-manager-detector'],
  shell: ['shell', 'model', 'errors', 'node:', 'packages'],
  hook: ['hook', 'core', 'model', 'shell', 'errors', 'node:'],
  commands: ['commands', 'core', 'detect', 'errors', 'model', 'shell', 'rehearsal', 'node:', 'packages'],
  rehearsal: ['rehearsal', 'core', 'model', 'shell', 'errors', 'node:', 'packages'],
  errors: ['errors', 'model'],
  'bug-report': [],
}
// settings.json is found by offsets; the parser that gives them is pure.
const exceptions: Record<string, string[]> = {
  'src/core/setup/settings/settings-tree.ts': ['jsonc-parser'],
  'src/core/setup/settings/settings.ts': ['jsonc-parser'],
  'src/core/setup/settings/settings-update.ts': ['jsonc-parser'],
  'src/core/setup/settings/json-members.ts': ['jsonc-parser'],
  'src/core/setup/settings/without-comments.ts': ['jsonc-parser'],
  'src/core/setup/formatters/splice-list.ts': ['jsonc-parser'],
  'src/core/doctor/ignored-places.ts': ['jsonc-parser'],
  'src/core/doctor/layers.ts': ['jsonc-parser'],
  // The same for the configuration: its migrations splice by range.
  'src/core/setup/migrate-config.ts': ['yaml'],
  // Types alone: what the templates have slots for.
  'src/core/setup/template-contexts.ts': ['templates/files/index.yaml'],
}

/** The rooms of core and commands, each with those it may know besides itself: the picture, from the ground up. */
const rooms: Record<string, string[]> = {
  'core/text': [],
  'core/ledger': ['core/text'],
  'core/suites': ['core/text'],
  'core/review': ['core/ledger', 'core/text'],
  'core/messages': ['core/ledger', 'core/text'],
  'core/report': ['core/messages', 'core/ledger', 'core/text'],
  'core/cycle': ['core/messages', 'core/ledger', 'core/text'],
  'core/setup': ['core/text'],
  'core/doctor': ['core/setup', 'core/text'],
  'commands/shared': [],
  'commands/setup': ['commands/shared'],
  'commands/doctor': ['commands/setup', 'commands/shared'],
  commands: ['commands/setup', 'commands/doctor', 'commands/shared'],
}
const roomOf = (file: string): string =>
  dirname(file)
    .replace(/^src\//, '')
    .split('/')
    .slice(0, 2)
    .join('/')

const layerOf = (file: string): string =>
  file
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/')[0]!

/** Imports of a file as wall names, with what was written. */
function imports(file: string, { types = true } = {}): { wall: string; written: string }[] {
  const source = types ? text(file) : text(file).replace(/^import type [^']*'[^']+'/gm, '')
  const written = [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
  return written.map(name => ({ wall: wallOf(file, name), written: name }))
}

function wallOf(file: string, name: string): string {
  if (name.startsWith('node:')) return 'node:'
  if (!name.startsWith('.')) return name
  const target = relative(root, resolve(root, dirname(file), name)).replaceAll('\\', '/')
  if (target.startsWith('templates/prompts/')) return 'prompts'
  return target.replace(/^src\//, '').replace(/\.ts$/, '')
}

const isSource = (wall: string): boolean => sources.includes(`src/${wall}.ts`)

/** The sources that a file imports. */
const known = (file: string, options = { types: true }): string[] =>
  imports(file, options).flatMap(({ wall }) => (isSource(wall) ? [`src/${wall}.ts`] : []))

function isAllowed(file: string, wall: string): boolean {
  const allowed = [...(may[layerOf(file)] ?? []), ...(exceptions[file] ?? [])]
  const inside = allowed.some(name => wall === name || wall.startsWith(`${name}/`))
  const isPackage = wall !== 'node:' && !isSource(wall) && wall !== 'prompts'
  return inside || (isPackage && allowed.includes('packages'))
}

/** Everything that is loaded with a file, itself included. */
function reach(file: string, options = { types: true }, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const other of known(file, options)) reach(other, options, seen)
  return seen
}

describe('import walls', () => {
  it.each(Object.keys(may))('%s keeps within its own', layer => {
    const files = sources.filter(file => layerOf(file) === layer)
    expect(files.length).toBeGreaterThan(0)
    const broken = files.flatMap(file =>
      imports(file)
        .filter(({ wall }) => !isAllowed(file, wall))
        .map(({ written }) => `${file} → ${written}`),
    )
    expect(broken).toEqual([])
  })

  it('no import goes in a circle, types included', () => {
    const inCircle = sources.filter(file => known(file).some(other => reach(other).has(file)))
    expect(inCircle).toEqual([])
  })

  it.each(Object.keys(rooms))('the room %s knows only those below it', room => {
    const files = sources.filter(file => roomOf(file) === room)
    expect(files.length).toBeGreaterThan(0)
    const sameLayer = (other: string) => other in rooms && other.split('/')[0] === room.split('/')[0]
    const broken = files.flatMap(file =>
      known(file)
        .filter(other => sameLayer(roomOf(other)) && ![room, ...rooms[room]!].includes(roomOf(other)))
        .map(other => `${file} → ${other}`),
    )
    expect(broken).toEqual([])
  })

  it('every room of core and commands is in the picture, and there are at most twelve in core', () => {
    const found = new Set(sources.filter(file => /^src\/(core|commands)\//.test(file)).map(roomOf))
    expect([...found].sort()).toEqual(Object.keys(rooms).sort())
    expect([...found].filter(room => room.startsWith('core/')).length).toBeLessThanOrEqual(12)
  })

  it('the hook knows nothing of the setup nor of the terminal', () => {
    const seen = [...reach('src/hook.ts'), ...reach('src/hook/full-answer.ts')]
    expect(seen.filter(file => /^src\/(core|shell|commands)\/setup\/|^src\/shell\/terminal/.test(file))).toEqual([])
  })

  it('no command loads a package that only the demo, the build and the tests need', () => {
    const loaded = [...reach('src/commands/index.ts', { types: false })].flatMap(file =>
      imports(file, { types: false }),
    )
    expect(loaded.map(({ written }) => written)).toEqual(expect.arrayContaining(['yaml', '@clack/prompts']))
    expect(loaded.filter(({ written }) => /^(execa|fs-extra|handlebars|esbuild)\b/.test(written))).toEqual([])
  })

  it('core knows no clock, no chance, no process', () => {
    const impure = /\bprocess\.[a-z]|Date\.now|new Date\(\)|Math\.random|\bfetch\(|require\(/
    expect(sources.filter(file => layerOf(file) === 'core' && impure.test(text(file)))).toEqual([])
  })

  it('the quick answer of the hook loads no package and nothing of the full answer', () => {
    const seen = [...reach('src/hook.ts', { types: false })]
    const packages = seen.flatMap(file =>
      imports(file, { types: false })
        .filter(({ wall }) => wall !== 'node:' && !isSource(wall))
        .map(({ written }) => `${file} → ${written}`),
    )
    expect(packages).toEqual([])
    expect(seen.filter(file => /\/(full-answer|run-hook|perform.*)\.ts$/.test(file))).toEqual([])
  })
})

describe('the size of things', () => {
  it('no source file is longer than 250 lines', () =>
    expect(sources.filter(file => text(file).split('\n').length > 251)).toEqual([]))

  it('no folder holds more than 20 files', () => {
    const files = [...below('src'), ...below('test').filter(file => !file.startsWith('test/fixtures/'))]
    const counts = new Map<string, number>()
    for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > 20)).toEqual([])
  })

  it('`status` loads at most 64 files', () =>
    expect(reach('src/commands/status.ts', { types: false }).size).toBeLessThanOrEqual(64))
})
