import type { RepoView } from '../../src/model/setup/repo-facts.ts'

/** A repository that exists only as an object: path → text. */
export function view(files: Record<string, string>, platform = 'linux'): RepoView {
  return { name: 'acme', platform, files: Object.keys(files).sort(), read: path => files[path] }
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2)
