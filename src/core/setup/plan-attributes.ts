import { attributesPath } from '../../model/paths.ts'
import type { DiskFile } from '../../model/setup/disk-file.ts'
import type { ManifestEntry } from '../../model/setup/manifest.ts'
import { addLine, attributesLine, changeLine, coversGate, hasLine, removeLine } from './attributes.ts'
import { type Action, noChange, type PlanPart, rowOnly } from './plan-parts.ts'

/**
 * Adds the line for the gate to .gitattributes on request, and keeps it up to date from then on. A line that the user has
 * edited or removed is left to them.
 */
export function planAttributes(
  wanted: boolean,
  entry: ManifestEntry | undefined,
  disk: DiskFile | undefined,
  line = attributesLine,
): PlanPart {
  const written = entry?.lines?.[0]
  if (written === undefined && !wanted) return noChange
  if (disk?.text === null) return row('skip', 'not UTF-8 text; left untouched')
  const text = disk?.text ?? ''
  const isCreated = disk ? entry?.created : true
  const record = { class: 'shared' as const, sha256: null, lines: [line], ...(isCreated && { created: true as const }) }
  const kept = { files: { [attributesPath]: record } }
  const write = (to: string) => ({ ...kept, writes: [{ path: attributesPath, text: to, before: disk ?? null }] })
  if (written !== undefined && hasLine(text, written)) {
    if (written === line) return { ...row('keep', 'has the line for the gate'), ...kept }
    return { ...row('splice', 'the line for the gate is updated'), ...write(changeLine(text, written, line)) }
  }
  if (coversGate(text)) return row('yours', 'has a line of your own for the gate')
  if (!wanted) return row('skip', 'you removed the line for the gate; it is not added again')
  return disk
    ? { ...row('splice', 'one line is added: the gate is generated'), ...write(addLine(text, line)) }
    : { ...row('create', 'marks the gate as generated'), ...write(addLine(text, line)) }
}

/** Removes the line for the gate where it is still as it was written. */
export function planAttributesRemoval(entry: ManifestEntry, disk: DiskFile): PlanPart {
  const written = entry.lines?.[0]
  if (written === undefined || disk.text === null || !hasLine(disk.text, written)) return noChange
  const text = removeLine(disk.text, written)
  const isRemoved = entry.created === true && text === '' && !disk.link
  return {
    ...row(
      isRemoved ? 'remove' : 'splice',
      isRemoved ? 'empty without the line for the gate' : 'the line for the gate is removed; the rest is unchanged',
    ),
    writes: [{ path: attributesPath, text: isRemoved ? null : text, before: disk }],
  }
}

const row = (action: Action, reason: string): PlanPart =>
  rowOnly({ path: attributesPath, class: 'shared', action, reason })
