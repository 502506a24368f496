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

/**
 * What `git sparse-checkout add` has to be given so that git takes these files; nothing where it takes them already.
 *
 * @param dir The directory of most of them, from the root of the working tree; a sparse checkout of directories has the
 *   others anyway.
 */
export function missingInCheckout(top: string, dir: string, files: string[]): string[] {
  const setting = (name: string) =>
    runGit(top, ['config', '--bool', '--get', name], { accept: [0, 1, 128] })
      .stdout.toString()
      .trim()
  if (setting('core.sparseCheckout') !== 'true') return []
  const listed = runGit(top, ['sparse-checkout', 'list'], { accept: [0, 128] })
    .stdout.toString()
    .split('\n')
  if (setting('core.sparseCheckoutCone') === 'false') {
    const others = files.filter(file => !file.startsWith(`${dir}/`)).map(file => `/${file}`)
    return [`/${dir}/`, ...others].filter(pattern => !listed.includes(pattern))
  }
  return listed.some(one => one !== '' && `${dir}/`.startsWith(`${one}/`)) ? [] : [dir]
}
