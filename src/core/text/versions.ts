/**
 * Orders two versions as npm does: numbers by value, a pre-release before its release, build metadata of no account.
 *
 * @returns Negative when `a` is older, 0 when they are equal, positive when it is newer. What is no version is oldest.
 * @see https://semver.org/#spec-item-11
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parsed(a), parsed(b)]
  for (const index of [0, 1, 2]) {
    const difference = (left.numbers[index] ?? -1) - (right.numbers[index] ?? -1)
    if (difference !== 0) return difference
  }
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length
  return comparePre(left.pre, right.pre)
}

function parsed(version: string): { numbers: number[]; pre: string[] } {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:-([^+]+))?/.exec(version)
  return { numbers: (match?.slice(1, 4) ?? []).map(Number), pre: match?.[4]?.split('.') ?? [] }
}

function comparePre(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    if (one === other) continue
    const [isNumber, otherIsNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)]
    if (isNumber && otherIsNumber) return Number(one) - Number(other)
    if (isNumber !== otherIsNumber) return isNumber ? -1 : 1
    return one < other ? -1 : 1
  }
  return 0
}
