import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { programsOf } from '../../core/doctor/test-command.ts'
import { replay } from '../../core/ledger/replay.ts'
import { basePath } from '../../core/setup/plan-records.ts'
import { describe, UserError } from '../../errors.ts'
import type { LedgerEntry } from '../../model/ledger-entry.ts'
import { conflictsDir, manifestPath } from '../../model/paths.ts'
import type { ConfigFacts, OwnedFile, SetupFacts } from '../../model/setup/setup-facts.ts'
import { findProgram } from '../../shell/processes/find-program.ts'
import { readJournal } from '../../shell/setup/journal.ts'
import { readManifest } from '../../shell/setup/manifest-file.ts'
import { snapshot } from '../../shell/setup/project-files.ts'
import { asWritten, ownHookHash } from '../../shell/setup/written-files.ts'
import { configText } from '../../shell/state/cached-config.ts'
import { readConfig } from '../../shell/state/config-file.ts'
import { readLedger } from '../../shell/state/ledger.ts'
import { isAlive } from '../../shell/state/lock.ts'
import { manifestOf } from '../setup/setup.ts'
import { lostOriginals } from './lost-bases.ts'

export function manifestFacts(root: string, followLinks = false): SetupFacts['manifest'] {
  try {
    const written = snapshot(root, [manifestPath], followLinks)[manifestPath]
    if (!written) return null
    const { version, files } = readManifest(manifestPath, written.text)
    const lost = lostOriginals({ root, followLinks })
    const owned = Object.entries(files).flatMap(([path, entry]) =>
      // What the user deleted and was told of stays away.
      entry.class === 'owned' && entry.sha256 && !entry.deleted
        ? [{ ...ownedFile(root, version, path, entry.sha256, followLinks), original: kept(lost(path, entry)) }]
        : [],
    )
    return { version, files: owned }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const newer = 'version' in error.facts ? error.facts.version : null
    const [leadsOutside, unmerged] = [error.code === 'leads-outside', error.code === 'manifest-unmerged']
    return { problem: firstSentence(error), newer, leadsOutside, unmerged }
  }
}

/** The gate is held against the one this version ships: whoever replaces it can write its hash into the manifest too. */
function ownedFile(
  root: string,
  version: string,
  path: string,
  sha256: string,
  followLinks: boolean,
): Omit<OwnedFile, 'original'> {
  const shipped = (version === COUNTERSIGN_VERSION ? ownHookHash(path) : undefined) ?? sha256
  const restorable = asWritten(root, path, sha256, basePath(sha256)) !== null
  try {
    const disk = snapshot(root, [path], followLinks)[path]
    const state = !disk ? 'missing' : disk.hash === shipped ? 'as written' : 'edited'
    return { path, state, problem: null, restorable }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { path, state: null, problem: firstSentence(error), restorable: false }
  }
}

const kept = (lost: { text: string | null } | null): OwnedFile['original'] =>
  lost === null ? 'kept' : lost.text === null ? 'lost' : 'restorable'

const firstSentence = (error: UserError): string => describe(error).message.split('. ')[0]!

export function configFacts(root: string): ConfigFacts {
  const text = configText(root)
  const read = readConfig(text ?? 'version: 1')
  if ('problems' in read) return { is: 'invalid', problems: read.problems }
  return { is: text === null ? 'missing' : 'valid', config: read.config }
}

/** Looks up what the test commands start with; runs none of them. */
export function missingPrograms(root: string, config: ConfigFacts): SetupFacts['missingTestPrograms'] {
  if (config.is === 'invalid') return []
  return config.config.tests.flatMap(({ name, command }) =>
    programsOf(command)
      .filter(program => (program.includes('/') ? !existsSync(join(root, program)) : !findProgram(program)))
      .map(program => ({ suite: name, program })),
  )
}

/** Paths in conflict: the manifest says so, or there is a `.merged` or a `.theirs` with the name of the user's own file. */
export function conflictsIn(root: string, followLinks: boolean): string[] {
  const laidOut = laidOutIn(join(root, conflictsDir))
  return [...new Set([...laidOut, ...recorded(root, followLinks)])].sort()
}

/** What another branch has ended is still in this one's manifest after a merge, or the other way round. */
function recorded(root: string, followLinks: boolean): string[] {
  try {
    const files = Object.entries(manifestOf({ root, followLinks }, 'doctor')?.files ?? {})
    return files.filter(([, { conflict }]) => conflict).map(([path]) => path)
  } catch (error) {
    // What is wrong with the manifest has a check of its own.
    if (error instanceof UserError) return []
    throw error
  }
}

function laidOutIn(directory: string): string[] {
  if (!existsSync(directory)) return []
  const found = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(directory.length + 1))
  return found.map(path => path.replaceAll('\\', '/').replace(/\.(merged|theirs)$/, ''))
}

export function lockFacts(stateDir: string): SetupFacts['lock'] {
  try {
    const pid = Number(readFileSync(join(stateDir, 'lock'), 'utf8'))
    return { pid, alive: pid > 0 && isAlive(pid) }
  } catch {
    return null
  }
}

/** A journal of a change to the setup is there while the change is being made, and stays when it was cut short. */
export function journalFacts(stateDir: string): SetupFacts['journal'] {
  try {
    const journal = readJournal(stateDir)
    return journal && { command: journal.command, alive: isAlive(journal.pid) }
  } catch {
    return { command: 'init', alive: false }
  }
}

/** What a command or `init` writes says nothing about hooks. */
const notByHooks: LedgerEntry['kind'][] = ['baseline', 'paused', 'resumed', 'dismissed', 'picked', 'countersigned']

export function ledgerFacts(stateDir: string): SetupFacts['ledger'] {
  const { entries, torn } = readLedger(stateDir)
  const fired = entries.findLast(({ kind }) => !notByHooks.includes(kind))
  return {
    torn: torn.length,
    paused: replay(entries).paused,
    lastFired: fired?.at ?? null,
    writable: isWritable(existsSync(stateDir) ? stateDir : dirname(stateDir)) && ledgerIsWritable(stateDir),
  }
}

const ledgerIsWritable = (stateDir: string): boolean => {
  const file = join(stateDir, 'ledger.jsonl')
  return !existsSync(file) || isWritable(file)
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
