import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map(file => `src/${file.replaceAll('\\', '/')}`)
  .filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))

/** What each layer may import: other layers, `node:`, and packages by name. */
const may: Record<string, string[]> = {
  model: ['model', 'zod'],
  core: ['core', 'model', 'prompts'],
  detect: ['detect', 'model', 'smol-toml', 'yaml', 'package-manager-detector'],
  shell: ['shell', 'model', 'errors', 'node:', 'packages'],
  hook: ['hook', 'core', 'model', 'shell', 'errors', 'node:'],
  commands: ['commands', 'core', 'detect', 'errors', 'hook', 'model', 'shell', 'rehearsal', 'node:', 'packages'],
  rehearsal: ['rehearsal', 'core', 'model', 'shell', 'errors', 'node:', 'packages'],
  errors: ['bug-report', 'model'],
  'bug-report': [],
}
// settings.json is found by offsets; the parser that gives them is pure.
const exceptions: Record<string, string[]> = {
  'src/core/settings-tree.ts': ['jsonc-parser'],
  'src/core/settings.ts': ['jsonc-parser'],
  'src/core/doctor/settings-faults.ts': ['jsonc-parser'],
  'src/core/doctor/layers.ts': ['jsonc-parser'],
  'src/core/settings-update.ts': ['jsonc-parser'],
  // The same for the configuration: its migrations splice by range.
  'src/core/migrate-config.ts': ['yaml'],
}

const layerOf = (file: string): string =>
  relative('src', file).replaceAll('\\', '/').replace(/\.ts$/, '').split('/')[0]!

/** Imports of a file as wall names, with what was written. */
function imports(file: string, { types = true } = {}): { wall: string; written: string }[] {
  const source = readFileSync(join(root, file), 'utf8')
  const text = types ? source : source.replace(/^import type [^']*'[^']+'/gm, '')
  const written = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
  return written.map(name => ({ wall: wallOf(file, name), written: name }))
}

function wallOf(file: string, name: string): string {
  if (name.startsWith('node:')) return 'node:'
  if (!name.startsWith('.')) return name
  const target = relative(root, resolve(root, dirname(file), name)).replaceAll('\\', '/')
  if (target.startsWith('templates/prompts/')) return 'prompts'
  return target.replace(/^src\//, '').replace(/\.ts$/, '')
}

function isAllowed(file: string, wall: string): boolean {
  const allowed = [...(may[layerOf(file)] ?? []), ...(exceptions[file] ?? [])]
  const inside = allowed.some(name => wall === name || wall.startsWith(`${name}/`))
  const isPackage = wall !== 'node:' && !sources.includes(`src/${wall}.ts`) && wall !== 'prompts'
  return inside || (isPackage && allowed.includes('packages'))
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

  it('core knows no clock, no chance, no process', () => {
    const impure = /\bprocess\.[a-z]|Date\.now|new Date\(\)|Math\.random|\bfetch\(|require\(/
    const found = sources.filter(
      file => layerOf(file) === 'core' && impure.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(found).toEqual([])
  })

  it('the hot half of the hook loads no package and none of the cold half', () => {
    const seen = new Set<string>()
    const packages: string[] = []
    const visit = (file: string): void => {
      if (seen.has(file)) return
      seen.add(file)
      for (const { wall, written } of imports(file, { types: false })) {
        if (sources.includes(`src/${wall}.ts`)) visit(`src/${wall}.ts`)
        else if (wall !== 'node:') packages.push(`${file} → ${written}`)
      }
    }
    visit('src/hook.ts')
    expect(packages).toEqual([])
    expect([...seen].filter(file => /\/(cold|run-hook|perform.*)\.ts$/.test(file))).toEqual([])
  })

  it('no source file is longer than 250 lines', () =>
    expect(sources.filter(file => readFileSync(join(root, file), 'utf8').split('\n').length > 251)).toEqual([]))
})
