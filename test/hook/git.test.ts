import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { itNeeds } from '../support/platform.ts'
import { type Gate, gate, ready, says } from '../support/programs/gate.ts'
import { repositoryAt, temporaryDirectory } from '../support/repository.ts'

const reviewed = (one: Gate) =>
  /^\S+(?= \((?:added|modified|deleted|type-changed), )/gm[Symbol.match](one.prompts().at(-1)!)

const pointer = (oid: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize 3\n`

/** A gate in a session at `main`, beside a branch `topic` that has a file of its own. */
async function branched(): Promise<Gate> {
  const one = gate({ play: 'reads-all' })
  one.repo.git('switch', '-q', '-c', 'topic')
  one.repo.write('topic.js', 'the work of others\n')
  one.repo.commit('topic')
  one.repo.git('switch', '-q', 'main')
  await one.fire('SessionStart', { source: 'startup' })
  return one
}

describe('with the globs that `init` writes', () => {
  const globs = 'ignore:\n  - "**/node_modules/**"\n  - "coverage/**"\n'

  /** Puts a git before the real one that notes how it is called. */
  function counted(one: Gate): () => string[] {
    const [bin, log] = [temporaryDirectory(), join(temporaryDirectory(), 'log')]
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
    writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$*" >> "${log}"\nexec "${git}" "$@"\n`, { mode: 0o755 })
    one.env.PATH = `${bin}${delimiter}${one.env.PATH}`
    return () => {
      const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
      rmSync(log, { force: true })
      return calls
    }
  }

  it('a stop without a change looks at the tree alone, and a first changed one takes no more than eight git processes', async () => {
    const one = gate({ config: globs })
    await one.fire('SessionStart', { source: 'startup' })
    await one.fire('Stop')
    const calls = counted(one)
    expect((await one.fire('Stop')).stdout).toBe('')
    const quiet = calls()
    // Within the second of an edit git looks once more.
    expect(quiet.length).toBeLessThanOrEqual(2)
    expect(quiet.filter(call => /update-index|ls-files/.test(call))).toEqual([])
    one.repo.write('a.js', 'changed\n')
    await one.fire('Stop')
    expect(calls().length).toBeLessThanOrEqual(8)
  })

  it('a glob that reaches the gate’s own files still takes none of them out', async () => {
    for (const glob of ['**/*.json', '**', '.Claude/**', '**/s?ttings.json', '.claude/[a-z]*', '**/.claude/**']) {
      const one = gate({ play: 'reads-all', config: `ignore: ["${glob}"]\n` })
      await one.fire('SessionStart', { source: 'startup' })
      one.repo.write('.claude/settings.json', '{ "hooks": {} }\n')
      await one.fire('Stop', ready)
      expect({ glob, reviewed: reviewed(one) }).toEqual({ glob, reviewed: ['.claude/settings.json'] })
    }
  })
})

describe('the change, when HEAD moves in mid-session', () => {
  it('is not the branch that was switched to, which is named', async () => {
    const one = await branched()
    one.repo.git('switch', '-q', 'topic')
    expect((await one.fire('Stop')).json).toEqual({
      systemMessage: expect.stringMatching(
        /HEAD moved to \w{8} over 1 commit not made in this session and not reviewed \(by Test; topic\)$/,
      ),
    })
    expect((await one.fire('Stop')).stdout).toBe('')
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop', ready)
    expect(reviewed(one)).toEqual(['a.js'])
  })

  it('in mid-cycle follows a switch, and says so', async () => {
    const one = await branched()
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop')
    one.repo.git('switch', '-q', 'topic')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/HEAD moved to [0-9a-f]{8}[\s\S]*countersigned/)
    expect(reviewed(one)).toEqual(['a.js'])
  })

  it('is still there after a commit, an amended commit and a merge', async () => {
    const one = await branched()
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop')
    one.repo.commit('mine')
    one.repo.git('commit', '-q', '--amend', '-m', 'mine, said better')
    one.repo.git('merge', '-q', 'topic', '-m', 'merge')
    await one.fire('Stop', ready)
    expect(reviewed(one)).toEqual(['a.js', 'topic.js'])
  })

  it('is reviewed on its new ground after a rebase', async () => {
    const one = await branched()
    one.repo.write('a.js', 'mine\n')
    one.repo.commit('mine')
    await one.fire('Stop')
    one.repo.git('rebase', '-q', 'topic')
    await one.fire('Stop', ready)
    expect(reviewed(one)).toEqual(['a.js'])
  })

  it('put away with a stash is nothing, and comes back whole', async () => {
    const one = await branched()
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop')
    one.repo.git('stash', '-q')
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/as it was before this change/)
    one.repo.git('stash', 'pop', '-q')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })
})

