import type { Config } from '../../model/config.ts'
import type { Run } from '../ledger/state.ts'
import { counted } from '../text/wording.ts'

type Limits = Config['limits']

/** Which limit of this run is reached, in words; null while Codex may still be called. */
export function spent(run: Run, { codexCalls, minutes, tokens }: Limits): string | null {
  const { bill, billBefore } = run
  const used = bill.inputTokens + bill.outputTokens - billBefore.inputTokens - billBefore.outputTokens
  if (calls(run) >= codexCalls) return reached(counted(codexCalls, 'Codex call'), 'codexCalls')
  if (bill.seconds - billBefore.seconds >= minutes * 60)
    return reached(`${counted(minutes, 'minute')} of tests and review`, 'minutes')
  return used >= tokens ? reached(`${tokens} Codex tokens`, 'tokens') : null
}

/** Codex calls that this run may still make. */
export const callsLeft = (run: Run, limits: Limits): number => (spent(run, limits) ? 0 : limits.codexCalls - calls(run))

const calls = ({ bill, billBefore }: Run): number => bill.codexCalls - billBefore.codexCalls

const reached = (limit: string, name: keyof Limits): string => `run limit of ${limit} reached (\`limits.${name}\`)`
