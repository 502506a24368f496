/** The oldest versions that the loop is known to work with. */
export const floors = { claude: '2.1.197', codex: '0.169.0', node: '20.19.0' }

/** Whether `version` is `floor` or later, both as `1.2.3`; what follows the numbers is passed over. */
export function reaches(version: string, floor: string): boolean {
  const [a, b] = [numbers(version), numbers(floor)]
  const at = b.findIndex((number, index) => (a[index] ?? 0) !== number)
  return at < 0 || (a[at] ?? 0) > b[at]!
}

const numbers = (version: string): number[] => (version.match(/\d+(?:\.\d+)*/)?.[0] ?? '').split('.').map(Number)
