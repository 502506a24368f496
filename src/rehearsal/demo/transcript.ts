import { styleText } from 'node:util'

export type Speaker = 'you' | 'claude' | 'gate' | 'codex'

/** Writes who says what, and keeps all of it. */
export type Transcript = {
  /** One utterance; its first line carries the speaker and the time, all lines are wrapped and indented. */
  say: (speaker: Speaker, text: string, tone?: Tone) => void
  /** Text from the left margin on: headings, commands and what they print. */
  print: (text: string, tone?: Tone) => void
  /**
   * Everything written so far, without colours and without the column of times.
   * @param change Applied to each utterance before its lines are broken anew.
   */
  plain: (change: (text: string) => string) => string
}

export type Tone = 'loud' | 'quiet'
type Style = Parameters<typeof styleText>[0]

const styles: Record<Speaker, Style> = { you: ['bold'], claude: ['yellow'], gate: ['magenta'], codex: ['cyan'] }
const tones: Record<Tone, Style> = { loud: ['bold'], quiet: ['dim'] }

const nameWidth = 7
const width = 86

/** @param coloured Whether the output is a terminal that shows colours. */
export function startTranscript(write: (text: string) => void, coloured: boolean): Transcript {
  const started = performance.now()
  const kept: { name: string; text: string; wrap: boolean }[] = []
  let last: Speaker | null = null
  const paint = (text: string, style: Style | undefined) => (coloured && style ? styleText(style, text) : text)

  return {
    say(speaker, text, tone) {
      const name = speaker === last ? '' : speaker
      const time = name ? `${((performance.now() - started) / 1000).toFixed(1)} s` : ''
      last = speaker
      kept.push({ name, text, wrap: true })
      wrapped(text).forEach((line, index) => {
        const [when, who] = index === 0 ? [time, name] : ['', '']
        const head = `${paint(when.padStart(6), ['dim'])} ${paint(who.padEnd(nameWidth), styles[speaker])}`
        write(`${head}${paint(line, tone && tones[tone])}\n`)
      })
    },
    print(text, tone) {
      last = null
      kept.push({ name: '', text, wrap: false })
      for (const line of text.split('\n')) write(`${paint(line, tone && tones[tone])}\n`)
    },
    plain: change =>
      kept
        .flatMap(({ name, text, wrap }) =>
          wrap
            ? wrapped(change(text)).map((line, index) => (index === 0 ? name : '').padEnd(nameWidth) + line)
            : change(text).split('\n'),
        )
        .map(line => line.trimEnd())
        .join('\n'),
  }
}

/** Breaks lines at spaces; the rest is indented as the text is, not as its first line. */
function wrapped(text: string): string[] {
  return text.split('\n').flatMap(line => {
    const indent = line.match(/^\s*(?:[→·$✓✗!] )?/)?.[0].length ?? 0
    const lines = [line]
    for (let rest = line; rest.length > width; rest = lines.at(-1)!) {
      const space = rest.lastIndexOf(' ', width)
      if (space <= indent) break
      lines.splice(-1, 1, rest.slice(0, space), ' '.repeat(indent) + rest.slice(space + 1))
    }
    return lines
  })
}
