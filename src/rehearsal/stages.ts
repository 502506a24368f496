import { replay } from '../core/ledger/replay.ts'
import { stopReasons } from '../core/messages/outcomes.ts'
import { unreviewed } from '../core/messages/run-lines.ts'
import { andMore, counted, duration } from '../core/text/wording.ts'
import type { Happening, LedgerEntry } from '../model/ledger/ledger-entry.ts'

/** One stage of a rehearsal and what became of it. */
export type StageResult = {
  id: string
  title: string
  fired: boolean
  /** Wall-clock seconds since the stage before; null when it did not fire. */
  seconds: number | null
  /** Its result, or why it did not fire. */
  says: string
}

/** The stages that leave a line in the ledger, in their order. `isRed`: it fired, and its result is not the wanted one. */
export type LedgerStage = {
  id: string
  title: string
  is: (entry: LedgerEntry) => boolean
  says: (entry: LedgerEntry) => string
  isRed?: (entry: LedgerEntry) => boolean
}

type Of<K extends Happening['kind']> = Extract<LedgerEntry, { kind: K }>

function stage<K extends Happening['kind']>(
  id: string,
  title: string,
  kind: K,
  {
    is = () => true,
    isRed,
    says,
  }: {
    is?: (entry: Of<K>) => boolean
    isRed?: (entry: Of<K>) => boolean
    says: (entry: Of<K>) => string
  },
): LedgerStage {
  return {
    id,
    title,
    is: entry => entry.kind === kind && is(entry as Of<K>),
    says: says as LedgerStage['says'],
    ...(isRed && { isRed: isRed as NonNullable<LedgerStage['isRed']> }),
  }
}

/** Results with which a change is reviewed. */
const goesOn: Of<'tests-ran'>['result'][] = ['green', 'older']

export const ledgerStages: LedgerStage[] = [
  stage('session', 'Session start', 'session', {
    is: ({ phase }) => phase === 'started',
    says: () => 'the hook tells Claude where the cycle is',
  }),
  stage('prompt', 'Prompt', 'prompted', { says: () => 'the hook records the prompt' }),
  stage('tests', 'Tests', 'tests-ran', { isRed: ({ result }) => !goesOn.includes(result), says: testsSay }),
  stage('self-review', 'Self-review', 'self-reviewed', {
    is: ({ ready }) => ready,
    says: () => 'Claude was asked and answered ready',
  }),
  stage('review', 'Review', 'reviewed', {
    is: ({ findings }) => findings.length > 0,
    says: ({ findings, reviewed }) =>
      `Codex read ${counted(reviewed.length, 'file')} and raised ${counted(findings.length, 'finding')}`,
  }),
  stage('debate', 'Debate', 'rebutted', { says: () => 'Claude answered, then Codex' }),
  stage('choice', 'Choice', 'asked', {
    is: ({ stage }) => stage === 'choice',
    says: () => 'the user was asked to choose',
  }),
  stage('pick', 'Pick', 'picked', { says: ({ ids }) => `\`pick ${ids.join(' ')}\` was read from the prompt` }),
  stage('tests-again', 'Tests again', 'tests-ran', { isRed: ({ result }) => !goesOn.includes(result), says: testsSay }),
  stage('second-review', 'Second review', 'reviewed', {
    is: ({ resolved }) => resolved.some(one => one.resolved),
    says: ({ resolved }) =>
      `${resolved.filter(one => one.resolved).length} of ${counted(resolved.length, 'picked finding')} resolved`,
  }),
  stage('countersigned', 'Countersigned', 'countersigned', { says: ({ cycle }) => `in cycle ${cycle}` }),
]

function testsSay({ result, suites, seconds }: Of<'tests-ran'>): string {
  const commands = suites.map(({ command }) => command).join(', ')
  const older = suites.flatMap(suite => suite.older ?? [])
  const before = older.length > 0 ? `; red before, too, which stops nobody: ${andMore(older, 3)}` : ''
  if (goesOn.includes(result)) return `green: ${commands}, ${duration(seconds)}${before}`
  if (result === 'none') return 'no test suite ran: none is configured, or no `paths` match the change'
  const bad = suites.filter(suite => suite.result !== 'green')
  const why = bad
    .map(({ command, note, failing }) => `${command}: ${failing.length > 0 ? andMore(failing, 3) : note}`)
    .join('; ')
  return `${result === 'red' ? 'red' : result === 'no-tests' ? 'no test ran' : 'could not run'}, although only a text file was added: ${why}`
}

/** Why the first missing stage did not fire, as far as the ledger says; null when it does not. */
export function obstacle(entries: LedgerEntry[]): string | null {
  for (const entry of [...entries].reverse()) {
    if (entry.kind === 'could-not-review') return unreviewed(entry)
    if (entry.kind === 'let-go') return stopReasons[entry.why](replay(entries).run, entry.files).replace(/^[!✗] /, '')
    if (entry.kind === 'reviewed' && entry.findings.length === 0) return 'Codex raised no findings'
  }
  return entries.length === 0 ? 'no hook has written to the ledger. Run: npx countersign doctor' : null
}
