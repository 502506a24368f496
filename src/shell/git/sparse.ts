import { runGit } from './git.ts'

/**
 * What the index has of files that a sparse checkout leaves out of the working tree, by path: they are not deleted.
 *
 * @param root Where the paths go from.
 * @param absent Paths at which nothing lies.
 */
export function leftOut(root: string, absent: string[]): Record<string, string> {
  if (absent.length === 0) return {}
  const { stdout } = runGit(root, ['ls-files', '-t', '-z', '--', ...absent.map(path => `:(literal)${path}`)], {
    // 128: no repository, and so no sparse checkout.
    accept: [0, 128],
  })
  const listed = stdout
    .toString()
    .split('\0')
    .filter(line => line.startsWith('S '))
  return Object.fromEntries(
    listed.map(line => line.slice(2)).map(path => [path, runGit(root, ['show', `:./${path}`]).stdout.toString()]),
  )
}
