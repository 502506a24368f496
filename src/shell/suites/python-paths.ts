import { existsSync, readdirSync, statSync } from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { readBounded } from '../files/bounded-file.ts'

const environments = ['.venv', 'venv', 'env']
const mostBytes = 1024 * 1024

/**
 * What has to stand in PYTHONPATH for a copy of a working tree to import its own code, where an environment has the original
 * installed in place (`pip install -e`): an entry there comes before those of the environment.
 *
 * @param place The copy of `root`.
 */
export function pythonPath(root: string, place: string, env: NodeJS.ProcessEnv): string[] {
  const inTree = environments.map(name => join(root, name))
  const all = [...inTree, ...(env.VIRTUAL_ENV ? [env.VIRTUAL_ENV] : [])].flatMap(sitePackages)
  const installed = all.flatMap(dir => installedFrom(dir, root)).map(path => join(place, relative(root, path)))
  const isPython = ['pyproject.toml', 'setup.py', 'setup.cfg'].some(file => existsSync(join(place, file)))
  const usual = isPython || installed.length > 0 ? [join(place, 'src'), place] : []
  return [...new Set([...installed, ...usual])].filter(path => existsSync(path))
}

/** `PYTHONPATH` with these before what the user has there. */
export const withPythonPath = (env: NodeJS.ProcessEnv, paths: string[]): NodeJS.ProcessEnv =>
  paths.length > 0
    ? { ...env, PYTHONPATH: [...paths, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter) }
    : env

const folders = (dir: string): string[] => {
  try {
    return readdirSync(dir).map(name => join(dir, name))
  } catch {
    return []
  }
}

const sitePackages = (environment: string): string[] => [
  ...folders(join(environment, 'lib')).map(python => join(python, 'site-packages')),
  join(environment, 'Lib', 'site-packages'),
]

/** The directories below `root` from which an environment imports, as its own files name them. */
function installedFrom(packages: string, root: string): string[] {
  const files = folders(packages).filter(file => /(\.pth|\.egg-link|__editable__.*\.py)$/.test(file))
  return files.flatMap(file => {
    const text = readBounded(file, mostBytes) ?? ''
    const named = text.split(/['"\n]/).map(one => one.trim())
    const below = named.filter(one => (one === root || one.startsWith(`${root}/`)) && !one.includes('site-packages'))
    return below.flatMap(path => {
      const found = statSync(path, { throwIfNoEntry: false })
      if (!found) return []
      const isPackage = found.isFile() || existsSync(join(path, '__init__.py'))
      return [isPackage ? dirname(path) : path]
    })
  })
}
