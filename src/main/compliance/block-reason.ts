import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Suppression } from '../../shared/contract/contacts.ts'
import { SUPPRESSION_PRECEDENCE } from './suppression-precedence.ts'

/** What was found against one person on one channel. */
export interface Objection {
  readonly contactId: string
  /** Null when it is the newest consent that says no. */
  readonly suppression: Suppression['reason'] | null
}

/** The strongest reason for each person: suppressions in the order of standards.md 1.13, then consent. */
export function strongestReasons(objections: readonly Objection[]): ReadonlyMap<string, SkipReason> {
  const strongest = new Map<string, number>()
  for (const { contactId, suppression } of objections) {
    const rank = rankOf(suppression)
    const known = strongest.get(contactId)
    if (known === undefined || rank < known) strongest.set(contactId, rank)
  }
  return new Map([...strongest].map(([id, rank]) => [id, SUPPRESSION_PRECEDENCE[rank]?.skip ?? 'consent_denied']))
}

function rankOf(reason: Suppression['reason'] | null): number {
  const rank = SUPPRESSION_PRECEDENCE.findIndex(known => known.reason === reason)
  return rank < 0 ? SUPPRESSION_PRECEDENCE.length : rank
}
