import { z } from 'zod'
import { Instant, Line, ListId, MemberId, TagId } from './define.ts'

/** A custom field as a column, such as `custom:shoe_size`. */
export const CustomColumn = z.string().regex(/^custom:[a-z][a-z0-9_]{0,58}$/)

/** Columns of the contact table that hold text. */
export const TextColumn = z.enum([
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
  'timeZone',
  'language',
  'source',
  'leadStatus',
  'leadQuality',
])
export type TextColumn = z.infer<typeof TextColumn>

/** Columns that hold a figure. Spend is in minor units of the currency that most orders are in. */
export const NumberColumn = z.enum(['leadScore', 'engagement', 'orders', 'spend'])
export type NumberColumn = z.infer<typeof NumberColumn>

/** Columns that hold a moment. */
export const MomentColumn = z.enum(['createdAt', 'updatedAt', 'lastActivityAt', 'lastOrderAt'])
export type MomentColumn = z.infer<typeof MomentColumn>

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const Chosen = z.array(Line(300)).max(50).default([])

/** One condition on one column of the contact table. Text is compared without regard to case and accents. */
export const ContactCondition = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    column: z.union([TextColumn, CustomColumn]),
    operator: z.enum(['contains', 'starts_with', 'equals', 'not_equals', 'is_empty', 'is_not_empty']),
    values: Chosen.describe('Any of them may match; empty where the operator asks for none'),
  }),
  z.object({
    kind: z.literal('number'),
    column: z.union([NumberColumn, CustomColumn]),
    operator: z.enum(['between', 'is_empty', 'is_not_empty']),
    from: z.number().nullable().default(null).describe('At least this; null is open'),
    to: z.number().nullable().default(null).describe('At most this; null is open'),
  }),
  z.object({
    kind: z.literal('moment'),
    column: MomentColumn,
    operator: z.enum(['between', 'is_empty', 'is_not_empty']),
    from: Instant.nullable().default(null).describe('At or after; null is open'),
    to: Instant.nullable().default(null).describe('Before; null is open'),
  }),
  z.object({
    kind: z.literal('day'),
    column: z.union([z.literal('birthday'), CustomColumn]),
    operator: z.enum(['between', 'is_empty', 'is_not_empty']),
    from: Day.nullable().default(null).describe('The first day; null is open'),
    to: Day.nullable().default(null).describe('The last day; null is open'),
  }),
  z.object({ kind: z.literal('boolean'), column: CustomColumn, is: z.boolean() }),
  z.object({
    kind: z.enum(['tags', 'lists', 'segments']),
    operator: z.enum(['any', 'all', 'none']),
    ids: z.array(z.string().min(1).max(64)).min(1).max(50),
  }),
  z.object({
    kind: z.literal('owners'),
    operator: z.enum(['any', 'none', 'is_empty', 'is_not_empty']),
    ids: z.array(MemberId).max(50).default([]).describe('Empty where the operator asks for none'),
  }),
])
export type ContactCondition = z.infer<typeof ContactCondition>

/** Which contacts: all conditions hold together. */
export const ContactFilter = z.object({
  search: z.string().max(200).default('').describe('Parts of a name, e-mail, phone, company or city; all words match'),
  listId: ListId.nullable().default(null),
  tagId: TagId.nullable().default(null),
  conditions: z.array(ContactCondition).max(20).default([]),
})
export type ContactFilter = z.infer<typeof ContactFilter>
