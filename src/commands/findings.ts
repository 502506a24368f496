import type { State } from '../core/ledger/state.ts'
import { findingsHtml } from '../core/report/html.ts'
import { findingsJson } from '../core/report/json.ts'
import { findingsMarkdown } from '../core/report/markdown.ts'
import { findingsSarif } from '../core/report/sarif.ts'
import { findingsText } from '../core/report/text.ts'
import type { LedgerEntry } from '../model/ledger/ledger-entry.ts'
import { contentHash } from '../shell/files/content-hash.ts'
import { ink } from './shared/ink.ts'
import { openSetup } from './shared/open-setup.ts'
import { print } from './shared/print.ts'

type Read = { state: State; entries: readonly LedgerEntry[] }

/** What each format makes of the ledger: a text, or a document that is printed as JSON. */
const formats = {
  text: ({ state: { run } }: Read) => findingsText(run, ink),
  json: findingsJson,
  md: ({ state: { run } }: Read) => findingsMarkdown(run),
  html: ({ state: { run } }: Read) => findingsHtml(run),
  sarif: ({ state: { run } }: Read) => findingsSarif(run, { version: COUNTERSIGN_VERSION, hash: contentHash }),
}

type Arguments = { cwd: string; json?: boolean | undefined; format?: keyof typeof formats | undefined }

/** `countersign findings`: what both models agree on, by priority; then disputed; then agreed not needed. */
export async function run({ cwd, json, format }: Arguments): Promise<number> {
  print(formats[json ? 'json' : (format ?? 'text')](openSetup(cwd)))
  return 0
}
