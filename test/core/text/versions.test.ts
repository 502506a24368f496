import { expect, it } from 'vitest'
import { compareVersions } from '../../../src/core/text/versions.ts'

// Each line is older than the next; the pre-releases are the list of semver.org.
const ascending = [
  'no version',
  '0.9.10',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.2.0',
  '1.10.0',
  '10.0.0',
]

it('versions are in this order, whatever order they came in', () => {
  expect([...ascending].reverse().sort(compareVersions)).toEqual(ascending)
})

it('a shorter pre-release comes before a longer one that begins the same, and a release behind both', () => {
  expect(compareVersions('1.0.0-alpha', '1.0.0-alpha.1')).toBeLessThan(0)
  expect(compareVersions('1.0.0-alpha.1', '1.0.0-alpha')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0', '1.0.0-rc.1')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0-2', '1.0.0-a')).toBeLessThan(0)
  expect(compareVersions('1.0.0-a', '1.0.0-2')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0-b', '1.0.0-a')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0-2a', '1.0.0-10a')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0-a2', '1.0.0-a10')).toBeGreaterThan(0)
  expect(compareVersions('1.0.0-10', '1.0.0-a2')).toBeLessThan(0)
  expect(compareVersions('1.0.10', '1.0.9')).toBeGreaterThan(0)
})

it.each([
  ['1.2.3', '1.2.3'],
  ['v1.2.3', '1.2.3'],
  ['1.2.3+build.7', '1.2.3'],
  ['1.0.0-rc.1', '1.0.0-rc.1'],
  ['1.2', 'no version'],
  ['x1.2.3', 'no version'],
])('%s and %s are the same', (a, b) => expect(compareVersions(a, b)).toBe(0))
