import { documented, type SecretKind } from './kind.ts'

/** Tokens of models, chat and mail. */
export const modelTokens: SecretKind[] = [
  ...documented('https://platform.claude.com/docs/en/manage-claude/authentication', [
    'Anthropic key',
    /sk-ant-[\w-]{20,}/,
    'sk-ant-api03-{93u}AA',
  ]),
  ...documented('https://platform.openai.com/docs/api-reference/authentication', [
    'OpenAI key',
    /sk-(?=[a-zA-Z_-]{0,40}\d)[\w-]{20,}/,
    'sk-proj-{74u}T3BlbkFJ{74u}',
  ]),
  ...documented('https://huggingface.co/docs/hub/security-tokens', [
    'Hugging Face token',
    /(?:hf|api_org)_[A-Za-z0-9]{34}(?!\w)/,
    'hf_{34}',
  ]),
  ...documented('https://replicate.com/docs/topics/security/api-tokens', [
    'Replicate token',
    /r8_[A-Za-z0-9]{30,}/,
    'r8_{37}',
  ]),
  ...documented('https://console.groq.com/docs/quickstart', ['Groq key', /gsk_[A-Za-z0-9]{40,}/, 'gsk_{52}']),
  ...documented('https://docs.perplexity.ai/guides/getting-started', [
    'Perplexity key',
    /pplx-[A-Za-z0-9]{40,}/,
    'pplx-{48}',
  ]),
  ...documented('https://docs.x.ai/docs/tutorial', ['xAI key', /xai-[A-Za-z0-9]{60,}/, 'xai-{80}']),
  ...documented('https://docs.together.ai/reference/authentication-1', [
    'Together key',
    /tgp_v1_[\w-]{30,}/,
    'tgp_v1_{43u}',
  ]),
  ...documented('https://docs.fireworks.ai/api-reference/introduction', [
    'Fireworks key',
    /fw_[A-Za-z0-9]{22,24}(?![\w])/,
    'fw_{24}',
  ]),
  ...documented('https://elevenlabs.io/docs/api-reference/authentication', [
    'ElevenLabs key',
    /sk_[a-f0-9]{48}/,
    'sk_{48x}',
  ]),
  ...documented(
    'https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key',
    ['LangSmith key', /lsv2_[ps][tk]_[a-f0-9]{32}_[a-f0-9]{10}/, 'lsv2_pt_{32x}_{10x}'],
  ),
  ...documented('https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/nvapi/nvapi.go', [
    'NVIDIA key',
    /nvapi-[\w-]{40,}/,
    'nvapi-{64u}',
  ]),
  ...documented('https://jina.ai/embeddings', ['Jina key', /jina_[\w-]{40,}/, 'jina_{32x}{28u}']),
  ...documented('https://docs.tavily.com/documentation/api-reference/introduction', [
    'Tavily key',
    /tvly-(?:dev-|prod-)?[A-Za-z0-9]{20,}/,
    'tvly-dev-{32}',
  ]),
  ...documented('https://inference-docs.cerebras.ai/quickstart', ['Cerebras key', /csk-[a-z0-9]{40,}/, 'csk-{48a}']),
  ...documented(
    'https://docs.slack.dev/authentication/tokens/',
    ['Slack token', /(?:xox[abceoprs](?:\.xox[bp])?-\d[A-Za-z0-9-]{9,}|xoxd-[\w%+/=-]{40,})/, 'xoxb-{12d}-{13d}-{24}'],
    ['Slack app token', /xapp-\d-[A-Za-z0-9-]{20,}/, 'xapp-1-{11A}-{13d}-{64x}'],
    ['Slack workflow token', /xwfp-[A-Za-z0-9-]{20,}/, 'xwfp-{12d}-{13d}-{32}'],
  ),
  ...documented('https://discord.com/developers/docs/reference#authentication', [
    'Discord bot token',
    /[MNO][A-Za-z\d]{23,27}\.[\w-]{6}\.[\w-]{27,}/,
    'M{25}.{6}.{38u}',
  ]),
  ...documented('https://core.telegram.org/bots/api#authorizing-your-bot', [
    'Telegram bot token',
    /(?:bot)?\d{8,10}:AA[\w-]{32,}/,
    '{10d}:AA{33u}',
  ]),
  ...documented('https://www.twilio.com/docs/iam/api-keys', ['Twilio key', /SK[0-9a-f]{32}(?![0-9a-f])/, 'SK{32x}']),
  ...documented('https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/authentication', [
    'SendGrid key',
    /SG\.[\w-]{16,32}\.[\w-]{16,}/,
    'SG.{22u}.{43u}',
  ]),
  ...documented(
    'https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth',
    ['Mailgun key', /(?:pub)?key-[0-9a-f]{32}(?![0-9a-f])/, 'key-{32x}'],
    ['Mailgun key, new form', /[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])/, '{32x}-{8x}-{8x}'],
  ),
  ...documented('https://mailchimp.com/help/about-api-keys/', [
    'Mailchimp key',
    /[0-9a-f]{32}-us\d{1,2}(?!\w)/,
    '{32x}-us12',
  ]),
  ...documented('https://mailchimp.com/developer/transactional/guides/quick-start/', [
    'Mandrill key',
    /md-(?=[A-Za-z_-]{0,21}\d)[\w-]{22}(?![\w-])/,
    'md-{22}',
  ]),
  ...documented('https://developers.brevo.com/docs/getting-started', [
    'Brevo key',
    /x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}/,
    'xkeysib-{64x}-{16}',
  ]),
  ...documented('https://resend.com/docs/api-reference/introduction', [
    'Resend key',
    /re_[A-Za-z0-9]{8,9}_[A-Za-z0-9]{20,}/,
    're_{8}_{24}',
  ]),
  ...documented('https://developers.hubspot.com/docs/api/private-apps', [
    'HubSpot token',
    /pat-(?:na|eu|ap)\d-[0-9a-f-]{36}/,
    'pat-na1-{uuid}',
  ]),
  ...documented('https://developers.intercom.com/docs/build-an-integration/learn-more/authentication', [
    'Intercom token',
    /dG9rO[\w+/=]{50,}/,
    'dG9rO{55b}',
  ]),
  ...documented('https://documentation.onesignal.com/docs/keys-and-ids', [
    'OneSignal key',
    /os_v2_(?:app|org)_[a-z2-7]{60,}/,
    'os_v2_app_{103l}',
  ]),
]
