import { describe, expect, it } from 'vitest'
import { isSecretFile, withoutSecrets } from '../../src/core/secrets.ts'

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
    'return tokens.map(token => token.text)',
    'http://example.org:8080/a@b',
    'git@github.com:owner/repo.git',
  ])('and code is left as it is: %s', text => expect(withoutSecrets(text)).toBe(text))
})

describe('a file of secrets is known by its name', () => {
  it.each(['.env', 'app/.env.production', 'certs/server.pem', 'id_rsa', '.ssh/id_ed25519', 'store.p12', 'x.key'])(
    '%s',
    path => expect(isSecretFile(path)).toBe(true),
  )
  it.each(['.env.example', 'id_rsa.pub', 'src/secrets.ts', 'src/key.ts', 'environment.md', 'keys/README.md'])(
    '%s is none',
    path => expect(isSecretFile(path)).toBe(false),
  )
})
