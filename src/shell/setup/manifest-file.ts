import * as z from 'zod/mini'
import { UserError } from '../../errors.ts'
import { Manifest } from '../../model/setup/manifest.ts'

/**
 * Reads a manifest's text.
 *
 * @param command The command that wants it, for the line that names a version which could.
 * @throws {UserError} `manifest-newer` when a later version wrote it, `manifest-unmerged` when git marked conflicts in it,
 *   `manifest-unreadable` when it is not a manifest.
 */
export function readManifest(file: string, text: string | null, command = 'upgrade'): Manifest {
  const line = (text ?? '').split('\n').findIndex(one => /^<{7}( |\r?$)/.test(one)) + 1
  if (line > 0) throw new UserError('manifest-unmerged', { file, line })
  const { schema, version } = Header.parse(parsed(text))
  if (schema > 1) throw new UserError('manifest-newer', { file, version, command })
  const manifest = Manifest.safeParse(parsed(text))
  if (!manifest.success)
    throw new UserError('manifest-unreadable', { file, problem: 'it is not a Countersign manifest' })
  return manifest.data
}

const Header = z.catch(z.looseObject({ schema: z.int(), version: z.string() }), { schema: 0, version: '' })

function parsed(text: string | null): unknown {
  try {
    return JSON.parse((text ?? '').replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
