import type { CommandFact, RepoView } from '../model/repo-facts.ts'
import { firstOf, oneLine } from './look.ts'

const wanted = ['test', 'build', 'check', 'lint', 'fmt', 'format', 'typecheck', 'run', 'dev', 'start']

/** Commands that a Makefile at the root defines, with the first line of their recipe, if any. */
export function makeTargets(view: RepoView): CommandFact[] {
  const file = firstOf(view, 'GNUmakefile', 'makefile', 'Makefile')
  const text = file === undefined ? '' : (view.read(file) ?? '')
  return wanted.flatMap(target => {
    const rule = new RegExp(`^${target}[ \\t]*:(?!=)[^\\n]*\\n?(\\t[^\\n]*)?`, 'm').exec(text)
    if (!rule) return []
    const recipe = (rule[1] ?? '').trim().replace(/^[@-]+/, '')
    return [{ command: `make ${target}`, does: oneLine(recipe, 80) }]
  })
}
