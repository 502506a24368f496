import { styleText } from 'node:util'

export type Wishes = {
  yes?: boolean | undefined
  json?: boolean | undefined
  /** `--no-input` makes it false. */
  input?: boolean | undefined
}

/** Whether a person is there to answer: the one place that decides if a question may be asked. */
export function isInteractive({ yes, json, input }: Wishes): boolean {
  if (yes || json || input === false || isCi()) return false
  return Boolean(process.stdin.isTTY && process.stdout.isTTY)
}

const isCi = (): boolean => !['', '0', 'false', undefined].includes(process.env.CI?.toLowerCase())

type Format = Parameters<typeof styleText>[0]

/** Colours a text for stdout; plain when stdout is no terminal, or the user wants none. */
export function paint(format: Format, text: string): string {
  const plain = !process.stdout.isTTY || process.env.NO_COLOR || process.env.TERM === 'dumb'
  return plain ? text : styleText(format, text)
}
