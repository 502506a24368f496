import { type Document, LineCounter, parseDocument } from 'yaml'
import type { ConfigFault } from '../../model/file-problem.ts'

/** Replaces the characters from `from` up to `to`; offsets into the text as it stands. */
export type Edit = { from: number; to: number; text: string }

/** One step of the configuration's format. */
export type Migration = {
  /** The `version:` it starts from; it leads to the next one. */
  from: number
  /**
   * The edits besides that of `version:`, which is made for it. Places are found in the document and given as ranges, so
   * that comments and everything else keep their bytes.
   */
  edits(document: Document.Parsed, text: string): Edit[]
}

/** Every step there has been: version 1 is the first format. */
export const migrations: Migration[] = []

type Fault = { fault: ConfigFault }

/**
 * Brings a configuration to the newest format, a step at a time.
 *
 * @returns The same text and no steps when it is there already.
 */
export function migrateConfig(text: string, table: Migration[]): { text: string; steps: number[] } | Fault {
  const steps: number[] = []
  let result = text
  for (;;) {
    const lines = new LineCounter()
    const document = parseDocument(result, { lineCounter: lines })
    const [error] = document.errors
    if (error && table.length > 0)
      return { fault: configFaultAt(lines, error.pos[0], error.message.replace(/\n[\s\S]*/, '')) }
    const version = document.get('version', true) as { value?: unknown; range?: [number, number, number] } | undefined
    const step = table.find(({ from }) => from === version?.value)
    if (!step || !version?.range) return { text: result, steps }
    const bump = { from: version.range[0], to: version.range[1], text: String(step.from + 1) }
    result = withEdits(result, [bump, ...step.edits(document, result)])
    steps.push(step.from)
  }
}

function withEdits(text: string, edits: Edit[]): string {
  const backwards = [...edits].sort((a, b) => b.from - a.from)
  return backwards.reduce((result, edit) => result.slice(0, edit.from) + edit.text + result.slice(edit.to), text)
}

function configFaultAt(lines: LineCounter, offset: number, problem: string): ConfigFault {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col), problem }
}
