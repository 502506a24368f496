import * as z from 'zod'

/** `.claude/countersign/manifest.json`: what we wrote. Committed, deterministic, no timestamps. */
export const Manifest = z.strictObject({
  schema: z.literal(1),
  version: z.string().describe('The Countersign version that wrote this setup.'),
  files: z.record(
    z.string().describe('Path from the repository root, forward slashes.'),
    z.strictObject({
      class: z.enum(['owned', 'seed', 'shared']),
      /** Hash of the bytes as written, line endings normalised to LF; null for shared files, where only entries are ours. */
      sha256: z.string().nullable(),
    }),
  ),
})
export type Manifest = z.infer<typeof Manifest>
