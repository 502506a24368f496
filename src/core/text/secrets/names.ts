/**
 * How much a value has to look like a secret to be taken for one, by the name it is given to: `any` that is no
 * placeholder, the same that is no name of an object either (`unnamed`: not `git-creds`), one that is `likely` (with a
 * digit or a sign), or only one that is `random`. `words` is a list of words.
 */
export type Care = 'any' | 'unnamed' | 'likely' | 'random' | 'words'

const set = (words: string) => new Set(words.split(/\s+/).filter(Boolean))

/** A name that ends in one of these is about a secret, and holds none: `passwordLabel`, `token_url`, `SECRET_NAME`. */
const aboutEnds = set(`
  name names type types url urls uri uris endpoint endpoints path paths file files filename dir id ids uid guid field
  fields label labels placeholder placeholders length len chars alphabet size count counts limit limits max min expiry expires expire
  expiration expired ttl age lifetime duration timeout delay regex regexp pattern patterns prefix prefixes suffix header
  headers param params parameter parameters ref refs reference class classes classname selector message messages msg error
  errors err title titles text texts hint help description desc comment policy policies provider providers store manager
  service services kind kinds format formats method methods mode enabled disabled required optional valid invalid verified
  strength reset change changed changes forgot forgotten input inputs form forms page pages route routes router view views
  handler handlers callback fn func function functions scheme schemes algorithm alg algo encoding issuer audience scope
  scopes env envs variable variables var vars template templates rotation version versions index idx position pos start end
  offset list lists map location status state event events action actions schema schemas property properties column columns
  table tables option options flag flags arg args argument example examples icon color source target engine plugin generator
  factory builder validator validation checker check parser reader writer usage tag tags doc docs link links button dialog
  modal prompt screen host hosts port domain bucket arn region namespace alias category group groups role roles user users
  username email address created updated at date time timestamp rule rules test tests spec suite module package library
  client clients server servers request requests response responses requirement requirements feature support level entropy
  strategy node nodes kit stream span spans literal literals iterator set sets cls ctor interface instance impl usecase
  visible visibility toggle hidden focus click blur style styles css width height font shape model models config configs
  configuration settings setting object objects entity cache pool queue bucket budget window windows balance price prices
  amount symbol decimals contract supply holder holders sale usage rate rates cost costs per limiters limiter is
`)
/** A name that begins with one of these asks, or says what is to be done. */
const askingStarts = set(`
  is has have no not get gets find validate check checks forgot reset show hide toggle enable disable use uses require
  requires max min num count total invalid missing wrong expired public parse expect expected can should will did needs
  existing on handle verify generate create delete remove revoke rotate update refresh_ change open render bad empty unknown
`)
/** Before `secret`: one that opens something. */
const secretOpens = set(
  'client app application api jwt session cookie webhook shared auth oauth consumer token signing hmac access encryption',
)
/** Before `secret`: an object of a cluster, known by its name. */
const secretIsObject = set('tls pull cert certificate operator')
/** Words that say nothing about what is held, at the end of a name: `DB_PASSWORD_PROD`, `secret_key_base`. */
const neutralEnds = set(`
  dev development prod production test testing stage staging live local demo old new value val default base base64 b64 hash
  hashed digest plain plaintext raw string str backup main primary secondary current previous next confirm confirmation
  repeat again env encrypted enc bytes hex pem root admin sandbox qa ci data content
`)
const passwordEnd = /(?:passw(?:or)?d|passwrd|passphrase|passcode|pwd|passwort|contrasena)$/
const secretEnd = /secrets?$/
const keyEnd = /(?:api|auth|access|private|secret|shared|signing|encrypt(?:ion)?|account|master)keys?$/
const passEnd =
  /^(?:db|smtp|user|usr|mail|email|admin|root|ftp|sftp|ssh|mysql|pg|redis|http|proxy|ldap|key|store|trust|auth|my|sql|database|login|bind|wifi|vnc|rabbitmq|mqtt|rpc|basic|imap|pop|ansible|become|sudo|vault)pass$/