describe('a list to choose from', () => {
  /** At the choice on `work`, the change committed there. */
  const choosing = async (): Promise<Gate> => {
    const one = gate({ play: 'findings' })
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.git('switch', '-q', '-c', 'work')
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    return one
  }

  it('waits for its branch, when a stop on another one has seen nothing of it', async () => {
    const one = await choosing()
    one.repo.commit('mine')
    await one.fire('Stop')
    one.repo.git('switch', '-q', 'main')
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/Its review \(agreed: 1 high\) is kept/)
    expect((await one.fire('Stop')).stdout).toBe('')
    one.repo.git('switch', '-q', 'work')
    await one.fire('SessionStart', { source: 'resume' })
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(
      /the change is in the working tree again; its review continues where it stopped/,
    )
    expect((await one.fire('UserPromptSubmit', { prompt: 'pick F1' })).stdout).toMatch(/The user picked F1/)
    expect(one.codexCalls()).toEqual(['review'])
  })

  it('stays, when the change is committed on a branch and merged', async () => {
    const one = await choosing()
    for (const command of ['switch -q -c f', 'commit -q -am x', 'switch -q main', 'merge -q f'])
      one.repo.git(...command.split(' '))
    expect((await one.fire('Stop')).json?.systemMessage).toMatch(/the choice is open \(F1\)/)
    expect(one.report('findings')).toMatch(/^Cycle 1 · choice · 1 finding/)
    expect((await one.fire('UserPromptSubmit', { prompt: 'pick F1' })).stdout).toMatch(/The user picked F1/)
  })

  it('waits for its stash', async () => {
    const one = await choosing()
    one.repo.git('stash', '-q')
    await one.fire('Stop')
    one.repo.git('stash', 'pop', '-q')
    await one.fire('Stop')
    expect(one.report('findings')).toMatch(/^Cycle 1 · choice · 1 finding/)
    expect(one.codexCalls()).toEqual(['review'])
  })
})

