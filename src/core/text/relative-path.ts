/** `path` as seen from `root`, forward slashes; `.` for the root itself. Both absolute, `path` inside `root`. */
export function relativePath(root: string, path: string): string {
  const rest = path.slice(root.length).replaceAll('\\', '/').replace(/^\/+/, '')
  return rest || '.'
}
