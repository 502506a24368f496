import { describe, expect, it } from 'vitest'
import { isSecretFile, withoutSecrets } from '../../../src/core/text/secrets.ts'

// Put together here, so that no scanner takes this file for a leak.
const parts = (...all: string[]) => all.join('')

describe('a secret in a text is masked', () => {
  it.each([
    ['an AWS key id', parts('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a GitHub token', parts('ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8')],
    ['a fine-grained GitHub token', parts('github_pat_', '11ABCDEFG0abcdefghijkl_mnopqrstuvwx')],
    ['a Slack token', parts('xoxb-', '123456789012-abcdefGHIJKL')],
    ['a model key', parts('sk-', 'proj-abcDEF1234567890abcd')],
    ['a Stripe key', parts('sk_', 'live_abcdefghijklmnop')],
    ['an AWS temporary key id', parts('ASIA', 'IOSFODNN7EXAMPLE')],
    ['a GitHub server token', parts('ghs_', 'a1B2c3D4e5F6g7H8i9J0')],
    ['a GitLab token', parts('glpat-', 'abcdefghij-klmnopqrs')],
    ['a Slack hook', parts('hooks.slack.com', '/services/T00000000/B00000000/XXXXXXXX')],
    ['a restricted Stripe key', parts('rk_', 'test_abcdefghijklmnop')],
    ['a Google key', parts('AIza', 'SyA-1234567890_abcdefghijklmnopqrst')],
    ['an npm token', parts('npm_', 'abcdefghijklmnopqrstuvwxyz0123456789')],
    ['a JWT', parts('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0In0.', 'c2lnbmF0dXJl')],
  ])('%s', (_, secret) => expect(withoutSecrets(`before ${secret} after\nnext`)).toBe('before [masked] after\nnext'))

  it.each([
    ['postgres://app:s3cr3t@db.example/x', 'postgres://app:[masked]@db.example/x'],
    ['password=hunter2!', 'password=[masked]'],
    ['+  DB_PASSWORD: "correct horse"', '+  DB_PASSWORD: "[masked]"'],
    ["const apiKey = 'abcd-efgh'", "const apiKey = '[masked]'"],
    ['{"access_token":"abcdef"}', '{"access_token":"[masked]"}'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG', 'aws_secret_access_key = [masked]'],
    ['Authorization: Bearer abcdefghijklmnop1234', 'Authorization: Bearer [masked]'],
    ['Authorization: Basic   YWRtaW46aHVudGVyMg==', 'Authorization: Basic [masked]'],
    ['redis://:s3cr3t@cache', 'redis://:[masked]@cache'],
    ['client_secret => "abcd"', 'client_secret => "[masked]"'],
    ['private-key := `abcd`', 'private-key := `[masked]`'],
    ['token=abc123def&x=1', 'token=[masked]'],
  ])('%s', (text, expected) => expect(withoutSecrets(text)).toBe(expected))

  it('a private key, over all its lines', () => {
    const key = ['a', '+-----BEGIN RSA PRIVATE KEY-----', '+MIIE', '+abcd', '+-----END RSA PRIVATE KEY-----', 'b']
    expect(withoutSecrets(key.join('\n')).split('\n')).toEqual([
      'a',
      '+-----BEGIN RSA PRIVATE KEY-----',
      '[masked]',
      '[masked]',
      '+-----END RSA PRIVATE KEY-----',
      'b',
    ])
    expect(withoutSecrets('x = "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----"')).not.toContain('MIIE')
  })

  it.each([
    'const token = parse(text)',
    'password: string',
    'token: Token2.parse(x)',
    `secret: '$${'{process.env.SECRET_1}'}'`,
    `password = '${'abc'}'`,
    'password = ""',
    'author: "Ada Lovelace"',
    'Bearer of good news',
    'return tokens.map(token => token.text)',
    'http://example.org:8080/a@b',
    'git@github.com:owner/repo.git',
  ])('and code is left as it is: %s', text => expect(withoutSecrets(text)).toBe(text))
})

describe('a file of secrets is known by its name', () => {
  it.each([
    ...['.env', 'app/.env.production', '.env.example.local', '.ENV', 'certs/server.pem', 'id_rsa', '.ssh/id_ed25519'],
    ...[
      'store.p12',
      'x.key',
      'prod.tfvars',
      '.netrc',
      'home/.git-credentials',
      'kubeconfig',
      'secret.json',
      'a/Secrets.yml',
    ],
    ...['credentials.toml', 'credential.ini', 'service-account.json', 'service-account-prod_1.yaml'],
    ...['.aws/credentials', 'home/.aws/credentials', 'home/.docker/config.json'],
  ])('%s', path => expect(isSecretFile(path)).toBe(true))
  it.each([
    ...['.env.example', 'id_rsa.pub', 'src/secrets.ts', 'src/key.ts', 'environment.md', 'keys/README.md'],
    ...['my.env', '.envrc', 'x.key.ts', 'x.pem/readme.md', 'my_id_rsa', 'my.netrc', 'kubeconfig.md', 'my-secrets.json'],
    ...['secrets.json.md', 'service-accounts.ts', 'service-account.md', 'aws/credentials', '.aws/credentials.md'],
    ...['x.aws/credentials', 'docker/config.json'],
  ])('%s is none', path => expect(isSecretFile(path)).toBe(false))
})
