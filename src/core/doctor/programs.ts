import type { DoctorFacts, Login, ProgramFacts } from '../../model/setup/doctor-facts.ts'
import { type Check, type CheckGroup, fault, type Judged, ok, skipped, warning } from './check.ts'
import { floors, reaches } from './version-floors.ts'

const install = {
  claude: 'npm install --global @anthropic-ai/claude-code',
  codex: 'npm install --global @openai/codex',
  node: 'Install Node from https://nodejs.org, or put the one you have on PATH',
}
const names = { claude: 'Claude Code', codex: 'Codex', node: 'Node' }
type Name = keyof typeof names

function present(program: ProgramFacts | null, name: Name, hidden: DoctorFacts['hidden'] = []): Judged {
  if (program) return ok(`${names[name]} is at ${program.file}`)
  const there = hidden.find(one => one.name === name)
  if (there)
    return fault(
      `The gate needs \`${name}\`, which the PATH in ${there.by} does not lead to; it is at ${there.file}`,
      `Add its directory to \`env.PATH\` in ${there.by}`,
    )
  const why = name === 'node' ? 'The gate' : 'Countersign'
  return fault(`${why} needs \`${name}\`, which was not found on PATH`, install[name])
}

function recent(program: ProgramFacts | null, name: Name, update: string): Judged {
  if (!program) return skipped
  const { version } = program
  if (!version) return warning(`${names[name]} does not report its version`, `${name} --version`)
  const shown = version.replace(/^v/, '')
  return reaches(version, floors[name])
    ? ok(`${names[name]} ${shown}`)
    : fault(`${names[name]} ${shown} is too old: ${floors[name]} or later is needed`, update)
}

const ways: Record<Exclude<Login, 'none' | 'unknown'>, string> = {
  key: 'with a key in the environment',
  provider: 'through a provider of your own',
  login: 'with its own login',
}

const checks: Check[] = [
  { id: 'claude.found', judge: ({ claude }) => present(claude, 'claude') },
  { id: 'claude.version', judge: ({ claude }) => recent(claude, 'claude', 'claude update') },
  {
    id: 'claude.login',
    judge({ claude }) {
      if (!claude) return skipped
      if (claude.login === 'none') return fault('Claude Code is not logged in', 'claude auth login')
      if (claude.login === 'unknown')
        return warning('Claude Code does not report whether it is logged in', 'claude auth status')
      return ok(`Claude Code is logged in ${ways[claude.login]}`)
    },
  },
  { id: 'codex.found', judge: ({ codex, hidden }) => present(codex, 'codex', hidden) },
  { id: 'codex.version', judge: ({ codex }) => recent(codex, 'codex', install.codex) },
  {
    id: 'codex.login',
    judge({ codex }) {
      if (!codex) return skipped
      const { login, missingKey, openaiKey } = codex
      if (missingKey)
        return fault(`Your Codex provider takes its key from ${missingKey}, which is not set`, `export ${missingKey}=…`)
      if (login === 'unknown') return warning('Codex does not report whether it is logged in', 'codex login status')
      if (login !== 'none') return ok(`Codex is logged in ${ways[login]}`)
      return openaiKey
        ? fault('Codex is not logged in, and it does not use OPENAI_API_KEY', 'export CODEX_API_KEY="$OPENAI_API_KEY"')
        : fault('Codex is not logged in', 'codex login')
    },
  },
  { id: 'node.found', judge: ({ node, hidden }) => present(node, 'node', hidden) },
  { id: 'node.version', judge: ({ node }) => recent(node, 'node', install.node) },
]

export const programs: CheckGroup = { name: 'Programs', checks }
