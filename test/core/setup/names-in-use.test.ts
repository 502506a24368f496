import { describe, expect, it } from 'vitest'
import { manifestOf, onDisk, planned, readable, wanted } from '../../support/setup/release.ts'

const agent = (name: string, body: string) => `---\nname: ${name}\ndescription: Works with developer.\n---\n${body}`
const path = '.claude/agents/developer.md'
const prefixed = (text: string) => ({ path: '.claude/agents/countersign-developer.md', text, hash: readable(text) })
const files = [
  wanted(path, agent('developer', 'You build.'), { prefixed: prefixed(agent('countersign-developer', 'You build.')) }),
  wanted('.claude/agents/architect.md', agent('architect', 'The developer builds; a developer-guide does not.')),
  wanted('.claude/skills/debate/SKILL.md', 'Debate.', {
    prefixed: { path: '.claude/skills/countersign-debate/SKILL.md', text: 'Debate!', hash: '#Debate!' },
  }),
  wanted('.claude/rules/countersign.md', '- **debate**: answer (skill `debate`), then call `developer`.'),
  wanted('.claude/hooks/countersign.cjs', 'developer', { noBase: true }),
]
const written = (input: Parameters<typeof planned>[0]) => {
  const { writes } = planned({ files, ...input })
  return Object.fromEntries(writes.flatMap(({ path, text }) => (/\.(md|cjs)$/.test(path) ? [[path, text]] : [])))
}

describe('an agent that is installed beside one of the user’s', () => {
  it('goes by its new name wherever it is named', () =>
    expect(
      written({ disk: { [path]: onDisk('mine') }, choices: { [path]: 'prefix', '.claude/agents/other.md': 'prefix' } }),
    ).toEqual({
      '.claude/agents/countersign-developer.md': agent('countersign-developer', 'You build.').replace(
        'with developer',
        'with countersign-developer',
      ),
      '.claude/agents/architect.md': agent(
        'architect',
        'The countersign-developer builds; a developer-guide does not.',
      ).replace('with developer', 'with countersign-developer'),
      '.claude/skills/debate/SKILL.md': 'Debate.',
      '.claude/rules/countersign.md': '- **debate**: answer (skill `debate`), then call `countersign-developer`.',
      '.claude/hooks/countersign.cjs': 'developer',
    }))
  it('does so in later versions, too', () => {
    const skill = '.claude/skills/countersign-debate/SKILL.md'
    const manifest = manifestOf(
      { [skill]: 'Debate!', [path]: agent('developer', 'Old.') },
      { [skill]: { id: '.claude/skills/debate/SKILL.md', prefixed: true } },
    )
    expect(written({ manifest, disk: { [skill]: onDisk('Debate!') } })['.claude/rules/countersign.md']).toBe(
      '- **debate**: answer (skill `countersign-debate`), then call `developer`.',
    )
  })
})
