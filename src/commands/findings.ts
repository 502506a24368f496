import { findingsJson } from '../core/report/json.ts'
import { findingsMarkdown } from '../core/report/markdown.ts'
import { findingsText } from '../core/report/text.ts'
import { ink } from './ink.ts'
import { openPlace, print } from './place.ts'

export const formats = ['text', 'json', 'md'] as const
type Arguments = { cwd: string; json?: boolean | undefined; format?: (typeof formats)[number] | undefined }

/** `countersign findings`: what both models agree on, by priority; then disputed; then agreed not needed. */
export async function run({ cwd, json, format }: Arguments): Promise<number> {
  const { state } = openPlace(cwd)
  if (json || format === 'json') print(findingsJson(state))
  else print(format === 'md' ? findingsMarkdown(state.run) : findingsText(state.run, ink))
  return 0
}
