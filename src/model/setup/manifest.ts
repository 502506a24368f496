import * as z from 'zod/mini'

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
  /** Of the bytes as written, line ends as LF; null: only entries in it are Countersign's, or it was there before. */
  sha256: z.nullable(z.string()),
  /** Of a seed, of which no original is kept: the hash of what it says, whatever a formatter makes of it. */
  unformatted: z.optional(z.string()),
  /** The template it comes from, under whatever name that is written today. */
  id: z.optional(z.string()),
  /** The user deleted it, has been told so once, and it stays away. */
  deleted: z.optional(z.literal(true)),
  /** Hash of the new version that could not be merged; `sha256` is still the base. */
  conflict: z.optional(z.string()),
  /** Installed as countersign-NAME, beside a file of the user. */
  prefixed: z.optional(z.literal(true)),
  /** A file of the user's that Countersign may upgrade, but never removes. */
  adopted: z.optional(z.literal(true)),
  /** Too large for a copy in base/: it is compared by hash alone. */
  noBase: z.optional(z.literal(true)),
  /** A shared file that did not exist before Countersign. */
  created: z.optional(z.literal(true)),
  /** Countersign's lines in a shared text file, as written. */
  lines: z.optional(z.array(z.string())),
  /** The one place in a file of the user's that was changed for a tool: what stood there, and what stands there now. */
  swap: z.optional(z.strictObject({ was: z.string(), now: z.string() })),
  /** Hook event → Countersign's entry in settings.json, as written. */
  // Compared as JSON, so that its keys have to stay in order: no schema that writes the object anew.
  entries: z.optional(z.record(z.string(), z.custom<HookGroup>(isGroup, 'is not a hook entry'))),
})
export type ManifestEntry = z.infer<typeof ManifestEntry>

/** `.claude/countersign/manifest.json`: what Countersign wrote. Committed, deterministic, no timestamps. */
export const Manifest = z.strictObject({
  schema: z.literal(1),
  /** The Countersign version that wrote this setup. */
  version: z.string(),
  /** By path from the repository root, forward slashes. */
  files: z.record(z.string(), ManifestEntry),
})
export type Manifest = z.infer<typeof Manifest>
