// Loaded before a program of ours (NODE_OPTIONS): a clock that a test moves on or sets, by what stands in a file.
const { readFileSync } = require('node:fs')

/** Seconds that have passed, and seconds by which somebody has set the clock; both as a text, `3600 0`. */
function moved() {
  try {
    const [passed = 0, set = 0] = readFileSync(String(process.env.TEST_CLOCK), 'utf8').split(' ').map(Number)
    return { passed: passed * 1000, set: set * 1000 }
  } catch {
    return { passed: 0, set: 0 }
  }
}

const RealDate = Date
const since = performance.now.bind(performance)
const wall = () => RealDate.now() + moved().passed + moved().set

class MovedDate extends RealDate {
  /** @param {[] | [number | string | Date]} args */
  constructor(...args) {
    super(args.length === 0 ? wall() : args[0])
  }
}
Object.assign(MovedDate, { now: wall })
Object.assign(globalThis, { Date: MovedDate })
performance.now = () => since() + moved().passed
