import { describe, expect, it } from 'vitest'
import { withoutModels } from '../../src/rehearsal/programs/own-settings.ts'

describe('the settings a rehearsal takes over', () => {
  it('lose what leads to a model and keep the rest', () => {
    const settings = {
      model: 'opus',
      apiKeyHelper: 'vault read',
      permissions: { deny: ['Bash'] },
      env: { ANTHROPIC_AUTH_TOKEN: 't', CLAUDE_CODE_USE_BEDROCK: '1', JAVA_HOME: '/jdk', COUNTERSIGN: '0' },
      hooks: { Stop: [] },
    }
    const { text, dropped } = withoutModels(JSON.stringify(settings))
    expect(JSON.parse(text)).toEqual({
      permissions: { deny: ['Bash'] },
      env: { JAVA_HOME: '/jdk', COUNTERSIGN: '0' },
      hooks: { Stop: [] },
    })
    expect(dropped).toEqual(['apiKeyHelper', 'model', 'env.ANTHROPIC_AUTH_TOKEN', 'env.CLAUDE_CODE_USE_BEDROCK'])
  })

  it.each(['{ "hooks": {} }', '{ "model": "opus", } // ignored by Claude Code', '[]', ''])(
    'are kept byte for byte where nothing leads to a model: %s',
    text => expect(withoutModels(text)).toEqual({ text, dropped: [] }),
  )
})
