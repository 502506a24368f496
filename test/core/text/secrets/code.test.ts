import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../../../src/core/text/secrets.ts'

/** What a name in a diff's first line makes of the lines below it. */
const inFile = (file: string, line: string) =>
  withoutSecrets(`diff --git a/${file} b/${file}\n+${line}`).split('\n')[1]!.slice(1)
const filledIn = (text: string) => text.replaceAll('#{', '$' + '{')
const hex = 'd41d8cd98f00b204e9800998ecf8427e'

describe('code and prose stay as they are, in a file of code, of settings and in neither', () => {
  it.each([
    // Code that handles secrets.
    'const token = parse(text)',
    'password: string',
    'token?: Token | undefined',
    'private String password;',
    'secret = process.env.X',
    'secret = process.env.JWT_SECRET_2',
    "const password = req.body['password']",
    'token = os.environ["API_TOKEN"]',
    'let token = await getToken(user2)',
    'self.password = password',
    'def login(username: str, password: str) -> None:',
    'if (token === undefined) return',
    "if (token === 'punctuation') next()",
    "if (password == 'string') x()",
    'this.accessToken = accessToken2.value',
    'return tokens.map(token => token.text)',
    "'password' => bcrypt($request->password),",
    'password := os.Getenv("DB_PASSWORD")',
    'String secret = System.getenv("CLIENT_SECRET");',
    'secretKey: !!process.env.SECRET_KEY,',
    "throw new Error('The token is invalid: try again')",
    "expect(token, 'a token').toBe(undefined)",
    'token = "=>"',
    "fields: ['password', 'username', 'email']",
    "credentials: 'include'",
    'const maxTokens = 4096',
    'max_tokens: 100000',
    'token_type: bearer',
    "tokenUrl: 'https://auth.example/token2'",
    'public static final String SECRET_NAME = "app-secrets-2";',
    'password.length >= 12',
    'password.encode("latin1")',
    "setTokenType('Bearer2x')",
    "validatePassword('Abc12345')",
    "type: 'password'",
    '<label for="password">Passwort</label>',
    '<Password>Enter</Password>',
    '<password>#{db.password}</password>',
    "key: 'cacheKey'",
    `cacheKey: '${hex}'`,
    `publicKey: '${hex}${hex}'`,
    "primaryKey: 'customer_id_2'",
    "'X-Token-Header2'",
    'session_key: "rack.session"',
    // What is filled in, or lies elsewhere.
    'password: #{DB_PASSWORD}',
    'password=#{DB_PASSWORD}',
    'TOKEN=$(cat token.txt)',
    'PASSWORD=$1',
    'PASSWORD="$DB_PASS"',
    'password: {{ .Values.password2 }}',
    'password = "<password>"',
    'password: <your-password-1>',
    "password: '%s'",
    'password = f"{secret}"',
    'password: "%DB_PASSWORD%"',
    'password: "@db.password@"',
    'token: #{{ secrets.NPM_TOKEN }}',
    'password: !vault |',
    'password: ENC[AES256_GCM,data:p673w==,iv:YY=,tag:x,type:str]',
    'password: vault:secret/data/db2#password',
    'api_key: op://vault/item2/field',
    'secret: arn:aws:secretsmanager:eu-west-1:1234:secret:x',
    'password_file: /run/secrets/db2',
    'password: /run/secrets/db_password2',
    'DB_PASSWORD_FILE=/run/secrets/db2',
    'PWD=/home/app/work2',
    'secretName: app-tls-2',
    'tlsSecret: shop.local-tls',
    'secret: git-creds',
    'imagePullSecrets: regcred',
    'passwordSecret: cluster1-postgres-password',
    'secretKey: clientSecret',
    // Placeholders.
    'password=changeme',
    'password: change-me',
    'password = "your-password"',
    'API_KEY=your_api_key_here',
    'API_KEY=xxxxxxxxxxxxxxxx',
    'token: "****"',
    "password: 'password'",
    "password: 'secret'",
    'password = ""',
    'token: null',
    'secret: ~',
    'password: "..."',
    'SECRET=true',
    'id-token: write',
    'secrets: inherit',
    "secret: 'my-secret-token'",
    'password: "test"',
    // Labels and messages.
    'password: "Enter your password"',
    'password = "Passwort vergessen?"',
    "password: 'Kennwort'",
    '"password": "Mot de passe oublié"',
    '"password": "密码"',
    'passwordHint: "At least 8 characters, 1 digit"',
    'invalid_token: "The token has expired1"',
    'Password: must have 8 characters',
    'the --password option, the --token flag and --secret <value>',
    'use --token TOKEN or --password [password]',
    'Bearer of good news',
    'Basic authentication is required',
    // Hashes, versions, numbers, ids.
    '"integrity": "sha512-AbCdEf0123456789AbCdEf0123456789AbCdEf0123456789AbCdEf0123456789AbCdEf0123456789AbCdEf=="',
    'index 4b1d2f3a5c..9e8d7c6b5a 100644',
    '"js-tokens": "^4.0.0",',
    '"jsonwebtoken": "npm:9.0.2",',
    'registry-auth-token: 5.0.2',
    'jsonwebtoken:jjwt-api-0.11.2',
    'id: 3fa85f64-5717-4562-b3fc-2c963f66afa6',
    'sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"',
    'author: "Ada Lovelace"',
    // Addresses.
    'http://example.org:8080/a@b',
    'https://example.org/@scope/name',
    'git@github.com:owner/repo.git',
    'https://#{user}:#{password}@host/x',
    'postgres://<user>:<password>@host/x',
    'http://localhost:3000/path/@x',
    'docker run -u 1000:1000 x',
    'mysql -uroot -p"$PASSWORD" -e x',
    `set rna ATTA${'AAGGTTTATACCTTCCC'.repeat(5)}`,
    'arn:aws:ecs:us-west-2:123456789012:cluster/a1b2c3',
    'image: swarmprom-grafana:5.3.4@sha256:2aca8aa5716e6e0eed3fcdc88fec256a',
    'GLPAT: glpat-xxxxxxxxxxxxxxxxxxxx',
    'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'class="sk-folding-cube-something-long"',
    'hf_requiredCharacteristicTypesForDisplayMetadata',
    // Minified.
    '!function(e){var t=e.token,n=e.password||"",r={token:t,password:n};t=r.token}()',
    'text:"One-time password:",required:!0,name:"otp"',
    "'--password='.$connection['password']",
    'header("Authorization", "token="+string(x.authToken))',
    'expected "api_key" or "oci_config_2"',
  ])('%s', text => {
    const line = filledIn(text)
    expect(withoutSecrets(line)).toBe(line)
    expect(inFile('src/app.ts', line)).toBe(line)
    expect(inFile('config.yml', line)).toBe(line)
  })

  it.each([
    'token = token2',
    'password = config.db.password1',
    'password = request.form["password"]',
    'a.password=b,c.token=d2,e.secret=f.g',
    'password: password1,',
    'key = sha256',
    'secretKey = secretKeyFrom2',
    'password = userInput2;',
    'auth_token: authToken1',
  ])('in code alone: %s', line => expect(inFile('a.py', line)).toBe(line))

  it.each(['password: String', 'token: Token', 'password: text2.value', 'token: 1234'])(
    'where nothing is known: %s',
    line => expect(withoutSecrets(line)).toBe(line),
  )
})

it('a mark of a key in code hides nothing below it', () => {
  const text = ["if (line.startsWith('-----BEGIN PRIVATE KEY-----')) {", '  run()', '}', 'doSomething()', 'end'].join(
    '\n',
  )
  expect(withoutSecrets(text)).toBe(text)
})
