import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { LedgerEntry } from '../../../src/model/ledger/ledger-entry.ts'
import type { Scenario } from '../../../src/rehearsal/demo/demo-scene.ts'
import { followLedger } from '../../../src/rehearsal/ledger-follower.ts'

export const cli = fileURLToPath(new URL('../../../dist/cli.cjs', import.meta.url))

/** Everything the scratch repository's ledger holds so far. */
export function ledgerOf({ ledger }: Scenario): LedgerEntry[] {
  const follower = followLedger(ledger)
  follower.catchUp()
  return follower.entries
}

export function ofKind<K extends LedgerEntry['kind']>(entries: LedgerEntry[], kind: K) {
  return entries.filter((entry): entry is Extract<LedgerEntry, { kind: K }> => entry.kind === kind)
}

/** How often the scratch repository's own test command was really run. */
export function testRuns({ testLog }: Scenario): number {
  return existsSync(testLog) ? readFileSync(testLog, 'utf8').trim().split('\n').length : 0
}

/**
 * Command lines of the processes that still run in a scenario, known by its folder in their environment or arguments.
 * Those about to end get two seconds. Empty where there is no /proc to ask.
 */
export async function processesIn(folder: string): Promise<string[]> {
  for (let tries = 0; ; tries += 1) {
    const found = procFolders().flatMap(proc => {
      const [environment, command] = [read(`${proc}/environ`), read(`${proc}/cmdline`)]
      return environment.includes(folder) || command.includes(folder) ? [command.replaceAll('\0', ' ')] : []
    })
    if (found.length === 0 || tries === 20) return found
    await sleep(100)
  }
}

function procFolders(): string[] {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc').flatMap(name => (/^\d+$/.test(name) ? [`/proc/${name}`] : []))
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // It has ended meanwhile, or is none of ours.
    return ''
  }
}
