import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isThatStart, ownStart, startedAt } from '../../../src/shell/processes/process-start.ts'
import { heldBy, lockOwner, takeLock } from '../../../src/shell/state/lock.ts'
import { describeNeeds } from '../../support/platform.ts'
import { temporaryDirectory } from '../../support/repository.ts'

/** A living process that is not this one. */
function somebody(): number {
  const child = spawn('sleep', ['60'])
  onTestFinished(() => void child.kill())
  return child.pid!
}

/** A directory with a lock of this content, made so many seconds ago. */
function locked(content: string, secondsAgo = 0): string {
  const dir = temporaryDirectory()
  writeFileSync(join(dir, 'lock'), content)
  const at = Date.now() / 1000 - secondsAgo
  utimesSync(join(dir, 'lock'), at, at)
  return dir
}

/** A directory whose lock is one, with something in it, made so many seconds ago. */
function directory(secondsAgo: number): string {
  const dir = temporaryDirectory()
  mkdirSync(join(dir, 'lock'))
  writeFileSync(join(dir, 'lock', 'file'), '')
  const at = Date.now() / 1000 - secondsAgo
  utimesSync(join(dir, 'lock'), at, at)
  return dir
}

describeNeeds('POSIX')('a lock', () => {
  it('names its process and when that began, and is held until it is given back', () => {
    const dir = temporaryDirectory()
    const release = takeLock(dir)
    expect(readFileSync(join(dir, 'lock'), 'utf8')).toBe(`${process.pid} ${ownStart()}`)
    expect(ownStart()).toMatch(/^[ts]\d+$/)
    expect([takeLock(dir), lockOwner(dir, 'lock')]).toEqual([null, { pid: process.pid, seconds: 0, alive: true }])
    const since = new Date(statSync(join(dir, 'lock')).mtimeMs).toISOString()
    expect(heldBy(dir, 'lock')).toEqual({ pid: process.pid, since })
    release!()
    expect(heldBy(dir, 'lock')).toBe(null)
    expect([existsSync(join(dir, 'lock')), lockOwner(dir, 'lock')]).toEqual([false, null])
  })

  it.each<[string, () => string, boolean]>([
    ['of process 1, as it was before the container started again', () => locked('1 t1'), false],
    ['of a living process with its number, which began at another time', () => locked(`${somebody()} t17`), false],
    ['of that very process', () => locked(`${process.pid} ${ownStart()}`, 1_000), true],
    ['of this process’s number in an earlier container', () => locked(`${process.pid} t1`), false],
    ['of a dead process', () => locked('4194303 t17'), false],
    ['that is older than any hook may live', () => locked(`${process.pid} ${ownStart()}`, 4_000), false],
    [
      'in the second in which its process began',
      () => locked(`${process.pid} s${Math.round(startedAt(process.pid)! / 1000)}`),
      true,
    ],
    ['in another second than that', () => locked(`${process.pid} s17`), false],
    ['of an earlier version, whose process lives', () => locked(String(somebody())), true],
    ['of an earlier version, made before whoever has its number began', () => locked(String(somebody()), 600), false],
    ['of an earlier version, with our own number', () => locked(String(process.pid)), false],
    ['that is empty and just made', () => locked(''), true],
    ['that is empty and left behind', () => locked('', 10), false],
    ['that says nothing', () => locked('who knows', 10), false],
    ['that is a directory', () => directory(10), false],
  ])('%s', (_, make, isHeld) => {
    const dir = make()
    expect(lockOwner(dir, 'lock')?.alive).toBe(isHeld)
    expect(takeLock(dir) === null).toBe(isHeld)
  })
})

it('a lock without a number, or of a process that is gone, is at work for nobody', () => {
  for (const content of ['', '4194303 t17']) expect(heldBy(locked(content), 'lock')).toBe(null)
})

describe('a start that was written down', () => {
  it('where nobody can say when a process began, says neither', () => {
    expect([isThatStart(4_194_303, 't17'), isThatStart(4_194_303, 's17'), isThatStart(1, '')]).toEqual([
      null,
      null,
      null,
    ])
  })
})
