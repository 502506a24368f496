import { documented, type SecretKind } from './kind.ts'

/** Secrets in addresses and in what else says where to log in. */
export const addressKinds: SecretKind[] = [
  ...documented(
    'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    [
      'password in a database address',
      /((?:postgres(?:ql)?|mysql2?|mariadb|mongodb|rediss?|valkey|amqps?|mssql|sqlserver|oracle|clickhouse|cockroachdb|ldaps?|smtps?|s?ftps?|nats|mqtts?|kafka)(?:\+\w{1,20})?:\/\/[^\s:/@"'`<>]{0,100}:)(?!\d{1,5}\/)(?:(?!:\/\/)[^\s"'`<>]){1,200}(?=@[\w.[-])/,
      'postgres://app:{5}/{5}@db.example/x',
    ],
    ['password in an address', /(:\/\/[^\s:/@"'`<>]{0,100}:)[^\s/"'`<>]{1,200}(?=@)/, 'https://app:{12}@git.example/x'],
    ['token in an address', /(:\/\/)(?=[\w-]{0,40}\d)[\w-]{32,200}(?=@)/, 'https://{40x}@git.example/x'],
  ),
  ...documented('https://docs.sentry.io/concepts/key-terms/dsn-explainer/', [
    'Sentry DSN',
    /(:\/\/)[0-9a-f]{32}(?::[0-9a-f]{32})?(?=@)/,
    'https://{32x}@o1.ingest.sentry.io/2',
  ]),
  ...documented('https://github.com/go-sql-driver/mysql#dsn-data-source-name', [
    'password in a Go DSN',
    /((?<![\w.-])[\w.-]{1,64}:)[^\s"'`]{1,128}(?=@(?:tcp|unix|udp)6?\()/,
    'app:{12}@tcp(db.example:3306)/x',
  ]),
  ...documented('https://docs.oracle.com/en/database/oracle/oracle-database/21/jjdbc/data-sources-and-URLs.html', [
    'password in an Oracle address',
    /((?:jdbc:oracle:\w{1,10}:|sqlplus\s{1,4}(?:-\w{1,4}\s{1,4}){0,3})[\w$#]{1,64}\/)[^\s"'`@]{1,128}(?=@)/,
    'jdbc:oracle:thin:scott/{12}@db.example:1521:x',
  ]),
  ...documented('https://www.postgresql.org/docs/current/libpq-pgpass.html', [
    'line of a .pgpass',
    /(^[+\- ]?\s{0,8}[\w.*-]{1,100}:(?:\d{4,5}|\*):[\w*-]{1,64}:[\w*.-]{1,64}:)\S{4,200}$/,
    'db.example:5432:*:app:{12}',
  ]),
  ...documented('https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html', [
    'password in a .netrc',
    /((?:login|machine)\s{1,8}[^\s"']{1,200}\s{1,8}(?:account\s{1,8}\S{1,100}\s{1,8})?password\s{1,8})[^\s"'\\]{4,200}/,
    'machine git.example login app password {12}',
  ]),
  ...documented('https://learn.microsoft.com/azure/storage/common/storage-sas-overview', [
    'signature of an address',
    /([?&](?:sig|signature|X-Amz-Signature|X-Amz-Security-Token|X-Goog-Signature|Signature|se_sig)=)[\w%+/=-]{20,}/i,
    'https://x.blob.core.windows.net/c?sv=2024-11-04&sp=r&sig={43u}%3D',
  ]),
]

/** Addresses that post for whoever knows them. */
export const webhookKinds: SecretKind[] = [
  ...documented('https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/', [
    'Slack webhook',
    /(hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/)[\w+/-]{20,}/,
    'https://hooks.slack.com/services/{43}',
  ]),
  ...documented('https://discord.com/developers/docs/resources/webhook', [
    'Discord webhook',
    /(discord(?:app)?\.com\/api(?:\/v\d{1,2})?\/webhooks\/\d{15,22}\/)[\w-]{30,}/,
    'https://discord.com/api/webhooks/112233445566778899/{68u}',
  ]),
  ...documented(
    'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook',
    [
      'Teams webhook',
      /((?:webhook\.office|outlook\.office(?:365)?)\.com\/webhook(?:b2)?\/)[\w@/-]{36,}/,
      'https://x.webhook.office.com/webhookb2/{uuid}@{uuid}/IncomingWebhook/{32x}/{uuid}',
    ],
  ),
  ...documented('https://developers.google.com/workspace/chat/quickstart/webhooks', [
    'Google Chat webhook',
    /(chat\.googleapis\.com\/v1\/spaces\/[\w-]{6,40}\/messages\?)[^\s"'`<>]{20,}/,
    'https://chat.googleapis.com/v1/spaces/AAAA1234/messages?key=x&token={43u}',
  ]),
  ...documented('https://help.zapier.com/hc/en-us/articles/8496288690317', [
    'Zapier webhook',
    /(hooks\.zapier\.com\/hooks\/catch\/\d{4,12}\/)\w{5,}/,
    'https://hooks.zapier.com/hooks/catch/123456/{7a}',
  ]),
  ...documented('https://ifttt.com/maker_webhooks', [
    'IFTTT key',
    /(maker\.ifttt\.com\/trigger\/[\w{}-]{1,100}\/(?:json\/)?with\/key\/)[\w-]{15,}/,
    'https://maker.ifttt.com/trigger/x/with/key/{22u}',
  ]),
  ...documented('https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot', [
    'Feishu webhook',
    /(open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/(?:v2\/)?hook\/)[\w-]{20,}/,
    'https://open.feishu.cn/open-apis/bot/v2/hook/{uuid}',
  ]),
  ...documented('https://developers.mattermost.com/integrate/webhooks/incoming/', [
    'Mattermost webhook',
    /(:\/\/[\w.-]{3,100}(?::\d{1,5})?\/hooks\/)(?=[a-z]{0,25}\d)[a-z0-9]{26}(?!\w)/,
    'https://chat.example.com/hooks/{26a}',
  ]),
]