/** Before `key`: a key that opens something. */
const keyOpens = set(`
  api access private secret auth account encryption encrypt decryption signing sign master shared storage subscription
  license licence consumer hmac jwt aes rsa ed25519 ecdsa dsa crypto cipher priv fernet preshared
`)
const keyMayOpen = set(`
  service deploy deployment write ingest ingestion ec host function application app admin client server rest integration
  webhook cookie session symmetric wrapping restricted live management des wireguard ssh gpg pgp tls ssl nuget
`)
/** Before `key`: a key that finds something. */
const keyFinds = set(`
  cache public pub primary foreign sort partition query route i18n translation object s3 row map group item lookup hash
  index unique idempotency site react event data field column table name dict json sorting order grouping join shard bucket
  storage_ locale message label menu tab node list state value config option setting header meta param search filter metric
  feature websocket resource registry artifact commit lock entry record attribute property shortcut hot arrow enter escape keyboard
`)
/** Before `token`: one of a language or of a text. */
const tokenReads = set(`
  next current start end first last prev previous peek parse expected unexpected cancel cancellation syntax string comma
  colon semicolon identifier keyword this lookahead eof css design theme color page continuation sync special bos eos pad
  unk cls sep mask added input output number operator template token punctuator open close closing opening brace bracket
  paren left right word text html xml json markdown lexer scanner comment whitespace newline regex literal block inline
  abort stop image audio video prompt completion total cached reasoning max num word sub
`)
const tokenOpens = set(`
  access auth authentication authorization api bearer refresh bot personal deploy deployment registry session oauth oauth2
  jwt github gitlab npm slack pypi discord telegram vault service account client admin user device push job ci runner
  webhook verification web hook app application security private secret gh id pat upload publish write read circle hf
  huggingface login magic temp temporary root join cluster consul nomad
`)
const randomNames = set(`
  auth authorization salt salts pepper sid session sessionid cookie cookies dsn hmac xsrf csrf jwt otp totp
  credential credentials cred creds pat pin tokens passwords appkey authcode
`)
/** Services whose keys have no form of their own. */
const vendors = set(`
  datadog cloudflare heroku algolia twilio travis travisci codecov fastly linode okta zendesk auth0 netlify bitbucket
  mixpanel amplitude rollbar bugsnag pusher sendbird mailjet sparkpost vonage nexmo messagebird plivo clarifai cohere mistral
  deepgram assemblyai snowflake scaleway hetzner vultr ovh paypal coinbase binance kraken kucoin bittrex spotify twitch
  twitter linkedin dropbox instagram todoist newrelic splunk sumologic logdna loggly honeybadger freshbooks contentful
  launchdarkly lokalise crowdin jenkins droneci drone jfrog artifactory nexus gitea forgejo grafana sentry postmark asana
  atlassian jira confluence airtable mapbox etsy yelp nytimes finnhub alphavantage openweather wandb kaggle mattermost
  adafruit alibaba telegram slack discord shippo intercom helpscout gitter facebook google stripe square
`)
const listsOfWords = /mnemonic|seedphrase|recoveryphrase|seedwords|secretphrase/

/** The words of a name, in small letters: of `dbPassword`, `DB_PASSWORD` and `db.pass-word`. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)

/** How a value that is given to this name is to be judged; undefined when the name says nothing of a secret. */
export function careOf(name: string): Care | undefined {
  const words = wordsOf(name)
  if (words.length === 0 || aboutEnds.has(words.at(-1)!) || askingStarts.has(words[0]!)) return undefined
  if (listsOfWords.test(words.join(''))) return 'words'
  let tail = false
  for (let last = words.length; last > 0; last--) {
    const care = careOfWords(words.slice(0, last), name)
    // Behind the word that says it, others make it less sure: `password_reset_subject`.
    if (care && tail) return care === 'random' ? undefined : 'likely'
    if (care) return care
    const word = words[last - 1]!
    if (!neutralEnds.has(word) && !/^\d+$/.test(word)) tail = true
  }
  return vendors.has(words.at(-1)!) ? 'random' : undefined
}

/** The same for words of which the last says it, if any does. */
function careOfWords(words: string[], name: string): Care | undefined {
  const last = words.at(-1)!.replace(/\d+$/, '')
  const before = words.at(-2) ?? ''
  if (/^secrets?$/.test(last) && secretIsObject.has(before)) return undefined
  if (/^secrets?$/.test(last) && !secretOpens.has(before) && !isConstant(name)) return 'unnamed'
  if (passwordEnd.test(last) || secretEnd.test(last) || last === 'psk' || passEnd.test(before + last)) return 'any'
  if (last === 'salt' && isConstant(name)) return 'any'
  if (last === 'pass' || last === 'pw') return isConstant(name) ? 'any' : 'likely'
  if (last === 'key') return name.startsWith('-') && before === '' ? 'random' : careOfKey(before)
  if (keyEnd.test(last)) return 'any'
  if (last === 'token')
    return tokenOpens.has(before) || (isConstant(name) && before) ? 'any' : tokenReads.has(before) ? 'random' : 'likely'
  if (/token$/.test(last)) return 'any'
  return randomNames.has(last) || /sess(?:ion)?id$/.test(last) ? 'random' : undefined
}

const isConstant = (name: string) => /^[^a-z]+$/.test(name)

function careOfKey(before: string): Care | undefined {
  if (keyOpens.has(before)) return 'any'
  if (keyMayOpen.has(before)) return 'likely'
  return before === '' || keyFinds.has(before) ? undefined : 'random'
}
