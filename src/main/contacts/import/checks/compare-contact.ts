import type { FieldDifference } from '../../../../shared/contract/import-checks.ts'
import type { FieldPolicy, ImportOptions } from '../../../../shared/contract/imports.ts'
import { policyOf } from '../mapping/field-policy.ts'
import type { ContactDraft } from './checked-row.ts'
import type { KnownContact } from './known-contact.ts'

/** One field of a known contact that a row would change. */
export interface FieldChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

type Value = string | number | boolean | null | undefined

const FIELDS = [
  'firstName',
  'lastName',
  'company',
  'phone',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'latitude',
  'longitude',
  'timeZone',
  'language',
  'birthday',
  'leadStatus',
  'leadQuality',
] as const

/** Compares rows with the contacts they were recognised as, and counts per field. */
export interface Comparison {
  /** What the row would change about the contact, under the policies; none when nothing. */
  changesOf(known: KnownContact, draft: ContactDraft): readonly FieldChange[]
  /** The counts over all that were compared, the field with most differences first. */
  differences(): FieldDifference[]
}

/** A comparison under the policies of an import: blanks are filled, differing values replaced, or both are kept. */
export function createComparison(options: Pick<ImportOptions, 'duplicates' | 'fieldPolicies'>): Comparison {
  const counts = new Map<string, { field: string; missing: number; different: number; changes: number }>()
  const policies = new Map<string, FieldPolicy>()

  function policyFor(field: string): FieldPolicy {
    const known = policies.get(field)
    if (known !== undefined) return known
    const policy = policyOf(field, options)
    policies.set(field, policy)
    return policy
  }

  function compare(field: string, stored: Value, brought: Value, changes: FieldChange[], onlyFills = false): void {
    if (isBlank(brought) || isSame(stored, brought)) return
    const isMissing = isBlank(stored)
    const policy = policyFor(field)
    const isChange = policy !== 'skip' && (isMissing || (policy === 'overwrite' && !onlyFills))
    let count = counts.get(field)
    if (!count) {
      count = { field, missing: 0, different: 0, changes: 0 }
      counts.set(field, count)
    }
    count[isMissing ? 'missing' : 'different'] += 1
    if (!isChange) return
    count.changes += 1
    changes.push({ field, before: isMissing ? '' : String(stored), after: String(brought) })
  }

  return {
    changesOf(known, draft) {
      const changes: FieldChange[] = []
      // Rows are recognised by their address, and an address that somebody has stays: somebody who was recognised by another
      // system's id may only get one that she lacks.
      if (known.email?.toLowerCase() !== draft.emailKey) compare('email', known.email, draft.email, changes, true)
      for (const field of FIELDS) {
        compare(field, known[field], draft[field], changes, field === 'phone' && draft.email === null)
      }
      for (const network in draft.socials) {
        compare(`social:${network}`, known.socials[network], draft.socials[network], changes)
      }
      for (const key in draft.custom) compare(`custom:${key}`, known.custom[key], draft.custom[key], changes)
      return changes
    },
    differences: () => [...counts.values()].sort((a, b) => b.different + b.missing - a.different - a.missing),
  }
}

// SQLite writes 15 digits of a number into JSON; the import itself compares the stored ones.
const SAME_NUMBER = 1e-12

function isSame(stored: Value, brought: Value): boolean {
  if (typeof stored !== 'number' || typeof brought !== 'number') return stored === brought
  return Math.abs(stored - brought) <= SAME_NUMBER * Math.max(1, Math.abs(stored))
}

function isBlank(value: Value): boolean {
  return value === undefined || value === null || value === ''
}
