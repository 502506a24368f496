/** What one run has shown: its failing tests, each as `name — message`. */
type Shown = { failing: string[] }

const nameOf = (failure: string): string => failure.split(' — ', 1)[0]!

/** What differs between two runs of the same failure: times and addresses. */
const steady = (failure: string): string =>
  failure.replace(/\b\d+(\.\d+)?( ?(ms|s|µs)\b)/g, '0$2').replace(/\b0x[0-9a-f]+\b/gi, '0x0')

/** The failures of a run that the base has, too: the same name with the same message. */
export function olderOf(now: Shown, base: Shown): string[] {
  const there = new Set(base.failing.map(steady))
  return now.failing.filter(failure => there.has(steady(failure)))
}

/** Whether something fails at the base that does not fail now: it was fixed, or the place is not able to run it. */
export const failsBesides = (now: Shown, base: Shown): boolean => {
  const names = new Set(now.failing.map(nameOf))
  return base.failing.some(failure => !names.has(nameOf(failure)))
}

/** Whether two runs of the same tree came to the same failing tests, by name. */
export const failsAlike = (one: Shown, other: Shown): boolean => !failsBesides(one, other) && !failsBesides(other, one)

/** Tests that failed and, on the same tree, did not. */
export const flakyOf = (first: Shown, second: Shown): string[] => {
  const still = new Set(second.failing.map(nameOf))
  return first.failing.map(nameOf).filter(name => !still.has(name))
}
