import type { RepoView } from '../model/setup/repo-facts.ts'

/** What the `[*]` section of .editorconfig prescribes, as one sentence; empty when it prescribes nothing about whitespace. */
export function editorConventions(view: RepoView): string[] {
  const section = /^\[\*\][ \t]*\r?\n((?:(?!\[).*\r?\n?)*)/m.exec(view.read('.editorconfig') ?? '')?.[1]
  if (section === undefined) return []
  const value = (key: string) => {
    const text = new RegExp(`^${key}[ \\t]*=[ \\t]*(\\S+)`, 'im').exec(section)?.[1]?.toLowerCase()
    return text === 'off' || text === 'unset' ? undefined : text
  }
  const size = value('indent_size')
  const rules = [
    ...(value('indent_style') === 'tab' ? ['tabs'] : []),
    ...(value('indent_style') === 'space' ? [`${size ?? ''} spaces`.trim()] : []),
    ...(value('end_of_line') ? [`${value('end_of_line')?.toUpperCase()} line endings`] : []),
    ...(value('max_line_length') ? [`lines of at most ${value('max_line_length')} characters`] : []),
  ]
  return rules.length > 0 ? [`Whitespace: ${rules.join(', ')} (.editorconfig).`] : []
}
