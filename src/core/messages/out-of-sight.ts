import { type BesidePlace, besidePlaces, type PassedOver } from '../../model/ledger/fields.ts'
import { counted, someOf } from '../text/wording.ts'

// What no review has seen: commits that a base moved over or that no hook saw, and what lies beside the reviewed tree.

const whose = ({ by, from }: PassedOver): string => [by.join(', '), ...from].join('; ')

/** Dates, names and refs can be forged, so that commits which nobody reviews are always named. */
export function passedOver(over: PassedOver): string {
  const when = over.between ? 'since the last session' : 'not made in this session'
  return ` over ${counted(over.commits, 'commit')} ${when} and not reviewed (by ${whose(over)})`
}

export const endUnseen = (over: PassedOver): string =>
  `! the gate did not see the last session end: it was killed, or its hooks were gone (as after the checkout of a commit without the setup). Made meanwhile and not reviewed: ${counted(over.commits, 'commit')} (by ${whose(over)}). Their changes are reviewed once they are in this working tree.`

/** What lies beside the reviewed tree, a line for each place that this version knows. */
export const besideLines = (beside: Record<string, string[]>): string[] =>
  besidePlaces.flatMap(place => (beside[place] ? [`! ${besideWords[place]}: ${someOf(beside[place])}.`] : []))

const besideWords: Record<BesidePlace, string> = {
  head: 'HEAD holds other content than the working tree for',
  staged: 'the index (`git diff --cached`) holds other content than HEAD and the working tree for',
  unlisted: 'not looked at, since git adds nothing of it',
  forced: 'not looked at because of `ignore` in .claude/countersign.yaml, though now tracked by git',
  ignored: 'changed, and not looked at because of `ignore` in .claude/countersign.yaml',
  converted: 'reviewed only as git converts it (`git check-attr -a`), which differs from the file on disk',
}

/** What the line that signs says it is without. */
export const withoutIgnored = (ignored: string[]): string =>
  ignored.length > 0 ? `; not looked at: ${counted(ignored.length, 'file')} under \`ignore\` (${someOf(ignored)})` : ''
