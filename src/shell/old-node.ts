// Imported before anything else, by the command line and by the hook: what is too old a Node says so itself, instead of a
// stack trace out of whatever it lacks first. 1 is an error that Claude Code shows and that blocks nothing.

const needed = '20.19'
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `countersign: Node ${needed} or later is needed; this is ${process.version} (${process.execPath}).\n` +
      `Nothing was done. Install a newer one, for example from https://nodejs.org\n`,
  )
  process.exit(process.argv[1]?.endsWith('countersign.cjs') ? 1 : 69)
}
