import { describe, expect, it } from 'vitest'
import { lineMasker, withoutSecrets } from '../../../src/core/text/secrets.ts'

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
    ['a restricted Stripe key', parts('rk_', 'test_abcdefghijklmnop')],
    ['a Google key', parts('AIza', 'SyA-1234567890_abcdefghijklmnopqrst')],
    ['an npm token', parts('npm_', 'abcdefghijklmnopqrstuvwxyz0123456789')],
    ['a Stripe key of an organization', parts('sk_', 'org_abcdefghijklmnop')],
    ['a Cloudflare service token', parts('cfast_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T01a2b3c4d')],
    ['a Cloudflare OAuth token', parts('cfoat_', 'a1B2c3D4e5F6g7H8i9J0.k1L2m3N4')],
    ['a Supabase OAuth token', parts('sbp_', 'oauth_0123456789abcdef0123456789abcdef01234567')],
    ['a Figma plan token', parts('figp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0')],
    ['an Ory API key', parts('ory_', 'apikey_a1B2c3D4e5F6g7H8i9J0')],
    ['an Ory workspace key', parts('ory_', 'wak_a1B2c3D4e5F6g7H8i9J0')],
    ['a WakaTime OAuth token', parts('waka_', 'tok_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0')],
    ['a Buildkite session token', parts('bkaa_', 'a1B2c3.D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8')],
    ['a Buildkite job token', parts('bkaj_', 'eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0In0.', 'c2lnbmF0dXJl')],
    ['a Sentry token of an integration', parts('sntryi_', '0123456789abcdef0123456789abcdef0123456789abcdef')],
    ['a crates.io token of one run', parts('cio_tp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6')],
    ['a Honeycomb key of a classic environment', parts('hcaic_', 'a1b2c3d4e5f6g7h8i9j0'.repeat(3).slice(2))],
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
    ['Authorization: Basic   YWRtaW46aHVudGVyMg==', 'Authorization: Basic   [masked]'],
    ['https://hooks.slack.com/services/T0A1/B0C2/k3Jd9sLq0Zx7', 'https://hooks.slack.com/services/[masked]'],
    ['postgres://app:p/w@1@db.example/x', 'postgres://app:[masked]@db.example/x'],
    ['app:p@ss@tcp(db.example:3306)/x', 'app:[masked]@tcp(db.example:3306)/x'],
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
      '+[masked]',
      '+[masked]',
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

describe('what a file is decides how its lines are read', () => {
  const masked = (...lines: string[]) => lines.map(lineMasker()).at(-1)
  it.each([
    ['diff --git a/config.yml b/config.yml', '+password: one two three', '+password: [masked]'],
    ['diff --git a/a.ts b/a.ts', '+  password: password1,', '+  password: password1,'],
    ['diff --git a/notes.md b/notes.md', '+password: hunter-2', '+password: [masked]'],
    ['diff --git "a/\\303\\274.env" "b/\\303\\274.env"', '+DB_PASS=hunter', '+DB_PASS=[masked]'],
    ['diff --git a/Dockerfile b/Dockerfile', '+ENV DB_PASS hunter', '+ENV DB_PASS [masked]'],
  ])('%s', (header, line, shown) => expect(masked(header, line)).toBe(shown))

  it('until the next file of the diff', () =>
    expect(masked('diff --git a/a.ts b/a.ts', 'diff --git a/a.env b/a.env', '+DB_PASS=hunter')).toBe(
      '+DB_PASS=[masked]',
    ))

  it('a name whose line ends before its value', () => {
    expect(withoutSecrets("const secret =\n  'hunter'\n  'hunter'")).toBe("const secret =\n  '[masked]'\n  'hunter'")
    expect(withoutSecrets('const secret =\n  hunter(2)')).toBe('const secret =\n  hunter(2)')
  })
})

it('a long secret is masked to its end', () => {
  const long = 'k3Jd9sLq0Zx7'.repeat(1000)
  for (const [before, after] of [
    ['API_KEY=', ''],
    ['api_key: "', '"'],
    ['run --api-key ', ' now'],
    ['x(), JWT_SECRET=', ' y'],
    ['<password>', '</password>'],
  ])
    expect(withoutSecrets(before + long + after)).toBe(`${before}[masked]${after}`)
})

it('a row of crosses shows the form of a token', () => {
  const text = parts('ghp_', 'x'.repeat(36))
  expect(withoutSecrets(text)).toBe(text)
})
