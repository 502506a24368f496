import type { HappeningOf } from '../../model/ledger/ledger-entry.ts'
import { addedBeyond } from '../ledger/kept.ts'
import { toCheck } from '../ledger/lists.ts'
import { onceEach } from '../ledger/same-finding.ts'
import type { DebatedFinding, Run } from '../ledger/state.ts'
import type { JudgedReview } from './judge-review.ts'

/** A changed file and how many bytes its part of the diff takes in a prompt. */
export type SizedFile = { path: string; bytes: number }

/** What Codex gets next, or nothing: then the parts so far are the whole review and `unsent` was never sent. */
export type NextPart<File extends SizedFile> =
  | { files: File[]; number: number; of: number; checks: DebatedFinding[] }
  | { unsent: string[] }

type Bounds = {
  /** Bytes of diff that one prompt holds. */
  promptBytes: number
  /** Codex calls this run may still make. */
  callsLeft: number
  /** Calls that the debate may need; parts do not use these up. */
  reserved: number
}

/** Splits files into parts that each fit, in the order given. A file that is too large by itself is a part of its own. */
export function splitByFile<File extends SizedFile>(files: File[], promptBytes: number): File[][] {
  const parts: File[][] = []
  let room = 0
  for (const file of files) {
    const last = parts.at(-1)
    if (last && file.bytes <= room) last.push(file)
    else {
      parts.push([file])
      room = promptBytes
    }
    room -= file.bytes
  }
  return parts
}

/**
 * Decides which files Codex gets next. A change that fits into one prompt goes whole, in one call.
 *
 * @param files All that may be sent, in git's order.
 * @param changedSince Paths changed since the last review; null on the first. A later review sends only these, the files of
 *   the findings to check, and what was never sent or read: all else is as it was when it was read.
 */
export function nextPart<File extends SizedFile>(
  run: Run,
  files: File[],
  changedSince: Set<string> | null,
  { promptBytes, callsLeft, reserved }: Bounds,
): NextPart<File> {
  const wanted = changedSince ? again(run, files, changedSince) : files
  const concerned = wanted.length > 0 ? wanted : (splitByFile(files, promptBytes)[0] ?? [])
  const done = new Set(run.parts.flatMap(({ paths }) => paths))
  const remaining = concerned.filter(({ path }) => !done.has(path))
  const ahead = splitByFile(remaining, promptBytes)
  const first = run.parts.length === 0
  if (!ahead[0] || (!first && callsLeft <= reserved)) return { unsent: remaining.map(({ path }) => path) }

  const sent = new Set(concerned.map(({ path }) => path))
  const here = new Set(ahead[0].map(({ path }) => path))
  const checks = toCheck(run).filter(({ file }) => here.has(file) || (first && !sent.has(file)))
  return { files: ahead[0], number: run.parts.length + 1, of: run.parts.length + ahead.length, checks }
}

function again<File extends SizedFile>(run: Run, files: File[], changedSince: Set<string>): File[] {
  const paths = new Set([
    ...changedSince,
    ...run.reviews.unsent,
    ...run.reviews.unread,
    ...toCheck(run).map(({ file }) => file),
  ])
  return files.filter(({ path }) => paths.has(path))
}

type Reviewed = HappeningOf<'reviewed'>
type Spent = Pick<
  Reviewed,
  'summary' | 'thread' | 'threadUsage' | 'model' | 'sandbox' | 'usage' | 'seconds' | 'tooMany' | 'beyond' | 'read'
>
type Judged = Omit<Exclude<JudgedReview, { unreviewed: string }>, 'wants'>

/**
 * Makes one review of the parts already recorded and, where there is one, the part that just came in.
 *
 * Several parts are several threads, none of which knows the others' findings: the debate then begins a thread anew.
 */
export function wholeReview(
  run: Run,
  last: (Judged & Spent) | null,
  { unsent, leftOut }: { unsent: string[]; leftOut: string[] },
): Reviewed {
  const parts = [...run.parts, ...(last ? [last] : [])]
  const findings = onceEach(parts.flatMap(part => part.findings))
  const resolved = parts.flatMap(part => part.resolved)
  const approves = findings.length === 0 && resolved.every(one => one.resolved)
  const { model = null } = parts.at(-1) ?? {}
  const tooMany = parts.reduce((sum, part) => sum + (part.tooMany ?? 0), 0)
  const beyond = parts.reduce((sum, part) => addedBeyond(sum, part.beyond ?? {}), {})
  return {
    kind: 'reviewed',
    tree: run.tree,
    verdict: approves ? 'approve' : 'findings',
    findings,
    resolved,
    reviewed: parts.flatMap(part => part.reviewed),
    notReviewed: [...parts.flatMap(part => part.notReviewed), ...unsent, ...leftOut],
    unsent,
    leftOut,
    ...(tooMany > 0 && { tooMany, beyond }),
    parts: parts.length,
    summary: parts.length === 1 ? parts[0]!.summary : '',
    read: Object.assign({}, ...parts.map(part => part.read ?? {})),
    thread: parts.length === 1 ? (last?.thread ?? null) : null,
    ...(last?.threadUsage && { threadUsage: last.threadUsage }),
    model,
    // The weakest of them all.
    sandbox: parts.some(part => part.sandbox === 'read-only') ? 'read-only' : parts.at(-1)?.sandbox,
    usage: last?.usage ?? { inputTokens: 0, outputTokens: 0 },
    seconds: last?.seconds ?? 0,
  }
}
