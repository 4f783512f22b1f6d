import { z } from 'zod'
import { ContactFilter } from './contact-filter.ts'
import { ChangeId, ContactId, Count, JobId, Line, ListId, MemberId } from './define.ts'

/** Contacts that a bulk change is for: named one by one, or all that a filter finds but some. */
export const ContactSelection = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ids'), ids: z.array(ContactId).min(1).max(10_000) }),
  z.object({
    kind: z.literal('filter'),
    filter: ContactFilter,
    except: z.array(ContactId).max(10_000).default([]),
    expected: Count.nullable()
      .default(null)
      .describe('How many the person saw; when it is another number by now, nothing is changed'),
  }),
])
export type ContactSelection = z.infer<typeof ContactSelection>

/** Fields that many contacts can share. Empty text and null take a value away. */
export const BulkFields = z
  .object({
    company: Line(300),
    street: Line(300),
    city: Line(200),
    region: Line(200),
    postalCode: Line(40),
    country: Line(100),
    timeZone: Line(64).nullable(),
    language: Line(35).nullable(),
    leadStatus: Line(60),
    leadQuality: Line(60),
    ownerId: MemberId.nullable(),
    custom: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])),
  })
  .partial()
export type BulkFields = z.infer<typeof BulkFields>

/** What is done to all of them. Who is as wished already is left alone. */
export const BulkAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set_fields'), fields: BulkFields }),
  z.object({
    kind: z.literal('set_tags'),
    add: z.array(Line(60).min(1)).max(20).default([]),
    remove: z.array(Line(60).min(1)).max(20).default([]),
  }),
  z.object({ kind: z.literal('add_to_lists'), listIds: z.array(ListId).min(1).max(20) }),
  z.object({ kind: z.literal('remove_from_lists'), listIds: z.array(ListId).min(1).max(20) }),
  z.object({ kind: z.literal('delete') }),
])
export type BulkAction = z.infer<typeof BulkAction>

/** A bulk change that began: its job, and what undoes it. */
export const BulkBegun = z.object({ jobId: JobId, changeId: ChangeId, contacts: Count })
export type BulkBegun = z.infer<typeof BulkBegun>
