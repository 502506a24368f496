import { type Failure, messageAt, type Reader, short } from './failure.ts'

const level = /^\[\w+\] /

/**
 * ```
 * [ERROR] CartTest.adds -- Time elapsed: 0.01 s <<< FAILURE!
 * java.lang.AssertionError: expected:<1> but was:<2>
 * ```
 * What does not compile is named by its place.
 */
export const maven: Reader = lines => {
  const compiling = lines.some(line => /^\[ERROR\] COMPILATION ERROR/.test(line))
  return lines.flatMap((line, i): Failure[] => {
    const bare = line.replace(level, '')
    const name = /^(\S.*?)(?: --)? +Time elapsed: .* <<< (?:FAILURE|ERROR)!$/.exec(bare)?.[1]
    if (name && !name.startsWith('Tests run:')) return [{ name, message: messageAt(lines, i + 1) }]
    const [, file, said] = (compiling && /^\[ERROR\] (\/\S+\.\w+):\[\d+,\d+\] (.+)$/.exec(line)) || []
    return file ? [{ name: file, message: short(said!) }] : []
  })
}

/** `CartTest > adds() FAILED`, and below it what was said. */
export const gradle: Reader = lines =>
  lines.flatMap((line, i): Failure[] => {
    const name = /^([\w.$]+ > .+) FAILED$/.exec(line)?.[1]
    return name ? [{ name, message: messageAt(lines, i + 1) }] : []
  })

/**
 * ```
 * [info] CartSpec:
 * [info] - should add *** FAILED ***
 * [info]   1 did not equal 2 (CartSpec.scala:5)
 * ```
 */
export const scalatest: Reader = lines => {
  let suite = ''
  const bare = lines.map(line => line.replace(level, ''))
  return bare.flatMap((line, i): Failure[] => {
    suite = /^(\w+):$/.exec(line)?.[1] ?? suite
    const test = /^ *- (.+) \*\*\* FAILED \*\*\*(?: \(.+\))?$/.exec(line)?.[1]
    return test ? [{ name: `${suite} > ${test}`, message: messageAt(bare, i + 1) }] : []
  })
}
