import * as z from 'zod'

/** One element of an event's array in settings.json. */
export type HookGroup = {
  matcher?: string
  hooks: { type: 'command'; command: string; args: string[]; timeout: number; statusMessage?: string }[]
}

const isGroup = (value: unknown): boolean => Group.safeParse(value).success
const Group = z.looseObject({ hooks: z.array(z.looseObject({ args: z.array(z.string()) })) })

/** What is remembered of one file; `files` in the manifest has it by path. */
const ManifestEntry = z.strictObject({
  class: z.enum(['owned', 'seed', 'shared']),
  sha256: z
    .string()
    .nullable()
    .describe(
      'Of the bytes as written, line ends as LF; null: only entries in it are ours, or it was there before us.',
    ),
  id: z.string().optional().describe('The template it comes from, under whatever name that is written today.'),
  deleted: z.literal(true).optional().describe('The user deleted it, has been told so once, and it stays away.'),
  conflict: z
    .string()
    .optional()
    .describe('Hash of the new version that could not be merged; `sha256` is still the base.'),
  prefixed: z.literal(true).optional().describe('Installed as countersign-NAME, beside a file of the user.'),
  adopted: z.literal(true).optional().describe('A file of the user that they let us upgrade; never ours to remove.'),
  noBase: z.literal(true).optional().describe('Too large for a copy in base/: it is compared by hash alone.'),
  created: z.literal(true).optional().describe('A shared file that did not exist before us.'),
  lines: z.array(z.string()).optional().describe('The lines of ours in a shared text file, as written.'),
  entries: z
    // Compared as JSON, so that its keys have to stay in order: no schema that writes the object anew.
    .record(z.string(), z.custom<HookGroup>(isGroup, 'is no hook entry'))
    .optional()
    .describe('Hook event → the entry of ours in settings.json, as written.'),
})
export type ManifestEntry = z.infer<typeof ManifestEntry>

/** `.claude/countersign/manifest.json`: what we wrote. Committed, deterministic, no timestamps. */
export const Manifest = z.strictObject({
  schema: z.literal(1),
  version: z.string().describe('The Countersign version that wrote this setup.'),
  files: z.record(z.string().describe('Path from the repository root, forward slashes.'), ManifestEntry),
})
export type Manifest = z.infer<typeof Manifest>
