import { documented, type SecretKind } from './kind.ts'

/** Tokens of payments, social networks and other products. */
export const productTokens: SecretKind[] = [
  ...documented('https://docs.stripe.com/keys', [
    'Stripe key',
    /[rs]k_(?:live|test|prod|sbox|org(?:_live|_test)?)_[A-Za-z0-9]{16,}/,
    'sk_live_{24}',
  ]),
  ...documented('https://docs.stripe.com/webhooks/signature', [
    'Stripe webhook secret',
    /whsec_[A-Za-z0-9+/=]{24,}/,
    'whsec_{32}',
  ]),
  ...documented(
    'https://developer.squareup.com/docs/build-basics/access-tokens',
    ['Square token', /sq0(?:atp|csp)-[\w-]{22,}/, 'sq0csp-{43u}'],
    ['Square access token', /EAAA[\w-]{56,}/, 'EAAA{60u}'],
  ),
  ...documented('https://developer.paypal.com/braintree/docs/guides/ec-braintree-sdk/testing-go-live', [
    'PayPal Braintree token',
    /access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[a-f0-9]{32}/,
    'access_token$production$a{15a}$0{31x}',
  ]),
  ...documented('https://plaid.com/docs/quickstart/glossary/', [
    'Plaid token',
    /access-(?:sandbox|development|production)-[0-9a-f-]{36}/,
    'access-production-{uuid}',
  ]),
  ...documented('https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens', [
    'Shopify token',
    /shp(?:at|ca|pa|ss|rt|ua|tka)_[A-Za-z0-9]{32,}/,
    'shpat_{32x}',
  ]),
  ...documented('https://razorpay.com/docs/api/authentication/', [
    'Razorpay key',
    /rzp_(?:live|test)_[A-Za-z0-9]{14,}/,
    'rzp_live_{14}',
  ]),
  ...documented('https://developer.flutterwave.com/docs/authentication', [
    'Flutterwave key',
    /FLWSECK(?:_TEST)?-[A-Za-z0-9-]{12,}/,
    'FLWSECK-{32x}-X',
  ]),
  ...documented('https://docs.easypost.com/docs/authentication', [
    'EasyPost key',
    /EZ[AT]K[A-Za-z0-9]{54}/,
    'EZAK{54}',
  ]),
  ...documented('https://docs.goshippo.com/docs/guides_general/authentication/', [
    'Shippo token',
    /shippo_(?:live|test)_[a-f0-9]{40}/,
    'shippo_live_{40x}',
  ]),
  ...documented('https://docs.lob.com/#tag/Authentication', [
    'Lob key',
    /(?:live|test)_[a-f0-9]{35}(?!\w)/,
    'live_{35x}',
  ]),
  ...documented('https://duffel.com/docs/api/overview/test-mode', [
    'Duffel token',
    /duffel_(?:test|live)_[\w=-]{40,}/,
    'duffel_live_{43u}',
  ]),
  ...documented('https://docs.xendit.co/docs/api-keys', [
    'Xendit key',
    /xnd_(?:production|development)_[A-Za-z0-9]{30,}/,
    'xnd_production_{56}',
  ]),
  ...documented('https://www.mercadopago.com.mx/developers/en/docs/your-integrations/credentials', [
    'Mercado Pago token',
    /APP_USR-\d{10,}-\d{6}-[0-9a-f]{32}-\d+/,
    'APP_USR-{16d}-{6d}-{32x}-{9d}',
  ]),
  ...documented('https://developer.paddle.com/api-reference/about/api-keys', [
    'Paddle key',
    /pdl_(?:live|sdbx)_apikey_\w{40,}/,
    'pdl_live_apikey_{26a}_{22}_{3}',
  ]),
  ...documented(
    'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/',
    ['Facebook token', /EAA[A-Za-z0-9]{80,}/, 'EAAC{150}'],
    ['Facebook app token', /\d{15,16}(?:\||%7C)[\w-]{27,40}/, '{15d}|{27u}'],
  ),
  ...documented('https://developer.x.com/en/docs/authentication/oauth-2-0/bearer-tokens', [
    'X (Twitter) bearer token',
    /A{19,24}[A-Za-z0-9]{4,60}%[A-Za-z0-9%]{40,}/,
    'AAAAAAAAAAAAAAAAAAAAA{12}%2B{50}',
  ]),
  ...documented('https://developers.dropbox.com/oauth-guide', [
    'Dropbox token',
    /sl\.(?:u\.)?[\w-]{100,}/,
    'sl.{136u}',
  ]),
  ...documented('https://developers.notion.com/docs/authorization', [
    'Notion token',
    /(?:ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{43}(?!\w))/,
    'ntn_{11d}{35}',
  ]),
  ...documented('https://airtable.com/developers/web/guides/personal-access-tokens', [
    'Airtable token',
    /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/,
    'pat{14}.{64x}',
  ]),
  ...documented('https://developers.asana.com/docs/personal-access-token', [
    'Asana token',
    /[012]\/\d{13,17}(?:\/\d{13,17})?:[a-f0-9]{32}/,
    '1/{16d}:{32x}',
  ]),
  ...documented('https://linear.app/developers/graphql', [
    'Linear key',
    /lin_(?:api|oauth|wh)_[A-Za-z0-9]{32,}/,
    'lin_api_{40}',
  ]),
  ...documented('https://www.figma.com/developers/api#access-tokens', [
    'Figma token',
    /fig[dpuo][rh]?_[\w-]{40,}/,
    'figd_{40u}',
  ]),
  ...documented('https://developer.clickup.com/docs/authentication', [
    'ClickUp token',
    /pk_\d{5,}_[A-Z0-9]{32}/,
    'pk_{8d}_{32A}',
  ]),
  ...documented('https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/', [
    'Trello token',
    /ATTA[a-f0-9]{60,}[A-Z0-9]*/,
    'ATTA{64x}{8A}',
  ]),
  ...documented('https://www.typeform.com/developers/get-started/personal-access-token/', [
    'Typeform token',
    /tfp_[\w.=-]{40,}/,
    'tfp_{44u}_{14}',
  ]),
  ...documented('https://www.contentful.com/developers/docs/references/authentication/', [
    'Contentful token',
    /CFPAT-[\w-]{40,}/,
    'CFPAT-{43u}',
  ]),
  ...documented('https://docs.mapbox.com/help/getting-started/access-tokens/', [
    'Mapbox secret token',
    /sk\.eyJ[\w-]{20,600}\.[\w-]{20,}/,
    'sk.eyJ{60u}.{22u}',
  ]),
  ...documented('https://developer.frame.io/docs/getting-started/authentication', [
    'Frame.io token',
    /fio-u-[\w=-]{60,}/,
    'fio-u-{64u}',
  ]),
  ...documented('https://www.ory.com/docs/security-compliance/token-formats', [
    'Ory token',
    /ory_(?:at|pat|rt|ac|st|lo|apikey|wak)_[\w.-]{20,}/,
    'ory_at_{43u}.{43u}',
  ]),
  ...documented('https://github.com/stytchauth/stytch-python', [
    'Stytch secret',
    /secret-(?:live|test)-[\w=-]{30,}/,
    'secret-live-{36u}',
  ]),
  ...documented('https://developer.adobe.com/developer-console/docs/guides/authentication/', [
    'Adobe client secret',
    /p8e-[\w-]{32}/,
    'p8e-{32a}',
  ]),
  ...documented('https://dev.maxmind.com/geoip/release-notes/2023-03-16-changes-to-maxmind-license-keys/', [
    'MaxMind key',
    /[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk/,
    '{6}_{29}_mmk',
  ]),
  ...documented('https://www.inngest.com/docs/platform/signing-keys', [
    'Inngest signing key',
    /signkey-(?:prod|test|branch)-[a-f0-9]{32,}/,
    'signkey-prod-{64x}',
  ]),
  ...documented('https://api.intra.42.fr/apidoc', [
    '42 intranet secret',
    /s-s4t2(?:ud|af)-[a-f0-9]{64}/,
    's-s4t2ud-{64x}',
  ]),
  ...documented('https://wakatime.com/developers', [
    'WakaTime key',
    /waka_(?:[0-9a-f-]{36}|(?:tok|ref|sec)_[A-Za-z0-9]{40,})/,
    'waka_{uuid}',
  ]),
  ...documented('https://authress.io/knowledge-base/docs/authorization/service-clients/secrets-scanning', [
    'Authress key',
    /(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[\w+/=-]{30,}/,
    'sc_{10a}.{4a}.acc-{12a}.{60u}',
  ]),
]
