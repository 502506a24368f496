import type { FindingKind } from '../../model/finding.ts'

type Rule = { name: string; short: string; full: string; help: string; level: 'error' | 'warning' | 'note' }

const choose =
  'Read the arguments of both models in `countersign findings`. To have it fixed, run `countersign pick` with its id; to record why it will not be done, run `countersign dismiss`.'

/** What each kind of finding is, for whoever meets one without knowing Countersign. */
const rules: Record<FindingKind, Rule> = {
  defect: {
    name: 'ReachableFailure',
    short: 'A failure that a real input, caller or timing can reach.',
    full: 'Codex has raised a failure that a real input, a real caller or a real timing can reach in the changed code. Claude, who wrote it, has answered. Its level says how urgent the two call it.',
    help: `Fix the cause, and add a test that fails without the fix. ${choose}`,
    level: 'error',
  },
  gap: {
    name: 'MissingPart',
    short: 'Something that was asked for and is missing.',
    full: 'Codex has found that the change leaves out something that the request or the rules of the project ask for. Claude has answered. Its level says how urgent the two call it.',
    help: `Add what is missing, or say in the request that it is not wanted. ${choose}`,
    level: 'warning',
  },
  excess: {
    name: 'NeedlessPart',
    short: 'Something that is not needed and is better removed.',
    full: 'Codex has found something in the change that nobody asked for and that the code does not need. Claude has answered. Its level says how urgent the two call it.',
    help: `Remove it, unless somebody needs it. ${choose}`,
    level: 'note',
  },
}

/** GitHub's own words for a level. */
const severities = { error: 'error', warning: 'warning', note: 'recommendation' }

/** The index of a kind's rule in `reportingDescriptors`. */
export const ruleIndex = (kind: FindingKind): number => Object.keys(rules).indexOf(kind)

/**
 * The rules as SARIF has them. None has a `security-severity`: a finding does not say whether it is about security, and a
 * number would be made up.
 */
export const reportingDescriptors = Object.entries(rules).map(([id, { name, short, full, help, level }]) => ({
  id,
  name,
  shortDescription: { text: short },
  fullDescription: { text: full },
  help: { text: help.replaceAll('`', ''), markdown: help },
  helpUri: 'https://github.com/countersign-dev/countersign#readme',
  defaultConfiguration: { level },
  properties: { tags: ['review', id], precision: 'medium', 'problem.severity': severities[level] },
}))
