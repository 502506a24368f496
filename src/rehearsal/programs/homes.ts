import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const key = 'sk-ant-scripted-models-need-no-key'

type Wanted = {
  /** A folder outside the repository. */
  folder: string
  /** The repository Claude is started in; marked as trusted, since no one is there to answer the dialog. */
  project: string
  claudeVersion: string
  claudeUrl: string
  codexUrl: string
}

/** Writes homes of their own for both programs; returns the variables that send them there and to the scripted models. */
export function makeHomes({ folder, project, claudeVersion, claudeUrl, codexUrl }: Wanted): Record<string, string> {
  const at = (name: string) => join(folder, name)
  for (const name of ['home', 'codex-home', 'tmp']) mkdirSync(at(name), { recursive: true })
  writeFileSync(join(at('home'), '.claude.json'), JSON.stringify(claudeHome(project, claudeVersion)))
  writeFileSync(join(at('codex-home'), 'config.toml'), codexConfig(codexUrl))
  return {
    HOME: at('home'),
    USERPROFILE: at('home'),
    TMPDIR: at('tmp'),
    CODEX_HOME: at('codex-home'),
    GIT_CONFIG_NOSYSTEM: '1',
    ANTHROPIC_BASE_URL: claudeUrl,
    ANTHROPIC_API_KEY: key,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  }
}

/** Answers in advance everything the interactive program asks at its first start. */
function claudeHome(project: string, version: string) {
  return {
    hasCompletedOnboarding: true,
    theme: 'dark',
    lastOnboardingVersion: version,
    customApiKeyResponses: { approved: [key.slice(-20)], rejected: [] },
    projects: { [project]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true } },
  }
}

/** A provider without `env_key` needs neither a key nor a login. */
const codexConfig = (url: string): string => `model = "gpt-5.5"
model_provider = "scripted"
[model_providers.scripted]
name = "scripted"
base_url = ${JSON.stringify(url)}
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`
