import { z } from 'zod'
import type { Contact } from '../../../shared/contract/contacts.ts'
import { DuplicateReason, type MergePlan } from '../../../shared/contract/duplicates.ts'
import type { GroupRow } from './duplicate-store.ts'
import { suggestMerge } from './suggest-merge.ts'

const Numbers = z.array(z.number())
const Reasons = z.array(DuplicateReason)

/** A group as people see it; contacts that were deleted since it was found are left out. */
export interface GroupOfPeople {
  readonly no: number
  readonly confidence: number
  readonly reasons: DuplicateReason[]
  readonly contacts: Contact[]
  readonly suggestion: MergePlan | null
}

/** Reads a stored group and its contacts. */
export async function groupOf(
  row: GroupRow,
  idsOf: (nos: readonly number[]) => Promise<readonly string[]>,
  contactOf: (id: string) => Promise<Contact>,
): Promise<GroupOfPeople> {
  const contacts: Contact[] = []
  for (const id of await idsOf(Numbers.parse(JSON.parse(row.contacts)))) contacts.push(await contactOf(id))
  return {
    no: row.no,
    confidence: row.confidence,
    reasons: Reasons.parse(JSON.parse(row.reasons)),
    contacts,
    suggestion: contacts.length > 1 ? suggestMerge(contacts) : null,
  }
}
