// Applies writes and kills itself at the point whose number it is given. Prints the points it passed.
import { readFileSync, writeSync } from 'node:fs'
import { applyWrites } from '../../../src/shell/setup/apply-writes.ts'

const { root, writes, options, killAt } = JSON.parse(readFileSync(0, 'utf8'))
let count = 0
applyWrites(root, writes, {
  ...options,
  at: point => {
    writeSync(1, `${point}\n`)
    if (count++ === killAt) process.kill(process.pid, 'SIGKILL')
  },
})
