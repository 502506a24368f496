/** SHA-256 of a text with LF line ends and without a byte order mark: a checkout with other line ends is no edit. */
export function contentHash(text: string): string {
  // Not imported above: the hook's quick answer needs no hash.
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256')
    .update(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
    .digest('hex')
}
