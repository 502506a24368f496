import { decision, type TeamDecision } from '../../model/decision.ts'
import { type Happening, happenings } from '../../model/ledger/ledger-entry.ts'
import { type Clean, object, type Shape, text } from '../../model/ledger/shape.ts'
import { foreign } from './foreign-text.ts'

// The one door that what others have said goes through on its way into the ledger and the decisions file. Whoever writes
// there takes `Clean` values, and only these two functions make them.

/** Ledger entries as they may be written: control characters and secrets removed, other fields than a kind's left out. */
export const cleanEntries = (entries: readonly Happening[]): Clean<Happening>[] =>
  entries.map(entry => cleaned(object({ kind: text, ...happenings[entry.kind] }), entry) as Clean<Happening>)

/** The same of the team's decisions. */
export const cleanDecisions = (decisions: readonly TeamDecision[]): Clean<TeamDecision>[] =>
  decisions.map(one => cleaned(decision, one) as Clean<TeamDecision>)

/**
 * The value with every foreign text in it cleaned, and without fields that its shape does not name. The names in a record
 * by name stay: they are paths, ids and suites, by which something is found again.
 */
function cleaned(shape: Shape, value: unknown): unknown {
  if (value === null || value === undefined) return value
  switch (shape.is) {
    case 'foreign':
      return foreign(value as string, shape.most)
    case 'nullable':
    case 'optional':
      return cleaned(shape.of, value)
    case 'list':
      return (value as unknown[]).map(one => cleaned(shape.of, one))
    case 'by-name':
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(shape.of, inner)]))
    case 'object': {
      const known = Object.entries(value).filter(([name]) => Object.hasOwn(shape.fields, name))
      return Object.fromEntries(known.map(([name, inner]) => [name, cleaned(shape.fields[name]!, inner)]))
    }
    default:
      return value
  }
}
