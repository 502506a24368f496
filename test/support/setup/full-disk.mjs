// Runs the command line on a file system with hardly any room, once for each amount, and prints what came of it as one JSON
// line each. Needs a mount namespace of its own: unshare -rm node full-disk.mjs CLI DIRECTORY init|upgrade KILOBYTES,…
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [cli = '', directory = '', command = '', amounts = ''] = process.argv.slice(2)

/** @param {string[]} args */
const run = args => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}
/** Path → hash of every file outside `.git`, and what lies in our own directory there. */
const look = () => {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const paths = files.map(entry => join(entry.parentPath, entry.name).slice(root.length + 1)).sort()
  const hash = (/** @type {string} */ path) =>
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex')
  return Object.fromEntries(paths.filter(path => !path.startsWith('.git/')).map(path => [path, hash(path)]))
}
/** @param {string} options */
const mount = options => execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', directory])

/** Makes the setup look as if an older version had left it, with another gate and another agent. */
const age = () => {
  run(['init', '--yes'])
  const file = join(root, '.claude/countersign/manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  for (const path of ['.claude/hooks/countersign.cjs', '.claude/agents/tester.md']) {
    const text = `// older ${path}\n`
    const sha256 = createHash('sha256').update(text).digest('hex')
    manifest.files[path].sha256 = sha256
    writeFileSync(join(root, path), text)
    writeFileSync(join(root, '.claude/countersign/base', sha256), text)
  }
  writeFileSync(file, JSON.stringify({ ...manifest, version: '0.0.9' }))
}

// CLAUDE.md has the directory's name in it.
const root = join(directory, 'shop')
for (const amount of amounts.split(',').map(Number)) {
  mount('size=64m')
  mkdirSync(root)
  writeFileSync(join(root, 'package.json'), '{"scripts":{"test":"node --test"}}\n')
  execFileSync('git', ['init', '-q'], { cwd: root })
  if (command === 'upgrade') age()
  const before = look()
  const { blocks, bavail, bsize } = statfsSync(directory)
  const kilobytes = ((blocks - bavail) * bsize) / 1024 + amount
  mount(`remount,size=${kilobytes}k`)
  const first = run([command, '--yes'])
  const after = look()
  mount('remount,size=64m')
  const healed = run(['status'])
  const second = run([command, '--yes'])
  const state = readdirSync(join(root, '.git/countersign'))
  process.stdout.write(`${JSON.stringify({ amount, before, first, after, healed, second, finished: look(), state })}\n`)
  execFileSync('umount', [directory])
}
