import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { detect } from '../../src/detect/index.ts'
import type { RepoFacts } from '../../src/model/setup/repo-facts.ts'
import { view } from '../support/view.ts'

/**
 * What is known of a public repository: names of its files, and the few facts of manifests and CI files on which
 * its suites depend, reworded. Files that are only named count as empty.
 */
type Layout = {
  repository: string
  /** The commit the names were taken from. */
  commit: string
  expected: Pick<RepoFacts, 'packageManagers' | 'unsure'> & { suites: Omit<RepoFacts['suites'][number], 'single'>[] }
  texts: Record<string, string>
  files: string[]
}

const dir = fileURLToPath(new URL('../fixtures/layouts/', import.meta.url))
const layouts = readdirSync(dir).map(name => JSON.parse(readFileSync(dir + name, 'utf8')) as Layout)

describe('the layouts of public repositories', () => {
  it('are at least forty', () => expect(layouts.length).toBeGreaterThanOrEqual(40))

  it.each(layouts)('the suites of $repository are found', ({ repository, expected, texts, files }) => {
    const names = Object.fromEntries(files.map(file => [file, '']))
    const facts = detect({ ...view({ ...names, ...texts }), name: repository.split('/')[1]! })
    const suites = facts.suites.map(({ single, ...suite }) => suite)
    expect({ packageManagers: facts.packageManagers, suites, unsure: facts.unsure }).toEqual(expected)
  })
})
