import type { Content, WantedFile } from '../../model/setup/setup-file.ts'
import type { PlanInput } from './plan-parts.ts'

/** An agent or skill that is installed under another name than the templates call it by. */
type Renamed = { kind: 'agents' | 'skills'; name: string }

/** The files of a release, in which every agent and skill goes by the name it is installed under. */
export function withNamesInUse(files: WantedFile[], input: PlanInput): WantedFile[] {
  const renamed = files.flatMap(file => (isPrefixed(file, input) ? nameOf(file) : []))
  if (renamed.length === 0) return files
  const named = <T extends Content>(content: T): T => {
    const text = renamed.reduce(renamedIn, content.text)
    return text === content.text ? content : { ...content, text, hash: input.hash(text) }
  }
  return files.map(file => {
    if (file.class !== 'owned' || file.noBase) return file
    return { ...named(file), ...(file.prefixed && { prefixed: named(file.prefixed) }) }
  })
}

function isPrefixed({ id, path, prefixed }: WantedFile, { manifest, choices, disk }: PlanInput): boolean {
  if (!prefixed) return false
  const known = Object.values(manifest?.files ?? {}).find(entry => entry.id === id)
  return known ? known.prefixed === true : choices?.[path] === 'prefix' && disk[path] !== undefined
}

function nameOf({ path }: WantedFile): Renamed[] {
  const [, kind, name] = /^\.claude\/(agents|skills)\/([^/.]+)/.exec(path) ?? []
  return name ? [{ kind: kind as Renamed['kind'], name }] : []
}

/** Skills have names that are words as well: they count where they are called skills. */
function renamedIn(text: string, { kind, name }: Renamed): string {
  const [, head = '', body = text] = /^(---\n[\s\S]*?\n---\n)([\s\S]*)$/.exec(text) ?? []
  const use =
    kind === 'agents' ? new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g') : new RegExp(`(?<=skill \`)${name}(?=\`)`, 'g')
  const described =
    kind === 'agents' ? head.replace(/^description: .*$/m, line => line.replace(use, `countersign-${name}`)) : head
  return described + body.replace(use, `countersign-${name}`)
}
