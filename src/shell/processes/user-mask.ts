// What the gate writes is private to the user; what the tests and Codex write is none of its business. So this process has
// a file mode mask of its own, and what it starts for the user gets the user's.

let usersMask: number | null = null

/**
 * Makes everything that this process writes from now on private to the user.
 *
 * @param mask The user's own, where it has been set aside already.
 */
export function writePrivately(mask?: number): number {
  usersMask = mask ?? process.umask(0o077)
  return usersMask
}

/** Lets something be written that is private to the user, whatever mask the process has. */
export function withPrivateMask<T>(write: () => T): T {
  const own = process.umask(0o077)
  try {
    return write()
  } finally {
    process.umask(own)
  }
}

/** Starts a program with the user's own mask. It is taken over when the process is made, before this returns. */
export function withUsersMask<T>(start: () => T): T {
  if (usersMask === null) return start()
  const own = process.umask(usersMask)
  try {
    return start()
  } finally {
    process.umask(own)
  }
}
