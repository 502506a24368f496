import type { Config } from '../model/config.ts'
import type { Run } from './state.ts'

/** Which bound of this run is reached, in words; null while Codex may still be called. */
export function spent({ bill }: Run, { codexCalls, minutes, tokens }: Config['limits']): string | null {
  const used = bill.inputTokens + bill.outputTokens
  if (bill.codexCalls >= codexCalls) return `${bill.codexCalls} Codex calls are spent in this run (limits.codexCalls)`
  if (bill.seconds >= minutes * 60)
    return `${Math.floor(bill.seconds / 60)} minutes of tests and review are spent in this run (limits.minutes)`
  return used >= tokens ? `${used} tokens are spent in this run (limits.tokens)` : null
}
