import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What the second half of the bundle exports; src/hook/full-answer.ts. */
export type Cold = {
  runEvent(input: string, bundle: string, seen: { tree?: string }, usersMask: number): void
  runMode(mode: 'supervise' | 'status' | 'findings', args: string[]): void
}

// Without the line end: a clone with autocrlf has another one.
const opening = '/*COUNTERSIGN-COLD'

/** Compiles the half of this very file that stands in its closing comment. */
export function loadCold(file: string): Cold {
  const { compileFunction } = process.getBuiltinModule('node:vm')
  const text = readFileSync(file, 'utf8')
  const from = text.lastIndexOf(opening) + opening.length
  const code = text.slice(from, text.lastIndexOf('*/')).replace(/\*(~*)~\//g, '*$1/')
  const module = { exports: {} }
  const filename = `${file}#cold`
  compileFunction(code, ['require', 'module', 'exports', '__filename', '__dirname'], { filename })(
    require,
    module,
    module.exports,
    file,
    dirname(file),
  )
  return module.exports as Cold
}
