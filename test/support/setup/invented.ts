import { isScalar } from 'yaml'
import type { Migration } from '../../../src/core/setup/migrate-config.ts'
import type { Release } from '../../../src/core/setup/plan-parts.ts'
import type { HookEntry } from '../../../src/core/setup/settings/hook-entries.ts'
import { configPath } from '../../../src/model/paths.ts'
import type { WantedFile } from '../../../src/model/setup/setup-file.ts'
import { contentHash } from '../../../src/shell/files/content-hash.ts'

/** How many invented versions there are: 1.0.0 to 1.5.0. */
export const versions = 6

const file = (id: string, path: string, text: string, more: Partial<WantedFile> = {}): WantedFile => ({
  id,
  path,
  class: 'owned',
  text,
  hash: contentHash(text),
  about: id,
  ...more,
})

/** Two dozen lines, of which every version changes one and 1.4 takes one out. */
function agent(name: string, minor: number): string {
  const lines = Array.from({ length: 24 }, (_, index) => {
    const since = (index * 5 + name.length) % 24
    return since > 0 && since <= minor ? `${name} ${index} since 1.${since}` : `${name} ${index}`
  })
  if (minor >= 4) lines.splice(6, 1)
  return `${lines.join('\n')}\n`
}

const agentFile = (id: string, path: string, minor: number) => {
  const dir = '.claude/agents/'
  const text = agent(id, minor)
  const prefixed = {
    path: `${dir}countersign-${path}`,
    text: `prefixed\n${text}`,
    hash: contentHash(`prefixed\n${text}`),
  }
  return file(id, `${dir}${path}`, text, { prefixed })
}

/** 1.3 has a second format of the configuration. */
const migrations: Migration[] = [
  {
    from: 1,
    edits(document) {
      const node = document.get('color', true)
      return isScalar(node) && node.range ? [{ from: node.range[0], to: node.range[1], text: 'blue' }] : []
    },
  },
]

function entries(minor: number): HookEntry[] {
  const script = `\${CLAUDE_PROJECT_DIR}/.claude/hooks/${minor >= 4 ? 'countersign-gate' : 'countersign'}.cjs`
  const events = minor >= 2 ? ['SessionStart', 'Stop', 'PreToolUse'] : ['Stop', 'PreToolUse']
  return events.map(event => {
    const handler = { type: 'command' as const, command: 'node', args: [script], timeout: minor >= 5 ? 90 : 60 }
    return { event, group: { ...(event === 'PreToolUse' && { matcher: 'Edit' }), hooks: [handler] } }
  })
}

/**
 * Version 1.`minor`.0: `beta` gets another name in 1.3, `gamma` is gone from 1.4 on, `delta` comes with 1.2, the hook moves
 * in 1.4, and every version changes some lines of every file.
 */
export function invented(minor: number): Release {
  const hook = `.claude/hooks/${minor >= 4 ? 'countersign-gate' : 'countersign'}.cjs`
  return {
    version: `1.${minor}.0`,
    files: [
      file('claude-md', 'CLAUDE.md', '# invented\n', { class: 'seed' }),
      file('config', configPath, `version: ${minor >= 3 ? 2 : 1}\ncolor: ${minor >= 3 ? 'blue' : 'red'}\ntests: []\n`, {
        class: 'seed',
      }),
      agentFile('alpha', 'alpha.md', minor),
      agentFile('beta', minor >= 3 ? 'better.md' : 'beta.md', minor),
      ...(minor < 4 ? [agentFile('gamma', 'gamma.md', minor)] : []),
      ...(minor >= 2 ? [agentFile('delta', 'delta.md', minor)] : []),
      file('hook', hook, `// 1.${minor}\n`, { noBase: true }),
      file('config-schema', '.claude/countersign/config.schema.json', `{ "minor": ${minor} }\n`, { class: 'state' }),
      file('decisions', '.claude/countersign/decisions.jsonl', '', { class: 'state', once: true }),
    ],
    entries: entries(minor),
    migrations: minor >= 3 ? migrations : [],
  }
}
