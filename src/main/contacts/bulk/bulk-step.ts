import { z } from 'zod'

/** Columns that a bulk change can set, as they are called in the contract. */
export const BULK_COLUMNS = {
  company: 'company',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
  timeZone: 'time_zone',
  language: 'language',
  leadStatus: 'lead_status',
  leadQuality: 'lead_quality',
  ownerId: 'owner_id',
} as const
export type BulkColumn = (typeof BULK_COLUMNS)[keyof typeof BULK_COLUMNS]

/** What a step of a bulk change does, with names turned into numbers and values into their normal form. */
export const BulkStep = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('set_fields'),
    columns: z.array(z.object({ name: z.enum(Object.values(BULK_COLUMNS)), value: z.string().nullable() })),
    /** A JSON merge patch (RFC 7396) of the custom fields; null when none is set. */
    customPatch: z.string().nullable(),
  }),
  z.object({ kind: z.literal('set_tags'), add: z.array(z.number()), remove: z.array(z.number()) }),
  z.object({ kind: z.literal('add_to_lists'), listNos: z.array(z.number()) }),
  z.object({ kind: z.literal('remove_from_lists'), listNos: z.array(z.number()) }),
  z.object({ kind: z.literal('delete') }),
])
export type BulkStep = z.infer<typeof BulkStep>
