import { fstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Surroundings } from '../core/cycle/facts.ts'
import { claudeDir } from '../model/paths.ts'
import { readBounded } from '../shell/files/bounded-file.ts'
import { type Ancestor, ancestors, startedWith } from '../shell/processes/ancestors.ts'

/** Claude Code tells what its tools start from what its hooks are by the end of this variable. */
const marksAgent = /_agent$/

/** Who fired this hook, as far as that can be seen; each part is looked up when it is first read. */
export function surroundings(env: NodeJS.ProcessEnv): Surroundings {
  let above: Ancestor[] | null | undefined
  const nearest = () => {
    if (above === undefined) above = fromClaudeOn()
    return above
  }
  return {
    // The oldest supported versions do not say it: then it is whoever has started the hook, if that is called so.
    get claude() {
      const given = Number(env.CLAUDE_PID)
      if (given) return given
      const first = nearest()?.[0]
      return first && /claude/i.test(first.command) ? first.pid : null
    },
    parent: process.ppid,
    get agent() {
      const around = this.claude === null ? null : startedWith(this.claude, 'AI_AGENT')
      return [env.AI_AGENT, around].some(agent => marksAgent.test(agent ?? ''))
    },
    get handedOver() {
      return isHandedOver()
    },
    get ancestors() {
      return nearest()
    },
  }
}

/** The id of the Claude Code that fired this hook, if it is where it says it is. */
export function firedBy({ claude, parent, ancestors }: Surroundings): number | null {
  if (claude === null || claude === parent) return claude
  return ancestors?.[0]?.pid === claude ? claude : null
}

/** Without what starts the hook for Claude Code: a shell, or a launcher of Node's, which has the script at its end as well. */
function fromClaudeOn(): Ancestor[] | null {
  const all = ancestors()
  const first = all?.findIndex(({ command }) => !/countersign(?:\.cjs| hook)["']?$/.test(command)) ?? -1
  return all && first >= 0 ? all.slice(first) : null
}

/** Claude Code's hooks talk to it through sockets on Linux and pipes elsewhere; what its shell starts writes to a file. */
function isHandedOver(): boolean {
  try {
    if (fstatSync(1).isFile()) return false
    return process.platform !== 'linux' || fstatSync(0).isSocket()
  } catch {
    return false
  }
}

const mostBytes = 256 * 1024

/** What stands in the files from which Claude Code sends prompts by itself. @param roots Where a `.claude` may be. */
export function schedulesInFiles(roots: string[]): string[] {
  const read = (name: string) =>
    [...new Set(roots)].map(root => readBounded(join(root, claudeDir, name), mostBytes) ?? '')
  return [...read('scheduled_tasks.json').flatMap(prompts), ...read('loop.md')].filter(text => text.trim() !== '')
}

function prompts(text: string): string[] {
  try {
    const { tasks } = JSON.parse(text)
    return tasks
      .map((task: { prompt?: unknown }) => task?.prompt)
      .filter((prompt: unknown) => typeof prompt === 'string')
  } catch {
    return []
  }
}
