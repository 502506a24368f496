/** Variables that reach Codex, git or Node: whoever sets them decides what a review is. */
const steering =
  /^(?:PATH|HOME|USERPROFILE|SHELL|ENV|BASH_ENV|(?:NODE|LD|DYLD|GIT|CODEX|OPENAI|SSL_CERT)_\w+|\w+_PROXY)$/i
/** What says who pays for a call steers none. */
const secret = /KEY|TOKEN|SECRET|PASSW/i

export const isSteering = (name: string): boolean => steering.test(name) && !secret.test(name)
