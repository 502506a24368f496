import { createScanner } from 'jsonc-parser'
import { behindMark } from './settings.ts'

/** The text without comments and trailing commas, which make Claude Code ignore the whole file; all else keeps its bytes. */
export const withoutComments = (text: string): string =>
  behindMark(text, bare => {
    const scanner = createScanner(bare)
    let kept = ''
    let lastComma: number | null = null
    for (;;) {
      scanner.scan()
      const token = bare.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength())
      if (token === '') return kept.replace(goneLine, '').replace(gone, '')
      if (/^\/[/*]/.test(token)) {
        kept += '\0'
        continue
      }
      if (/^[}\]]/.test(token) && lastComma !== null) kept = kept.slice(0, lastComma) + kept.slice(lastComma + 1)
      if (token === ',') lastComma = kept.length
      else if (token.trim() !== '') lastComma = null
      kept += token
    }
  })

/** Where comments were: a line that was nothing else goes as a whole. No JSON has this character. */
const goneLine = /^[ \t]*\0[\0 \t]*\r?\n/gm
const gone = /[ \t]*\0/g
