import { describe, expect, it } from 'vitest'
import { markupMasker } from '../../../../src/core/text/secrets/markup.ts'

const masked = (text: string) => text.split('\n').map(markupMasker()).join('\n')

describe('what an element or a second key gives to a secret name is masked', () => {
  it.each([
    ['<password>hunter2</password>', '<password>[masked]</password>'],
    ['<db:password type="x"> hunter2 </db:password>', '<db:password type="x">[masked]</db:password>'],
    ['<entry key="db.password">hunter2</entry>', '<entry key="db.password">[masked]</entry>'],
    ['<p name="password"><value>hunter2</value></p>', '<p name="password"><value>[masked]</value></p>'],
    ['<key>ApiSecret</key><string>hunter2</string>', '<key>ApiSecret</key><string>[masked]</string>'],
    ['<key>ApiSecret</key>\n<string>hunter2</string>', '<key>ApiSecret</key>\n<string>[masked]</string>'],
    ['<add key="DbPassword" value="hunter2" />', '<add key="DbPassword" value="[masked]" />'],
    ['{"name": "DB_PASSWORD", "value": "hunter2"}', '{"name": "DB_PASSWORD", "value": "[masked]"}'],
    ['- name: DB_PASSWORD\n  value: hunter2', '- name: DB_PASSWORD\n  value: [masked]'],
    ['"name": "DB_PASSWORD",\n"value": "hunter2",', '"name": "DB_PASSWORD",\n"value": "[masked]",'],
    [
      'variable "db_password" {\n  type = string\n  default = "hunter2"\n}',
      'variable "db_password" {\n  type = string\n  default = "[masked]"\n}',
    ],
  ])('%s', (text, shown) => {
    expect(masked(text)).toBe(shown)
    expect(masked(shown)).toBe(shown)
  })

  it.each([
    '<user>hunter2</user>',
    '<password>$X</password>',
    '<key>Name</key>\n<string>hunter2</string>',
    '- name: DB_USER\n  value: hunter2',
    '- name: DB_PASSWORD\n  value: {{ x }}',
    '- name: DB_PASSWORD\n  valueFrom: hunter2',
    '- name: DB_PASSWORD\n\n  value: hunter2',
    'variable "region" {\n  default = "hunter2"\n}',
    'variable "db_password" {\n}\n  default = "hunter2"',
    '<add key="DbUser" value="hunter2" />',
  ])('and nothing else: %s', text => expect(masked(text)).toBe(text))
})
