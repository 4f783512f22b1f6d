import type { Suppression } from '../../shared/contract/contacts.ts'

/** What keeps even messages back that are no marketing: they cannot arrive, may not be sent, or somebody here forbade them. */
export const AGAINST_EVERYTHING = [
  'erasure',
  'do_not_call',
  'hard_bounce',
  'manual',
] as const satisfies readonly Suppression['reason'][]

/** Whether a suppression keeps messages of a category back (standards.md 1.13). */
export function standsAgainst(category: 'marketing' | 'transactional', reason: Suppression['reason']): boolean {
  return category === 'marketing' || AGAINST_EVERYTHING.some(one => one === reason)
}