describe('the gate reviews a change', () => {
  it('without a commit: everything is the change', async () => {
    const one = gate({ play: 'reads-all' })
    rmSync(join(one.repo.root, '.git'), { recursive: true })
    one.repo.git('init', '-q', '-b', 'main')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toContain('a.js')
  })

  it('with a detached HEAD', async () => {
    const one = gate()
    one.repo.git('checkout', '-q', '--detach')
    one.repo.write('a.js', 'mine\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })

  itNeeds('POSIX')('with renames, modes, links, CRLF, binary and names in no encoding', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.git('mv', 'a.js', 'b c.js')
    one.repo.write('crlf.txt', 'one\r\ntwo\r\n')
    one.repo.write('latin.txt', Buffer.from([0xe9, 0x0a]))
    one.repo.write('image.png', Buffer.from([0, 1, 2]))
    symlinkSync('/etc/passwd', join(one.repo.root, 'link'))
    chmodSync(join(one.repo.root, 'suite.sh'), 0o755)
    one.repo.git('config', 'core.quotePath', 'true')
    one.repo.write('ünï.txt', 'x')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(
      /reviewed 7 files in [^\n]*1 binary \(image\.png\)[\s\S]*countersigned/,
    )
    expect(one.prompts()[0]).toMatch(/^image\.png \(added, binary\)$/m)
    expect(one.prompts()[0]).not.toMatch(/root:/)
  })

  it('in a shallow clone', async () => {
    const one = gate({ play: 'reads-all' })
    for (const text of ['two', 'three']) {
      one.repo.write('a.js', text)
      one.repo.commit()
    }
    const clone = join(temporaryDirectory(), 'clone')
    one.repo.git('clone', '-q', '--depth', '1', `file://${one.repo.root}`, clone)
    one.env.CLAUDE_PROJECT_DIR = clone
    await one.fire('SessionStart', { source: 'startup' })
    expect((await one.fire('Stop')).stdout).toBe('')
    writeFileSync(join(clone, 'a.js'), 'mine')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toEqual(['a.js'])
  })

  it('with Git LFS in the attributes: pointers are text like any other', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n')
    one.repo.write('x.bin', pointer('a'))
    one.repo.commit()
    one.repo.write('x.bin', pointer('b'))
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(one.prompts()[0]).toMatch(/^-oid sha256:a\n\+oid sha256:b$/m)
  })

  it.each([
    ['required', 'no-such-lfs clean -- %f', 'no-such-lfs filter-process'],
    ['required, without a process of its own', 'no-such-lfs clean -- %f', ''],
    ['required and broken', 'exit 1', ''],
  ])('with Git LFS %s and not installed: files count as they lie there', async (_, clean, filterProcess) => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n')
    for (const name of ['x.bin', 'y.bin']) one.repo.write(name, pointer('a'))
    one.repo.commit()
    const filter = { clean, process: filterProcess, smudge: 'no-such-lfs smudge -- %f', required: 'true' }
    for (const [name, value] of Object.entries(filter)) one.repo.git('config', `filter.lfs.${name}`, value)
    expect(await one.fire('Stop')).toMatchObject({ stdout: '', stderr: '' })
    one.repo.write('a.js', 'mine')
    one.repo.write('x.bin', 'changed\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toEqual(['a.js', 'x.bin'])
    expect(await one.fire('Stop')).toMatchObject({ stdout: '', stderr: '' })
  })

  it('with files that are not in the encoding their attribute names: they count as they lie there', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('.gitattributes', '*.u16 working-tree-encoding=UTF-16\n*.x working-tree-encoding=NO-SUCH\n')
    one.repo.write('a.js', 'mine')
    for (const name of ['bom.u16', 'odd.x']) one.repo.write(name, 'abc\n')
    one.repo.write('whole.u16', Buffer.from([0xff, 0xfe, 0x61, 0]))
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toEqual(['.gitattributes', 'a.js', 'bom.u16', 'odd.x', 'whole.u16'])
    expect(await one.fire('Stop')).toMatchObject({ stdout: '', stderr: '' })
    one.repo.write('odd.x', 'abcd\n')
    expect((await one.fire('Stop')).json?.hookSpecificOutput?.additionalContext).toMatch(/self-review/)
  })

  itNeeds('POSIX')('with a file system monitor in its config: no call of the hook starts it', async () => {
    const one = gate({ play: 'findings' })
    const ran = join(temporaryDirectory(), 'ran')
    writeFileSync(`${ran}.sh`, `#!/bin/sh\necho "$@" >> ${ran}\n`, { mode: 0o755 })
    one.repo.git('config', 'core.fsmonitor', `${ran}.sh`)
    await one.fire('SessionStart', { source: 'startup' })
    one.repo.write('a.js', 'export const a = 2\n')
    await one.fire('Stop', ready)
    await one.fire('Stop', says('F1: needed, high — yes'))
    await one.fire('UserPromptSubmit', { prompt: 'pick F1' })
    one.repo.write('a.js', 'export const a = 3\n')
    await one.fire('Stop', ready)
    // The second answer says nothing of F1, and is asked for it.
    expect(one.codexCalls()).toEqual(['review', 'review', 'review'])
    expect(existsSync(ran)).toBe(false)
  })

  itNeeds('POSIX')('with a changed mode alone, files that become links and links that become files', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('file.js', 'text')
    symlinkSync('a.js', join(one.repo.root, 'link.js'))
    one.repo.commit()
    chmodSync(join(one.repo.root, 'suite.sh'), 0o755)
    for (const name of ['file.js', 'link.js']) rmSync(join(one.repo.root, name))
    symlinkSync('a.js', join(one.repo.root, 'file.js'))
    one.repo.write('link.js', 'text')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/reviewed 3 files[\s\S]*countersigned/)
    expect(reviewed(one)).toEqual(['file.js', 'link.js', 'suite.sh'])
    expect(one.prompts()[0]).toMatch(/^old mode 100644\nnew mode 100755$/m)
  })

  itNeeds('Linux')('with names in no encoding', async () => {
    const one = gate({ play: 'reads-all' })
    writeFileSync(Buffer.concat([Buffer.from(`${one.repo.root}/n`), Buffer.from([0xe9, 0x2e, 0x6a, 0x73])]), 'x\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/reviewed 1 file [\s\S]*countersigned/)
    expect((await one.fire('Stop')).stdout).toBe('')
  })

  itNeeds('POSIX')(
    'in a git directory that cannot be written: it is said, nothing is blocked, nothing is lost',
    async () => {
      const one = gate()
      await one.fire('SessionStart', { source: 'startup' })
      const ledger = one.ledger()
      one.repo.write('a.js', 'mine')
      if (process.getuid?.() === 0) {
        one.who = { uid: 65534, gid: 65534 }
        execFileSync('chown', ['-R', '65534:65534', one.repo.root])
      }
      execFileSync('chmod', ['-R', 'a-w', join(one.repo.root, '.git')])
      try {
        for (const event of ['Stop', 'UserPromptSubmit', 'SessionStart', 'TaskCompleted', 'SessionEnd']) {
          const { json, code, seconds } = await one.fire(event, { ...ready, prompt: 'x' })
          expect({ event, code, quick: seconds < 10 }).toEqual({ event, code: 0, quick: true })
          const said = {
            systemMessage: expect.stringMatching(/! the gate itself failed, so nothing was tested.*EACCES/),
          }
          expect(json).toEqual(event === 'Stop' || event === 'SessionStart' ? said : null)
        }
        expect([one.ledger(), one.testRuns()]).toEqual([ledger, 0])
      } finally {
        execFileSync('chmod', ['-R', 'u+w', join(one.repo.root, '.git')])
        if (one.who.uid) execFileSync('chown', ['-R', '0:0', one.repo.root])
        one.who = {}
      }
      expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    },
  )

  it('in two worktrees keeps two ledgers', async () => {
    const one = gate()
    const other = join(temporaryDirectory(), 'other')
    one.repo.git('worktree', 'add', '-q', other, '-b', 'other')
    one.repo.write('a.js', 'mine\n')
    await one.fire('Stop')
    one.env.CLAUDE_PROJECT_DIR = other
    await one.fire('SessionStart', { cwd: other, source: 'startup' })
    expect((await one.fire('Stop', { cwd: other })).stdout).toBe('')
    one.env.CLAUDE_PROJECT_DIR = one.repo.root
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
  })

  it('with a submodule and a sparse checkout', async () => {
    const one = gate({ play: 'reads-all' })
    one.repo.write('far/away.js', 'x\n')
    one.repo.commit()
    one.repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', one.repo.root, 'sub')
    one.repo.git('sparse-checkout', 'set', '--no-cone', '/*', '!/far/')
    one.repo.write('a.js', 'mine\n')
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toEqual(['.gitmodules', 'a.js', 'sub'])
    const sub = repositoryAt(join(one.repo.root, 'sub'))
    sub.write('a.js', 'theirs\n')
    expect((await one.fire('Stop')).stdout).toBe('')
    sub.commit()
    expect((await one.fire('Stop', ready)).json?.systemMessage).toMatch(/countersigned/)
    expect(reviewed(one)).toEqual(['sub'])
  })

  it('with ten thousand changed files: in parts, in time, what was never sent named', async () => {
    const one = gate({ play: 'reads-all', config: 'limits:\n  codexCalls: 4\n' })
    for (let n = 0; n < 10_000; n++) one.repo.write(`many/${n % 100}/${n}.js`, `export const n = ${n}\n`)
    const { json, seconds, stdout } = await one.fire('Stop', ready)
    expect(json?.systemMessage).toMatch(/2 parts[\s\S]*not sent to Codex/)
    expect(stdout.length).toBeLessThan(5_000)
    expect(seconds).toBeLessThan(30)
  }, 60_000)
})
