import { randomBytes } from 'node:crypto'

/** A name for the lines around foreign text that nobody who wrote the text can have known. */
export const fenceMark = (): string => `material-${randomBytes(6).toString('hex')}`
