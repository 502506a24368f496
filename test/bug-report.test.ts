import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bugReportUrl, kindOf, linkToReport } from '../src/bug-report.ts'
import { describe as described, UserError } from '../src/errors.ts'
import { temporaryDirectory } from './support/repository.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const running = { version: '1.2.3', platform: 'linux x64', node: '22.12.0', command: 'doctor' }
const fieldsOf = (url: string) => Object.fromEntries(new URL(url).searchParams)

describe('the link to a new issue', () => {
  it('names the version, the platform, Node and the command', () => {
    const url = bugReportUrl({ ...running, summary: 'TypeError' })
    expect(url).toMatch(/^https:\/\/github\.com\/countersign-dev\/countersign\/issues\/new\?/)
    expect(fieldsOf(url)).toEqual({
      template: 'bug.yml',
      title: 'TypeError in countersign doctor',
      version: '1.2.3',
      platform: 'linux x64, Node 22.12.0',
      command: 'countersign doctor',
    })
  })

  it('fills in fields that the form has', () => {
    const { template, title, ...fields } = fieldsOf(bugReportUrl({ ...running, summary: 'Error' }))
    const form = parse(readFileSync(join(root, '.github/ISSUE_TEMPLATE', template!), 'utf8'))
    const ids = form.body.map(({ id }: { id?: string }) => id)
    expect(ids).toEqual(expect.arrayContaining(Object.keys(fields)))
    expect(title).not.toBe('')
  })

  it('leads to the repository that package.json names', () => {
    const { bugs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(bugReportUrl({ ...running, summary: 'Error' })).toMatch(`${bugs}/new?`)
  })

  it('is a short link, whatever it is made of', () => {
    const word = fc.string({ unit: 'binary', maxLength: 300 })
    const parts = fc.record({ version: word, platform: word, node: word, command: word, summary: word })
    fc.assert(
      fc.property(parts, report => {
        const url = bugReportUrl(report)
        expect(url.length).toBeLessThan(1500)
        expect(url).toMatch(/^[!-~]+$/)
        expect(fieldsOf(url)).toMatchObject({ template: 'bug.yml' })
      }),
    )
  })
})

it.each([
  ['its class', new TypeError('/home/me/secret.ts is none'), 'TypeError'],
  ['its class and code', Object.assign(new Error('/home/me'), { code: 'ENOENT' }), 'Error ENOENT'],
  ['no code that is a sentence', Object.assign(new Error('x'), { code: 'in /home/me' }), 'Error'],
  ['no name that is a sentence', Object.assign(new Error('x'), { name: 'in /home/me' }), 'Error'],
  ['its type where it is no error', '/home/me', 'Thrown string'],
])('what was thrown is named by %s', (_, thrown, kind) => expect(kindOf(thrown)).toBe(kind))

describe('a bug of ours', () => {
  const bug = new TypeError('/home/me is none')

  it('is called one, with the link on a line of its own and the stack below', () => {
    const { code, exitCode, message } = described(bug, linkToReport(running))
    const [sentence, link, blank, ...stack] = message.split('\n')
    expect({ code, exitCode }).toEqual({ code: 'bug', exitCode: 70 })
    expect(sentence).toMatch(/^This is a bug in Countersign, not in your repository\. Please report it\./)
    expect(link).toBe(`  ${bugReportUrl({ ...running, summary: 'TypeError' })}`)
    expect({ blank, stack: stack.join('\n') }).toEqual({ blank: '', stack: bug.stack })
  })

  it('has no link where nobody says what is running', () =>
    expect(described(bug).message).toBe(`This is a bug in Countersign, not in your repository.\n${bug.stack}`))

  it('is nothing that the user can do something about', () =>
    expect(described(new UserError('git-missing', {}), linkToReport(running)).message).not.toContain('http'))
})

describe('the command line, when it meets a bug', () => {
  const preload = () => {
    const file = join(temporaryDirectory(), 'preload.cjs')
    writeFileSync(file, "require('node:fs').existsSync = path => { throw new RangeError('no ' + path) }")
    return file
  }
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['-r', preload(), join(root, 'dist/cli.cjs'), ...args], { encoding: 'utf8' })
  const linkIn = (text: string) =>
    text
      .split('\n')
      .find(line => line.startsWith('  https://'))!
      .trim()

  it('prints the link, which has no word that the user typed but the command', () => {
    const { status, stdout, stderr } = run('pick', 'F1', '--cwd', 'my-secret-place')
    expect({ status, stdout }).toEqual({ status: 70, stdout: '' })
    expect(fieldsOf(linkIn(stderr))).toMatchObject({
      title: 'RangeError in countersign pick',
      platform: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
      command: 'countersign pick',
    })
    expect(linkIn(stderr)).not.toMatch(/secret|F1|cwd/)
    expect(stderr).toMatch(/\n\nRangeError: no .*my-secret-place\n {4}at /)
  })

  it('says it in JSON to whoever asked for JSON', () => {
    const { status, stdout, stderr } = run('status', '--json')
    expect({ status, stderr }).toEqual({ status: 70, stderr: '' })
    const { error } = JSON.parse(stdout)
    expect(error.code).toBe('bug')
    expect(fieldsOf(linkIn(error.message)).command).toBe('countersign status')
  })
})
