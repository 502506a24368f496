/** As a shell takes it. Double quotes serve every shell, but let most of them read `$` and the like. */
export function quoted(path: string): string {
  if (/[$`"!]/.test(path)) return `'${path.replaceAll("'", "'\\''")}'`
  return /[^\w./:\\-]/.test(path) ? `"${path}"` : path
}
