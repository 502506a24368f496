import { describe, expect, it } from 'vitest'
import { manifestMasker } from '../../../../src/core/text/secrets/manifests.ts'

const masked = (text: string) => text.split('\n').map(manifestMasker()).join('\n')
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the data of a Kubernetes Secret', () => {
  it('is masked, whatever it is, and what stands around it is not', () =>
    expect(
      masked('kind: Secret\nmetadata:\n  name: app\ndata:\n  a: b64x=\n  "b.c": \'abcd\'\n  d: ""\ntype: Opaque'),
    ).toBe('kind: Secret\nmetadata:\n  name: app\ndata:\n  a: [masked]\n  "b.c": \'[masked]\'\n  d: ""\ntype: Opaque'))

  it('in clear, on the lines below its key as well', () =>
    expect(masked('stringData:\n  a: |\n    some words\n    pa55word!\n  b: abcdef\n')).toBe(
      'stringData:\n  a: |\n    some words\n    [masked]\n  b: abcdef\n'.replace('abcdef', '[masked]'),
    ))

  it('that stands before its kind is masked where it is text in base64', () =>
    expect(
      masked(`apiVersion: v1\ndata:\n  a: ${base64('hunter-2')}\n  b: username\n  c: plain text\nkind: Secret`),
    ).toBe('apiVersion: v1\ndata:\n  a: [masked]\n  b: username\n  c: plain text\nkind: Secret'))

  it('in JSON, also on one line', () => {
    expect(masked('{\n  "kind": "Secret",\n  "data": {\n    "a": "x1y2"\n  }\n}')).toBe(
      '{\n  "kind": "Secret",\n  "data": {\n    "a": "[masked]"\n  }\n}',
    )
    expect(masked('{"data":{"a":"x1y2"},"kind":"Secret"}')).toBe('{"data":{"a":"[masked]"},"kind":"Secret"}')
  })

  it.each([
    ['of a ConfigMap', `kind: ConfigMap\ndata:\n  a: ${base64('hunter-2')}`],
    ['filled in later', 'kind: Secret\ndata:\n  a: {{ .Values.a }}\n  b: <base64>\n  c: $C'],
    ['of the next document', `kind: Secret\n---\ndata:\n  b: abcdefg`],
    ['of the next file', `kind: Secret\ndiff --git a/x b/x\ndata:\n  b: abcdefg`],
    ['of the next hunk', `stringData:\n@@ -1,2 +1,2 @@\n  b: abcdefg`],
  ])('and other data is not: %s', (_, text) => expect(masked(text)).toBe(text))

  it('of which a hunk shows one line is known by base64 of a longer text', () => {
    const [long, short] = [base64('amqp://app:hunter@mq'), base64('hunter-2')]
    const certificate = base64('-----BEGIN CERTIFICATE-----')
    const text = `+  URL: ${long}\n+  a: ${short}\n+  certificate-authority-data: ${certificate}`
    expect(masked(text)).toBe(text.replace(long, '[masked]'))
  })

  it('is known by the words behind the numbers of a hunk', () =>
    expect(masked('@@ -5,3 +5,3 @@ stringData:\n-  a: old1\n+  a: new1\n   b: c')).toBe(
      '@@ -5,3 +5,3 @@ stringData:\n-  a: [masked]\n+  a: [masked]\n   b: c',
    ))
})

describe('a value in the lines below its name', () => {
  it('is masked under a secret name, up to the next name', () =>
    expect(masked('+- password: |-\n+    s3cret-x\n+\n+    s3cret-y\n+user: app1234')).toBe(
      '+- password: |-\n+    [masked]\n+\n+    [masked]\n+user: app1234',
    ))

  it.each(['notes: |\n  s3cret-x', 'password: |\n  echo s3cret-x\n  if s3cret-x:\n  plainword'])(
    'and nothing else: %s',
    text => expect(masked(text)).toBe(text),
  )

  it('that has a name of its own in it is still one value', () =>
    expect(masked('password: |\n  token: |\n    s3cret-x')).toBe('password: |\n  token: |\n    [masked]'))
})
