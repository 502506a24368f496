import { type Gate, gate } from './gate.ts'

/** A gate with three changed files of 150 kB each: three prompts. */
export function large(options: Parameters<typeof gate>[0] = {}): Gate {
  const one = gate({ play: 'reads-all', ...options })
  for (const name of ['one', 'two', 'three']) one.repo.write(`src/${name}.js`, `// ${name}\n`.repeat(18_000))
  return one
}

/** The files of every part that was reviewed by itself; the last part is in the whole review. */
export const partsOf = (one: Gate): string[][] =>
  one.ledger().flatMap(entry => (entry.kind === 'part-reviewed' ? [entry.paths] : []))
