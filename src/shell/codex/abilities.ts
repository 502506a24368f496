import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SandboxName, UnreviewedReason } from '../../model/ledger/fields.ts'
import { readWhole } from '../files/bounded-file.ts'
import { realPlace } from '../files/real-place.ts'
import type { Program } from '../processes/find-program.ts'
import { codexHome } from './codex-home.ts'
import { conveniences, isolation, type Setting } from './isolation.ts'
import { type Codex, codexIn, knowsOption, mcpServers, obeysTheTree, profileWorks, refusal } from './probes.ts'

/** How this very Codex is kept apart from the tree it reviews. */
export type Abilities = { settings: Setting[]; options: string[]; sandbox: SandboxName }

export type Ground = {
  cwd: string
  /** Working trees that the user may have trusted: absolute. */
  trees: string[]
  /** What its commands must not read: absolute, free of links. */
  hidden: string[]
  /** Where the answer is kept. */
  scratchDir: string
}

/** What keeps Codex from being isolated. `reason` null: its own words must tell. */
export type Refused = { problem: string; reason: UnreviewedReason | null }

/** Without it, rules of the user's can allow a command to run outside the sandbox. */
const ignoreRules = '--ignore-rules'

/**
 * Finds out how the program that is installed is isolated: which settings it takes, whether a permission profile works
 * here, and whether it obeys the tree all the same. Kept until the program or its configuration changes.
 *
 * @returns What keeps it from being isolated, where something does: then it must not be asked.
 */
export async function abilitiesOf(program: Program, ground: Ground): Promise<Abilities | Refused> {
  const trees = [...new Set(ground.trees.flatMap(tree => [tree, realPlace(tree)]))]
  const key = keyOf(program, trees)
  const known = recall(ground.scratchDir, key)
  if (known) return known
  const abilities = await probe(codexIn(program, ground.cwd), { ...ground, trees })
  if ('problem' in abilities) return abilities
  mkdirSync(ground.scratchDir, { recursive: true, mode: 0o700 })
  writeFileSync(cacheFile(ground.scratchDir), JSON.stringify({ key, abilities }), { mode: 0o600 })
  return abilities
}

/** Makes the next call find out anew, after one whose sandbox failed. */
export const forgetAbilities = (scratchDir: string): void => rmSync(cacheFile(scratchDir), { force: true })

async function probe(codex: Codex, { trees, hidden }: Ground): Promise<Abilities | Refused> {
  const servers = await mcpServers(codex, isolation(trees, []))
  if (typeof servers === 'string') return { problem: servers, reason: null }
  const settingsFor = (more: string[]) => isolation([...trees, ...more], Object.keys(servers))
  const all = await tried(codex, settingsFor, conveniences, hidden)
  if (typeof all.servers !== 'string') return judged(all)
  const taken: Setting[] = []
  for (const one of conveniences) if (!(await refusal(codex, [...settingsFor([]), one]))) taken.push(one)
  return judged(await tried(codex, settingsFor, taken, hidden))
}

type Tried = Abilities & { servers: Record<string, boolean> | string; ignoresRules: boolean; obeys: boolean }

async function tried(
  codex: Codex,
  settingsFor: (trees: string[]) => Setting[],
  more: Setting[],
  hidden: string[],
): Promise<Tried> {
  const settings = [...settingsFor([]), ...more]
  const [servers, profiled, ignoresRules, obeys] = await Promise.all([
    mcpServers(codex, settings),
    profileWorks(codex, settings, hidden),
    knowsOption(codex, ignoreRules),
    obeysTheTree(codex, tree => [...settingsFor([tree]), ...more]),
  ])
  return { settings, options: [ignoreRules], sandbox: profiled ? 'profile' : 'read-only', servers, ignoresRules, obeys }
}

function judged({ servers, ignoresRules, obeys, ...abilities }: Tried): Abilities | Refused {
  const refused = (problem: string): Refused => ({ problem: `${problem}, so it is not asked`, reason: 'sandbox' })
  if (typeof servers === 'string')
    return refused(`this version of codex refuses a setting that isolates it (${servers})`)
  const left = Object.keys(servers).filter(name => servers[name])
  if (left.length > 0) return refused(`codex cannot be kept from starting MCP servers (${left.join(', ')})`)
  if (!ignoresRules) return refused(`this version of codex does not know ${ignoreRules}`)
  if (obeys) return refused('this version of codex takes instructions from the tree it reviews')
  return abilities
}

/** What the answer depends on: the program, its configuration, and what we ask for. */
function keyOf({ file, args }: Program, trees: string[]): string {
  const programs = [file, ...args].map(one => realPlace(one))
  const configs = [codexHome(), '/etc/codex', join(process.env.ProgramData ?? '/', 'OpenAI', 'Codex')].flatMap(dir =>
    ['config.toml', 'managed_config.toml', 'requirements.toml'].map(name => join(dir, name)),
  )
  return JSON.stringify([[...programs, ...configs].map(stamp), isolation(trees, []), conveniences])
}

function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false })
  return found ? `${file} ${found.size} ${found.mtimeMs} ${found.ino}` : ''
}

/** Where in the scratch directory the answer is kept. */
export const abilitiesFile = 'abilities.json'
const cacheFile = (scratchDir: string): string => join(scratchDir, abilitiesFile)

function recall(scratchDir: string, key: string): Abilities | null {
  try {
    const known = JSON.parse(readWhole(cacheFile(scratchDir)) ?? '')
    return known.key === key ? known.abilities : null
  } catch {
    return null
  }
}
