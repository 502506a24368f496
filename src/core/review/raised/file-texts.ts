import type { LineRange } from '../../../model/changed-file.ts'
import { once } from '../once.ts'
import { type LinedText, linedText } from '../quote-place.ts'

type TextAt = (path: string) => string | null

/** What is known of one file, each looked up when it is first asked for; null: there is no such text. */
export type FileTexts = {
  /** In the frozen tree. */
  now: () => LinedText | null
  /** Where the change begins. */
  base: () => LinedText | null
  /** At the last review. */
  last: () => LinedText | null
  /** Its lines that changed since the last review; null on the first, where everything counts. */
  changed: readonly LineRange[] | null
  /** Its lines that changed since the user last picked; null where everything counts, since they have not. */
  inScope: readonly LineRange[] | null
}

export type TextSources = {
  fileAt: TextAt
  baseAt: TextAt
  lastAt: TextAt
  changedSince: Map<string, LineRange[]> | null
  frozenSince: Map<string, LineRange[]> | null
}

export const textsOf = (file: string, { fileAt, baseAt, lastAt, ...since }: TextSources): FileTexts => ({
  now: lined(fileAt, file),
  base: lined(baseAt, file),
  last: lined(lastAt, file),
  changed: since.changedSince && (since.changedSince.get(file) ?? []),
  inScope: since.frozenSince && (since.frozenSince.get(file) ?? []),
})

const lined = (textAt: TextAt, file: string) =>
  once(() => {
    const text = textAt(file)
    return text === null ? null : linedText(text)
  })
