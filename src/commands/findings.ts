import type { State } from '../core/ledger/state.ts'
import { findingsHtml } from '../core/report/html.ts'
import { findingsJson } from '../core/report/json.ts'
import { findingsMarkdown } from '../core/report/markdown.ts'
import { findingsSarif } from '../core/report/sarif.ts'
import { findingsText } from '../core/report/text.ts'
import { ink } from './shared/ink.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

/** What each format makes of the state: a text, or a document that is printed as JSON. */
const formats = {
  text: ({ run }: State) => findingsText(run, ink),
  json: findingsJson,
  md: ({ run }: State) => findingsMarkdown(run),
  html: ({ run }: State) => findingsHtml(run),
  sarif: ({ run }: State) => findingsSarif(run, COUNTERSIGN_VERSION),
}

type Arguments = { cwd: string; json?: boolean | undefined; format?: keyof typeof formats | undefined }

/** `countersign findings`: what both models agree on, by priority; then disputed; then agreed not needed. */
export async function run({ cwd, json, format }: Arguments): Promise<number> {
  const { state } = openSetup(cwd)
  print(formats[json ? 'json' : (format ?? 'text')](state))
  return 0
}
