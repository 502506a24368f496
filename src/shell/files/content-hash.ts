import { createHash } from 'node:crypto'

/** SHA-256 of a text with LF line ends and without a byte order mark: a checkout with other line ends is no edit. */
export const contentHash = (text: string): string =>
  createHash('sha256')
    .update(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'))
    .digest('hex')
