import { z } from 'zod'
import { Contact } from './contacts.ts'
import { ChangeId, ContactId, Count, command, Done, Instant, JobId, Nothing, Page, query } from './define.ts'

/** Why contacts may be one person. */
export const DuplicateReason = z.enum([
  'same_mailbox',
  'similar_mailbox',
  'same_phone',
  'same_name',
  'similar_name',
  'same_address',
  'same_city',
  'same_company',
])
export type DuplicateReason = z.infer<typeof DuplicateReason>

/** What is chosen from one of the contacts when they are merged. Tags, lists, notes, consents and ids are united. */
export const MergeField = z.enum([
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'place',
  'timeZone',
  'language',
  'birthday',
  'leadStatus',
  'leadQuality',
  'ownerId',
])
export type MergeField = z.infer<typeof MergeField>

/** The contact that stays, and for each field the contact whose value she gets; fields that are not named stay hers. */
export const MergePlan = z.object({
  survivorId: ContactId,
  fields: z.partialRecord(MergeField, ContactId),
})
export type MergePlan = z.infer<typeof MergePlan>

const Confidence = z.number().min(0).max(1)

export const DuplicateGroup = z.object({
  no: Count,
  confidence: Confidence.describe('Of the weakest likeness that holds the group together'),
  reasons: z.array(DuplicateReason),
  contacts: z.array(Contact),
  suggestion: MergePlan,
})
export type DuplicateGroup = z.infer<typeof DuplicateGroup>

export const duplicates = {
  find: command(
    'Looks for contacts that may be one person, in the background',
    'contacts.edit',
    Nothing,
    z.object({ jobId: JobId }),
  ),
  groups: query(
    'Contacts that may be one person, the surest first',
    z.object({ least: Confidence.default(0.7), ...Page.shape, limit: z.number().int().min(1).max(100).default(20) }),
    z.object({
      rows: z.array(DuplicateGroup),
      total: Count,
      foundAt: Instant.nullable().describe('When they were last looked for; null before the first time'),
      jobId: JobId.nullable().describe('The search that is under way'),
    }),
  ),
  dismiss: command(
    'Says that the contacts of a group are different people; they are not found together again',
    'contacts.edit',
    z.object({ no: Count }),
    Done,
  ),
  merge: command(
    'Makes one contact of several; can be undone',
    'contacts.edit',
    MergePlan.extend({ otherIds: z.array(ContactId).min(1).max(11) }),
    z.object({ contact: Contact, changeId: ChangeId }),
  ),
  mergeAll: command(
    'Merges every group that is at least so sure, as suggested, in the background; one change that can be undone',
    'contacts.edit',
    z.object({ least: z.number().min(0.8).max(1) }),
    z.object({ jobId: JobId, changeId: ChangeId, groups: Count }),
  ),
}
