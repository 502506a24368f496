import { replay } from '../core/ledger/replay.ts'
import { stopReasons } from '../core/messages/outcomes.ts'
import { counted, duration } from '../core/text/wording.ts'
import type { Happening, LedgerEntry } from '../model/ledger-entry.ts'

/** One stage of a rehearsal and what became of it. */
export type StageResult = {
  id: string
  title: string
  fired: boolean
  /** Wall-clock seconds since the stage before; null when it did not fire. */
  seconds: number | null
  /** What it came to, or what stood in the way. */
  says: string
}

/** The stages that leave a line in the ledger, in their order. `red`: it fired, and what it came to is not what is wanted. */
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
  }: { is?: (entry: Of<K>) => boolean; isRed?: (entry: Of<K>) => boolean; says: (entry: Of<K>) => string },
): LedgerStage {
  return {
    id,
    title,
    is: entry => entry.kind === kind && is(entry as Of<K>),
    says: says as LedgerStage['says'],
    ...(isRed && { isRed: isRed as NonNullable<LedgerStage['isRed']> }),
  }
}

export const ledgerStages: LedgerStage[] = [
  stage('session', 'Session start', 'session', {
    is: ({ phase }) => phase === 'started',
    says: () => 'the hook says where the cycle stands',
  }),
  stage('prompt', 'Prompt', 'prompted', { says: () => 'the hook notes what was asked for' }),
  stage('tests', 'Tests', 'tests-ran', { isRed: ({ result }) => result !== 'green', says: testsSay }),
  stage('self-review', 'Self-review', 'self-reviewed', {
    is: ({ ready }) => ready,
    says: () => 'Claude was asked and says ready',
  }),
  stage('review', 'Review', 'reviewed', {
    is: ({ findings }) => findings.length > 0,
    says: ({ findings, reviewed }) =>
      `Codex read ${counted(reviewed.length, 'file')}, raises ${counted(findings.length, 'finding')}`,
  }),
  stage('debate', 'Debate', 'rebutted', { says: () => 'Claude answered, Codex answered back' }),
  stage('choice', 'Choice', 'asked', {
    is: ({ stage }) => stage === 'choice',
    says: () => 'the list was put to the user',
  }),
  stage('pick', 'Pick', 'picked', { says: ({ ids }) => `\`pick ${ids.join(' ')}\` was taken from the prompt` }),
  stage('tests-again', 'Tests again', 'tests-ran', { isRed: ({ result }) => result !== 'green', says: testsSay }),
  stage('second-review', 'Second review', 'reviewed', {
    is: ({ resolved }) => resolved.some(one => one.resolved),
    says: ({ resolved }) => `${counted(resolved.length, 'picked finding')} checked and resolved`,
  }),
  stage('countersigned', 'Countersigned', 'countersigned', { says: ({ cycle }) => `in cycle ${cycle}` }),
]

function testsSay({ result, suites, seconds }: Of<'tests-ran'>): string {
  const commands = suites.map(({ command }) => command).join(', ')
  if (result === 'green') return `green: ${commands}, ${duration(seconds)}`
  if (result === 'none') return 'no suite ran: none is configured, or none has `paths` that match the change'
  const bad = suites.filter(suite => suite.result !== 'green')
  const why = bad
    .map(({ command, note, failing }) => `${command}: ${failing.length > 0 ? someOf(failing) : note}`)
    .join('; ')
  return `${result === 'red' ? 'red' : 'could not run'} with nothing but a text file added: ${why}`
}

const someOf = (names: string[]): string =>
  names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')

/** Why the first stage that did not fire did not, as far as the ledger tells; null when it does not. */
export function obstacle(entries: LedgerEntry[]): string | null {
  for (const entry of [...entries].reverse()) {
    if (entry.kind === 'could-not-review') return `could not review (${entry.reason}): ${entry.detail}`
    if (entry.kind === 'let-go') return stopReasons[entry.why](replay(entries).run, entry.files).replace(/^[!✗] /, '')
    if (entry.kind === 'reviewed' && entry.findings.length === 0) return 'Codex raised no finding'
  }
  return entries.length === 0 ? 'no hook has written into the ledger: npx countersign doctor' : null
}
