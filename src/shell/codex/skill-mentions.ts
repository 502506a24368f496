import { readdirSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { codexHome } from './codex-home.ts'
import { type Setting, toml } from './isolation.ts'

/** How much of a command line goes into this one argument, in bytes: Linux takes 128 KB in one, Windows 32 KB in all. */
const mostBytes = process.platform === 'win32' ? 18_000 : 100_000

/**
 * Switches off the skills that a prompt would call. Codex puts a skill's text behind any prompt with `$name` or
 * `[$name](path)` in it, and a diff of PHP or shell is full of such names: a skill in the tree under review would be
 * obeyed.
 *
 * A prompt with too many names has every skill that is there switched off by its path instead.
 * @param roots Folders in which Codex looks for skills.
 * @returns The setting, none where the prompt names nothing, or null where neither list fits.
 */
export function withoutSkills(prompt: string, roots: string[]): Setting[] | null {
  const mentioned = mentions(prompt)
  if (mentioned.length === 0) return []
  return setting(mentioned) ?? setting(skillFiles(roots).map(path => ({ path })))
}

type Skill = { name: string } | { path: string }

function setting(skills: Skill[]): Setting[] | null {
  const entries = skills.map(skill => {
    const which = 'name' in skill ? `name=${toml(skill.name)}` : `path=${toml(skill.path)}`
    return `{${which},enabled=false}`
  })
  const value = `skills.config=[${entries.join(',')}]`
  return Buffer.byteLength(value) > mostBytes ? null : [value]
}

/**
 * Everything in a prompt that Codex could take for a skill's name or file.
 * @see https://github.com/openai/codex/blob/main/codex-rs/core-skills/src/injection.rs
 */
export function mentions(prompt: string): Skill[] {
  const names = new Set([...prompt.matchAll(/\$([\w:-]+)/g)].map(match => match[1]!))
  const files = linked(prompt).map(path => path.replace(/^skill:\/\//, ''))
  return [...[...names].map(name => ({ name })), ...files.filter(isAbsolute).map(path => ({ path }))]
}

/** What stands in the parentheses of `[$name](path)`, read as Codex reads it: up to the next one that closes. */
function linked(prompt: string): string[] {
  const opening = /\[\$[\w:-]+\]\s*\(/g
  const paths = new Set<string>()
  while (opening.test(prompt)) {
    const end = prompt.indexOf(')', opening.lastIndex)
    if (end < 0) break
    paths.add(prompt.slice(opening.lastIndex, end).trim())
    opening.lastIndex = end + 1
  }
  return [...paths]
}

/** Codex goes no deeper. */
const depth = 6

/** Skill files below these folders, links followed. */
function skillFiles(roots: string[]): string[] {
  const seen = new Set<string>()
  const found: string[] = []
  const walk = (folder: string, level: number) => {
    const dir = realpathSync.native(folder)
    if (seen.has(dir) || level > depth) return
    seen.add(dir)
    for (const name of readdirSync(dir)) {
      const entry = statSync(join(dir, name), { throwIfNoEntry: false })
      if (entry?.isDirectory()) walk(join(dir, name), level + 1)
      else if (entry && basename(name).toLowerCase() === 'skill.md') found.push(realpathSync.native(join(dir, name)))
    }
  }
  for (const root of roots) if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) walk(root, 0)
  return found
}

/** Folders in which Codex looks for skills: the user's, the machine's, and those from `cwd` up to the tops of its trees. */
export function skillRoots(cwd: string, trees: string[]): string[] {
  const upward = [cwd]
  while (!trees.includes(upward.at(-1)!) && dirname(upward.at(-1)!) !== upward.at(-1))
    upward.push(dirname(upward.at(-1)!))
  const inTrees = [...new Set([...upward, ...trees])].flatMap(dir => [
    join(dir, '.agents', 'skills'),
    join(dir, '.codex', 'skills'),
  ])
  return [...inTrees, join(codexHome(), 'skills'), join(homedir(), '.agents', 'skills'), '/etc/codex/skills']
}
