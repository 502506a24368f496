import { describe, expect, it } from 'vitest'
import { renameWithRetry } from '../../../src/shell/setup/rename-with-retry.ts'

/** A rename that fails `times` times with `code`; returns how often it was tried, and how long was waited. */
function tried(platform: string, times: number, code = 'EPERM') {
  let [count, waited] = [0, 0]
  const rename = () => {
    if (count++ < times) throw Object.assign(new Error('held'), { code })
  }
  const sleep = (ms: number) => {
    waited += ms
  }
  let failed = false
  try {
    renameWithRetry('a', 'b', { rename, platform, sleep })
  } catch {
    failed = true
  }
  return { count, waited, failed }
}

describe('a rename over a file that somebody has open', () => {
  it.each(['EPERM', 'EACCES', 'EBUSY'])('is tried again on Windows: %s', code =>
    expect(tried('win32', 3, code)).toEqual({ count: 4, waited: 140, failed: false }),
  )
  it('is given up after two seconds', () =>
    expect(tried('win32', 99)).toEqual({ count: 7, waited: 2040, failed: true }))
  it('is not tried again for any other reason', () =>
    expect(tried('win32', 99, 'ENOSPC')).toEqual({ count: 1, waited: 0, failed: true }))
  it('is not tried again on other systems', () =>
    expect(tried('linux', 99)).toEqual({ count: 1, waited: 0, failed: true }))
})
