import { documented, type SecretKind } from './kind.ts'

/** Tokens of clouds, hosting and databases. */
export const cloudTokens: SecretKind[] = [
  ...documented('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html', [
    'AWS key id',
    /(?:A3T[A-Z0-9]|A(?:KI|SI|BI|CC|GP|ID|RO|IP|NP|NV|PK)A)[A-Z0-9]{16}(?![A-Za-z0-9])/,
    'AKIA{16A}',
  ]),
  ...documented('https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html', [
    'AWS session token',
    /(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[\w+/=%]{50,}/,
    'IQoJb3JpZ2lu{120b}',
  ]),
  ...documented('https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html', [
    'AWS secret beside its key id',
    /(?<=A(?:KI|SI)A[0-9A-Z]{16}["']?[\s,:;|]{1,4}["']?)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/,
    'AKIAIOSFODNN7EXAMPLE,{40b}',
  ]),
  ...documented(
    'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    ['Amazon Bedrock key', /ABSK[A-Za-z0-9+/]{100,}={0,2}/, 'ABSK{128b}'],
    ['Amazon Bedrock short-lived key', /bedrock-api-key-[\w+/=-]{20,}/, 'bedrock-api-key-{80b}'],
  ),
  ...documented('https://developer.amazon.com/docs/login-with-amazon/register-web.html', [
    'Login with Amazon client secret',
    /amzn1\.oa2-cs\.v1\.[0-9a-f]{32,}/,
    'amzn1.oa2-cs.v1.{64x}',
  ]),
  ...documented(
    'https://github.com/praetorian-inc/noseyparker/blob/main/crates/noseyparker/data/default/builtin/rules/aws.yml',
    ['Amazon MWS token', /amzn\.mws\.[0-9a-f-]{36}/, 'amzn.mws.{uuid}'],
  ),
  ...documented('https://cloud.google.com/docs/authentication/api-keys', [
    'Google API key',
    /AIza[\w-]{35}/,
    'AIza{35u}',
  ]),
  ...documented('https://ai.google.dev/gemini-api/docs/api-key', ['Gemini key', /AQ\.[\w-]{40,}/, 'AQ.{50u}']),
  ...documented(
    'https://developers.google.com/identity/protocols/oauth2',
    ['Google client secret', /GOCSPX-[\w-]{20,}/, 'GOCSPX-{28u}'],
    ['Google access token', /ya29\.[\w-]{20,}/, 'ya29.{120u}'],
    ['Google refresh token', /1\/\/0[\w-]{30,}/, '1//0{60u}'],
  ),
  ...documented('https://firebase.google.com/docs/cloud-messaging/auth-server', [
    'Firebase messaging key',
    /AAAA[\w-]{7}:APA91b[\w-]{60,}/,
    'AAAA{7}:APA91b{134u}',
  ]),
  ...documented(
    'https://github.com/microsoft/security-utilities/blob/main/GeneratedRegexPatterns/HighConfidenceSecurityModels.json',
    ['Microsoft Entra client secret', /[\w~.]{3}\dQ~[\w~.-]{31,}/, '{3}8Q~{34}'],
    ['Azure DevOps token', /[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}/, '{76}AZDO{4}'],
    ['Azure AI key', /[A-Za-z0-9]{52}JQQJ9[A-Za-z0-9]{20,}/, '{52}JQQJ9{27}'],
    ['Azure Functions key', /[\w-]{44}AzFu[\w-]{5,8}={0,2}/, '{44u}AzFu{6}=='],
  ),
  ...documented('https://www.alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair', [
    'Alibaba Cloud key id',
    /LTAI[A-Za-z0-9]{12,}/,
    'LTAI{20}',
  ]),
  ...documented('https://www.tencentcloud.com/document/product/598/34228', [
    'Tencent Cloud key id',
    /AKID[A-Za-z0-9]{32}/,
    'AKID{32}',
  ]),
  ...documented('https://yandex.cloud/en/docs/iam/concepts/authorization/api-key', [
    'Yandex Cloud key',
    /AQVN[\w-]{35,}/,
    'AQVN{36u}',
  ]),
  ...documented('https://yandex.cloud/en/docs/iam/concepts/authorization/iam-token', [
    'Yandex Cloud token',
    /t1\.[\w-]{10,}={0,2}\.[\w-]{60,}/,
    't1.{60u}.{86u}',
  ]),
  ...documented('https://docs.digitalocean.com/reference/api/create-personal-access-token/', [
    'DigitalOcean token',
    /do[oprt]_v1_[a-f0-9]{40,}/,
    'dop_v1_{64x}',
  ]),
  ...documented('https://fly.io/docs/security/tokens/', [
    'Fly.io token',
    /(?:fo1_[\w-]{40,}|fm[12][ar]?_[A-Za-z0-9+/]{60,}={0,3})/,
    'fo1_{43u}',
  ]),
  ...documented('https://devcenter.heroku.com/articles/oauth', ['Heroku key', /HRKU-[\w-]{30,}/, 'HRKU-AA{58u}']),
  ...documented('https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/', [
    'Cloudflare token',
    /cf(?:(?:k|ut|at|ast)_[A-Za-z0-9]{40,}|oat_[\w.-]{20,})/,
    'cfut_{48}',
  ]),
  ...documented('https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/', [
    'Cloudflare origin CA key',
    /v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}/,
    'v1.0-{24x}-{146x}',
  ]),
  ...documented('https://answers.netlify.com/t/change-to-the-netlify-authentication-token-format/106146', [
    'Netlify token',
    /nf[pcoub]_[A-Za-z0-9]{36,}/,
    'nfp_{36}',
  ]),
  ...documented('https://vercel.com/changelog/new-token-formats-and-secret-scanning', [
    'Vercel token',
    /vc[piark]_[A-Za-z0-9]{20,}/,
    'vcp_{56}',
  ]),
  ...documented('https://vercel.com/docs/vercel-blob/using-blob-sdk', [
    'Vercel Blob token',
    /vercel_blob_rw_\w{30,}/,
    'vercel_blob_rw_{16}_{30}',
  ]),
  ...documented('https://render.com/docs/api', ['Render key', /rnd_[A-Za-z0-9]{24,}/, 'rnd_{28}']),
  ...documented('https://developers.scalingo.com/tokens', ['Scalingo token', /tk-us-[\w-]{40,}/, 'tk-us-{48u}']),
  ...documented('https://github.com/trufflesecurity/trufflehog/blob/main/pkg/detectors/deno/denodeploy.go', [
    'Deno Deploy token',
    /dd[pow]_[A-Za-z0-9]{30,}/,
    'ddp_{36}',
  ]),
  ...documented(
    'https://supabase.com/docs/guides/api/api-keys',
    ['Supabase token', /sbp_(?:oauth_|v0_)?[a-f0-9]{40,}/, 'sbp_{40x}'],
    ['Supabase secret key', /sb_secret_[\w-]{20,}/, 'sb_secret_{31u}'],
  ),
  ...documented('https://planetscale.com/docs/concepts/connection-strings', [
    'PlanetScale token or password',
    /pscale_(?:tkn|pw|oauth)_[\w=.-]{30,}/,
    'pscale_pw_{43u}',
  ]),
  ...documented('https://neon.com/docs/manage/api-keys', ['Neon key', /napi_[a-z0-9]{40,}/, 'napi_{64a}']),
  ...documented('https://www.mongodb.com/docs/atlas/api/service-accounts-overview/', [
    'MongoDB Atlas service account secret',
    /mdb_sa_sk_[\w-]{30,}/,
    'mdb_sa_sk_{40u}',
  ]),
  ...documented('https://clickhouse.com/docs/cloud/manage/openapi', [
    'ClickHouse Cloud secret',
    /4b1d[A-Za-z0-9]{38}(?![A-Za-z0-9])/,
    '4b1d{38}',
  ]),
  ...documented('https://docs.databricks.com/aws/en/dev-tools/auth/pat', [
    'Databricks token',
    /(?:dapi|dose|dkea)[a-f0-9]{32}(?:-\d)?/,
    'dapi{32x}-2',
  ]),
  ...documented(
    'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
    ['Confluent Cloud secret', /cflt[A-Za-z0-9+/]{56,}/, 'cflt{60b}'],
  ),
  ...documented(
    'https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    ['Aiven service password', /AVNS_[\w-]{15,}/, 'AVNS_{19u}'],
  ),
  ...documented('https://docs.pinecone.io/guides/projects/manage-api-keys', [
    'Pinecone key',
    /pcsk_[\w-]{40,}/,
    'pcsk_{6}_{62}',
  ]),
  ...documented('https://tailscale.com/kb/1277/key-prefixes', [
    'Tailscale key',
    /tskey-[a-z]{2,20}-[\w-]{16,}/,
    'tskey-auth-{17}-{32}',
  ]),
  ...documented('https://docs.okd.io/latest/rest_api/oauth_apis/oauth-apis-index.html', [
    'OpenShift token',
    /sha256~[\w-]{43}/,
    'sha256~{43u}',
  ]),
  ...documented('https://docs.defined.net/guides/automating-host-creation/', [
    'Defined Networking key',
    /dnkey-[\w=-]{26}-[\w=-]{52}/,
    'dnkey-{26a}-{52a}',
  ]),
]
